// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include "core/base/text.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <unistd.h>
#include <vector>

namespace ps {

void Sha256::Deleter::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

namespace {

/// The implementation, looked up once: for short inputs the look-up costs more than the hash.
const EVP_MD* sha256Method()
{
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return method;
}

} // namespace

// These calls fail only for want of memory, which ends the program everywhere else as well.
Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context.get(), sha256Method(), nullptr);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() const
{
    // A copy is finished, so that more can be added afterwards.
    const Sha256 copy;
    std::array<char, 32> digest{};
    EVP_MD_CTX_copy_ex(copy.m_context.get(), m_context.get());
    EVP_DigestFinal_ex(copy.m_context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    return hexEncode({digest.data(), digest.size()});
}

std::string sha256Hex(std::string_view bytes)
{
    std::array<char, 32> digest{};
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, sha256Method(),
               nullptr);
    return hexEncode({digest.data(), digest.size()});
}

Result<std::string> sha256OfFile(int fd)
{
    constexpr std::size_t kChunkBytes = 1U << 20U;
    std::vector<char> chunk(kChunkBytes);
    Sha256 hash;
    off_t offset = 0;
    for (;;) {
        const ssize_t count = ::pread(fd, chunk.data(), chunk.size(), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError("cannot read the file to hash it", {}, errno);
        if (count == 0)
            return hash.hex();
        hash.add({chunk.data(), static_cast<std::size_t>(count)});
        offset += count;
    }
}

} // namespace ps
