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

private:
    CatalogueWriter(Statement group, Statement image, Statement skipped)
        : m_group(std::move(group)), m_image(std::move(image)), m_skipped(std::move(skipped))
    {
    }

    Statement m_group;
    Statement m_image;
    Statement m_skipped;
};

/// Puts what the row says into the entry; `entry.imageCount` is known.
void takeRowFacts(GroupEntry& entry, const RowFacts& facts);

/// The file name that stands for a row without a group: of the image that it chose. Also counts its images.
std::string nameInRow(const DecisionRow& row, int& imageCount);

/// The entry of a row whose images are not known.
CatalogueItem unmatchedItem(const DecisionRow& row, RowFacts facts, std::string_view reason);

} // namespace ps
