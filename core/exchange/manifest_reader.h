// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"
#include "core/base/json.h"

#include <string>
#include <string_view>

namespace ps {

/// Reads release.json while its bytes come in, line by line, whatever the number of its files.
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

    enum class Part { Begin, Head, Files, End };
    Part m_part = Part::Begin;
    std::string m_line;
    std::int64_t m_lineNumber = 0;
    Json m_head{Json::Object{}};
    ExternalSorter m_files;
};

} // namespace ps
