// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integrity/finding.h"
#include "core/integrity/row_view.h"

#include <map>
#include <string>

namespace ps {

/// Looks at one row after the other; every odd value becomes a finding and never an exception.
class RowChecker
{
public:
    /// `hasColumn` tells which columns the table has: what is not there is not missed.
    explicit RowChecker(const DecisionTable& table) : m_table(table) {}

    void check(const RowView& row);

    const FindingList& findings() const { return m_findings; }
    std::int64_t rowCount() const { return m_rowCount; }
    const std::map<std::string, std::int64_t, std::less<>>& countByAction() const { return m_byAction; }
    const std::map<std::string, std::int64_t, std::less<>>& countByProject() const { return m_byProject; }

private:
    void checkIdentity(const RowView& row);
    void checkDecision(const RowView& row);
    void checkCrops(const RowView& row);
    void checkAi(const RowView& row);
    void add(std::string_view check, const RowView& row, std::string evidence);

    const DecisionTable& m_table;
    FindingList m_findings;
    std::int64_t m_rowCount = 0;
    std::map<std::string, std::int64_t, std::less<>> m_byAction;
    std::map<std::string, std::int64_t, std::less<>> m_byProject;

    // Of the row at hand.
    ImagesText m_images;
    std::optional<CropText> m_finalCrop;
    std::optional<CropText> m_aiCrop;
};

} // namespace ps
