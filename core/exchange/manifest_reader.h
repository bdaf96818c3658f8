// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/base/json.h"
#include "core/base/sha256.h"

#include <string>
#include <string_view>

namespace ps {

/// Reads release.json while its bytes come in, line by line, whatever the number of its files. Its last member is the hash of all
/// that stands before it, so that no byte of it can be another than was written.
/// Errors of all: Corrupt naming the line; NoSpace, Io for the temporary list.
class ManifestReader
{
public:
    explicit ManifestReader(std::string scratchFolder) : m_files(std::move(scratchFolder), std::size_t{16} << 20U) {}

    Result<void> feed(std::string_view bytes);
    Result<void> finish();

    /// Everything but the list of files.
    const Json& head() const { return m_head; }
    /// path -> (size as signed number, sha256 as text)
    ExternalSorter& files() { return m_files; }

private:
    Result<void> readLine(std::string_view line);
    Error broken(std::string what) const;

    Result<void> readMember(std::string_view text);
    Result<void> readFile(std::string_view text);

    enum class Part { Begin, Head, Files, Hash, Brace, End };
    Part m_part = Part::Begin;
    std::string m_line;
    std::int64_t m_lineNumber = 0;
    Sha256 m_hash;
    Json m_head{Json::Object{}};
    ExternalSorter m_files;
};

} // namespace ps
