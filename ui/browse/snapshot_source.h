// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/group_snapshot.h"
#include "ui/browse/row_source.h"

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ps {

/// Reads rows in the background. Injected, so that tests answer when and what they like.
class PageReader
{
public:
    struct Page {
        std::vector<GroupEntry> entries;             ///< in the order asked for; what is gone is left out
        std::vector<std::vector<GroupImage>> images; ///< of each entry, when they were asked for
    };
    using Answer = std::function<void(std::optional<Page>)>; ///< nothing: it could not be read

    virtual ~PageReader() = default;
    /// Answers once, on the UI thread, later.
    virtual void read(std::vector<std::int64_t> ordinals, bool withImages, Answer answer) = 0;
};

/// The rows of one list of groups: the positions are fixed by a snapshot, the rows themselves come in pages from the
/// catalogue. A row that changes is read again and stays where it is; what was in memory is shown until the answer comes.
/// Answers to an earlier list are dropped.
/// Thread: UI. Memory: the snapshot, and at most kMaxPages pages.
class SnapshotSource : public RowSource
{
    Q_OBJECT

public:
    static constexpr std::int64_t kPageRows = 128;
    static constexpr qsizetype kMaxPages = 96;

    SnapshotSource(PageReader& reader, QObject* parent);

    /// Another list. `marksChanges`: rows that are decided from now on may no longer belong to it; see isChanged().
    void setSnapshot(std::shared_ptr<const GroupSnapshot> snapshot, bool marksChanges);
    const std::shared_ptr<const GroupSnapshot>& snapshot() const { return m_snapshot; }
    /// Which titles the sections get.
    void setSectionTitles(std::function<QString(const std::string& label)> titleOf) { m_titleOf = std::move(titleOf); }
    /// Rows of these groups are not as they were read.
    void onGroupsChanged(const QStringList& keys);
    qsizetype changedCount() const { return m_changed.size(); }

    std::int64_t count() const override { return m_snapshot->count(); }
    const GroupEntry* entry(std::int64_t position) override;
    const std::vector<GroupImage>* images(std::int64_t position) override;
    bool isChanged(std::int64_t position) const override;
    std::vector<std::int64_t> sectionStarts() const override;
    QString sectionTitle(std::size_t section) const override;
    /// The row if it is in memory; asks for nothing.
    const GroupEntry* known(std::int64_t position) const;

private:
    struct Row {
        GroupEntry entry;
        std::vector<GroupImage> images;
    };
    struct Page {
        std::vector<std::optional<Row>> rows; ///< empty until it was read
        std::uint64_t lastUse = 0;
        bool hasImages = false;
        bool isAsked = false; ///< an answer is on its way
        bool isStale = false;
    };

    const Row* row(std::int64_t position, bool withImages);
    void askQueued();
    void ask(std::int64_t number, bool withImages);
    void onPage(std::int64_t number, const std::vector<std::int64_t>& ordinals, bool withImages,
                std::optional<PageReader::Page> answer);

    PageReader& m_reader;
    std::shared_ptr<const GroupSnapshot> m_snapshot;
    std::function<QString(const std::string&)> m_titleOf;
    QHash<std::int64_t, Page> m_pages; ///< by number
    QHash<std::int64_t, bool> m_queue; ///< pages to ask for, with images or without
    QTimer m_asking;
    QSet<QString> m_changed; ///< keys
    bool m_marksChanges = false;
    std::uint64_t m_clock = 0;
    std::uint64_t m_generation = 0;
};

} // namespace ps
