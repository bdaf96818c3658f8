// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/row_source.h"

#include <string>

namespace ps::test {

/// Rows made up when they are asked for; the memory for them does not depend on how many there are.
class FakeRows : public RowSource
{
public:
    explicit FakeRows(std::int64_t count, std::vector<std::int64_t> sections = {})
        : m_count(count), m_sections(std::move(sections))
    {
    }

    std::int64_t count() const override { return m_count; }
    const GroupEntry* entry(std::int64_t position) override
    {
        ++asked;
        farthest = std::max(farthest, position);
        m_entry.ordinal = position;
        m_entry.key = "g_" + std::to_string(position);
        m_entry.imageCount = 1 + static_cast<int>(position % 4);
        m_entry.state = static_cast<GroupState>(position % static_cast<std::int64_t>(kGroupStateCount));
        m_entry.cover.path = "photos/IMG_" + std::to_string(position) + ".jpg";
        m_entry.cover.currentPath = m_entry.cover.path;
        m_entry.cover.isMissing = position % 97 == 0;
        return position < m_count ? &m_entry : nullptr;
    }
    const std::vector<GroupImage>* images(std::int64_t position) override
    {
        entry(position);
        m_images.assign(static_cast<std::size_t>(m_entry.imageCount), m_entry.cover);
        return &m_images;
    }
    std::vector<std::int64_t> sectionStarts() const override { return m_sections; }
    QString sectionTitle(std::size_t section) const override { return QStringLiteral("Section %1").arg(section); }

    void setRows(std::int64_t count, std::vector<std::int64_t> sections = {})
    {
        m_count = count;
        m_sections = std::move(sections);
        Q_EMIT reset();
    }

    std::int64_t asked = 0;    ///< questions for entries
    std::int64_t farthest = 0; ///< the last row that was asked for

private:
    std::int64_t m_count;
    std::vector<std::int64_t> m_sections;
    GroupEntry m_entry;
    std::vector<GroupImage> m_images;
};

} // namespace ps::test
