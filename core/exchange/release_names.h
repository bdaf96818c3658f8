// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/external_sort.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// Gives the images of a release portable names whose stems are all different, also on file systems that ignore case and
/// normalisation. Of equal ones the first in sorted order keeps the name, the others get "_2", "_3" ... in that order.
/// Memory: bounded.
class ReleaseNames
{
public:
    ReleaseNames(std::string scratchFolder, bool keepsDots);

    /// Images are added in the order in which their names are wanted back.
    Result<void> add(std::string_view sourceName, std::string_view extension);

    /// Works the names out. Errors: NoSpace, Io.
    Result<void> finish();

    /// The name of the next image in the order of adding.
    Result<std::string> next();

private:
    Result<void> nameRepeated();

    std::string m_scratchFolder;
    bool m_keepsDots;
    std::uint64_t m_count = 0;
    ExternalSorter m_byStem;   ///< folded stem, stem, number -> number, stem, extension
    ExternalSorter m_repeated; ///< the same, without the first of each folded stem
    ExternalSorter m_names;    ///< number -> name
    std::optional<ExternalSorter::Cursor> m_cursor;
};

} // namespace ps
