// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"

namespace ps {

/// Puts many groups into an emptied catalogue, one after the other, inside a transaction of the connection. Indexes and
/// counters come afterwards; see catalogue_schema.h.
class CatalogueWriter
{
public:
    static Result<CatalogueWriter> make(const Connection& connection);

    /// Items come in the order of their ordinals.
    Result<void> add(const CatalogueItem& item);
    Result<void> addSkipped(const SkippedEntry& entry);
    /// A folder as it was while it was scanned; a modification time of -1 equals none.
    Result<void> addFolder(std::string_view path, const FileIdentity& identity);

private:
    CatalogueWriter(Statement group, Statement image, Statement skipped, Statement folder)
        : m_group(std::move(group)), m_image(std::move(image)), m_skipped(std::move(skipped)),
          m_folder(std::move(folder))
    {
    }

    Statement m_group;
    Statement m_image;
    Statement m_skipped;
    Statement m_folder;
};

/// Puts what the row says into the entry; `entry.imageCount` is known.
void takeRowFacts(GroupEntry& entry, const RowFacts& facts);

/// A row of ai_decisions as far as lists need it.
struct RowSummary {
    RowFacts facts;
    std::string directory; ///< as it is stored
    std::string name;      ///< of the image that it chose; "" when its list cannot be read
    int imageCount = 0;
};
/// `names` are the row's images; careless scripts have stored paths.
RowSummary rowSummary(const DecisionRow& row, const Result<std::vector<std::string>>& names);

/// The entry of a row whose images are not known. The ordinal is the caller's.
CatalogueItem unmatchedItem(const RowSummary& row, std::string_view reason);

} // namespace ps
