// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/sheet_selection.h"
#include "ui/browse/snapshot_source.h"
#include "ui/common/project_controller.h"

#include <QTimer>

namespace ps {

/// Asks the open project for pages.
class ControllerPages : public PageReader
{
public:
    explicit ControllerPages(ProjectController& controller) : m_controller(controller) {}
    void read(std::vector<std::int64_t> ordinals, bool withImages, Answer answer) override;

private:
    ProjectController& m_controller;
};

/// What Browse lists: the query, its rows and the selection in them. Filter and sort run in the background; until the new
/// list is there the old one stays. The query is remembered for each project.
/// Thread: UI.
class BrowseList : public QObject
{
    Q_OBJECT

public:
    /// Selections of up to so many groups are found again in another list.
    static constexpr std::int64_t kMostKept = 500;

    BrowseList(ProjectController& controller, QObject* parent);

    SnapshotSource& source() { return m_source; }
    SheetSelection& selection() { return m_selection; }
    const GroupQuery& query() const { return m_query; }
    void setQuery(const GroupQuery& query);
    /// Lists nothing but these groups, ascending and of this content of the project, whatever they are called for people;
    /// the filter starts empty. When the groups become other ones, everything is listed again.
    void showOnly(const QString& name, std::vector<std::uint32_t> ordinals, std::uint64_t contentVersion);
    void showAll();
    /// "" when nothing but the query restricts the list.
    const QString& onlyName() const { return m_only.name; }
    /// The same query on the data of now.
    void refresh();
    bool isBusy() const { return m_isBusy; }
    /// The list is as its query says, and positions can be turned into groups.
    bool isListed() const { return m_isListed && !m_isBusy; }
    std::uint64_t contentVersion() const { return m_contentVersion; }

    /// Makes the group at this place of the project current, if it is in the list.
    void setCurrentOrdinal(std::int64_t ordinal);
    /// -1 when there is none.
    std::int64_t ordinalOf(std::int64_t position) const;
    /// What the next key is about: the selection, or the current cell when nothing else is selected.
    RangeSet targets() const;
    /// The same as ordinals of the project. Cost: their number.
    std::vector<std::int64_t> targetOrdinals() const;

Q_SIGNALS:
    void queryChanged();
    /// Another list is there, or is on its way.
    void listChanged();

private:
    struct Kept {
        std::vector<std::string> keys; ///< of the selection, when it is small and known
        std::string currentKey;
        std::int64_t current = -1; ///< position, for when the current group has gone
    };

    struct Only {
        QString name;
        std::shared_ptr<const std::vector<std::uint32_t>> ordinals;
        std::uint64_t contentVersion = 0;
    };

    void request();
    Kept whatToKeep() const;
    void take(std::shared_ptr<const GroupSnapshot> snapshot, const Kept& kept,
              const std::vector<std::optional<std::int64_t>>& positions);
    void onOpened();
    void onClosed();
    QString settingsKey() const;

    ProjectController& m_controller;
    ControllerPages m_pages;
    SnapshotSource m_source;
    SheetSelection m_selection;
    GroupQuery m_query;
    GroupQuery m_listed; ///< what the rows are of
    Only m_only;
    bool m_isBusy = false;
    bool m_isListed = false;
    std::uint64_t m_contentVersion = 0;
    std::uint64_t m_request = 0; ///< answers to earlier ones are dropped
};

/// What a section is called, by the order of the list.
QString sectionTitle(GroupSort::By by, const std::string& label);

} // namespace ps
