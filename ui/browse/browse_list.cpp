// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/browse_list.h"

#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDate>
#include <QLocale>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace ps {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("Sections", source);
}

QString kindTitle(const std::string& label)
{
    if (label == groupKindWord(GroupKind::Group))
        return text(QT_TRANSLATE_NOOP("Sections", "Groups"));
    if (label == groupKindWord(GroupKind::Single))
        return text(QT_TRANSLATE_NOOP("Sections", "Single images"));
    if (label == groupKindWord(GroupKind::Oversize))
        return text(QT_TRANSLATE_NOOP("Sections", "Sets to be split"));
    return text(QT_TRANSLATE_NOOP("Sections", "Rows without images"));
}

QString stateTitle(const std::string& label)
{
    for (std::size_t state = 0; state < kGroupStateCount; ++state) {
        if (label == groupStateWord(static_cast<GroupState>(state)))
            return stateText(static_cast<GroupState>(state));
    }
    return fromCore(label);
}

QString dateTitle(const std::string& label)
{
    const QDate date = QDate::fromString(fromCore(label), Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QLocale::LongFormat) : fromCore(label);
}

} // namespace

QString sectionTitle(GroupSort::By by, const std::string& label)
{
    using By = GroupSort::By;
    if (by == By::Project)
        return kindTitle(label);
    if (by == By::State)
        return stateTitle(label);
    if (label.empty())
        return by == By::Decided ? text(QT_TRANSLATE_NOOP("Sections", "Not decided"))
                                 : text(QT_TRANSLATE_NOOP("Sections", "Not known"));
    switch (by) {
    case By::Decided: return dateTitle(label);
    case By::Stage: return text(QT_TRANSLATE_NOOP("Sections", "Stage %1")).arg(fromCore(label));
    case By::Images: {
        const int count = QString::fromStdString(label).toInt(); // lupdate overlooks a text with a call beside it
        return QCoreApplication::translate("Sections", "%n image(s)", nullptr, count);
    }
    case By::Sharpness: return text(QT_TRANSLATE_NOOP("Sections", "Measured"));
    case By::Uncertain: return text(QT_TRANSLATE_NOOP("Sections", "%1 % sure and more")).arg(fromCore(label));
    case By::Disagreeing:
        return label == "pick" ? text(QT_TRANSLATE_NOOP("Sections", "Another picture was chosen"))
                               : text(QT_TRANSLATE_NOOP("Sections", "Another crop was chosen"));
    case By::Representative: return text(QT_TRANSLATE_NOOP("Sections", "Most representative first"));
    case By::Duplicates: return text(QT_TRANSLATE_NOOP("Sections", "Look-alikes %1")).arg(fromCore(label));
    case By::Similar: return text(QT_TRANSLATE_NOOP("Sections", "Most similar first"));
    default: return fromCore(label);
    }
}

void ControllerPages::read(std::vector<std::int64_t> ordinals, bool withImages, Answer answer)
{
    m_controller.requestRows(std::move(ordinals), withImages, [answer = std::move(answer)](Result<GroupRows> rows) {
        if (rows)
            answer(Page{std::move(rows->entries), std::move(rows->images)});
        else
            answer(std::nullopt);
    });
}

BrowseList::BrowseList(ProjectController& controller, QObject* parent)
    : QObject(parent), m_controller(controller), m_pages(controller), m_source(m_pages, nullptr)
{
    m_source.setSectionTitles([this](const std::string& label) { return sectionTitle(m_listed.sort.by, label); });
    connect(&controller, &ProjectController::opened, this, &BrowseList::onOpened);
    connect(&controller, &ProjectController::closed, this, &BrowseList::onClosed);
    connect(&controller, &ProjectController::groupsReset, this, &BrowseList::refresh);
    connect(&controller, &ProjectController::failed, this, [this] {
        if (!m_isBusy)
            return;
        m_isBusy = m_isListed = false; // perhaps it was the list, and then no answer comes
        Q_EMIT listChanged();
    });
    connect(&controller, &ProjectController::groupsChanged, &m_source, &SnapshotSource::onGroupsChanged);
}

// ---- the query -----------------------------------------------------------------------------------------------------

QString BrowseList::settingsKey() const
{
    const ProjectAddress& address = m_controller.address();
    const QByteArray name = (address.workspacePath + QLatin1Char('\n') + address.projectId).toUtf8();
    return QStringLiteral("browse/") +
           QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex().left(16));
}

void BrowseList::onOpened()
{
    const QStringList stored = QSettings().value(settingsKey()).toStringList();
    GroupQuery query;
    if (stored.size() == 2) {
        query.text = parseGroupQuery(stored[0].toStdString()) ? stored[0].toStdString() : std::string();
        query.sort = parseGroupSort(stored[1].toStdString()).value_or(GroupSort());
    }
    m_query = query;
    Q_EMIT queryChanged();
    request(); // groupsReset() follows and asks again, which costs nothing: the newer request takes its place
}

void BrowseList::onClosed()
{
    ++m_request;
    m_query = m_listed = {};
    m_only = {};
    m_isBusy = m_isListed = false;
    m_source.setSnapshot(std::make_shared<const GroupSnapshot>(), false);
    m_selection.reset(0, -1);
    Q_EMIT queryChanged();
    Q_EMIT listChanged();
}

void BrowseList::setQuery(const GroupQuery& query)
{
    if (m_query == query)
        return;
    m_query = query;
    const std::string sort = (query.sort.isDescending ? "-" : "") +
                             std::string(groupSortWord(query.sort.by)); // as parseGroupSort() reads it
    QSettings().setValue(settingsKey(), QStringList{QString::fromStdString(query.text), QString::fromStdString(sort)});
    Q_EMIT queryChanged();
    request();
}

void BrowseList::showOnly(const QString& name, std::vector<std::uint32_t> ordinals, std::uint64_t contentVersion)
{
    m_only = {name, std::make_shared<const std::vector<std::uint32_t>>(std::move(ordinals)), contentVersion};
    m_query.text.clear(); // not stored: the next time it is as it was
    Q_EMIT queryChanged();
    request();
}

void BrowseList::showAll()
{
    m_only = {};
    Q_EMIT queryChanged();
    request();
}

void BrowseList::refresh()
{
    request();
}

// ---- the list ------------------------------------------------------------------------------------------------------

BrowseList::Kept BrowseList::whatToKeep() const
{
    Kept kept;
    const GroupEntry* const current = m_source.known(m_selection.current());
    kept.currentKey = current ? current->key : std::string();
    kept.current = m_selection.current();
    if (m_selection.selected().count() > kMostKept)
        return kept;
    for (const PositionRange& range : m_selection.selected().ranges()) {
        for (std::int64_t position = range.first; position < range.end; ++position) {
            if (const GroupEntry* const entry = m_source.known(position))
                kept.keys.push_back(entry->key);
        }
    }
    return kept;
}

void BrowseList::request()
{
    if (!m_controller.isOpen())
        return;
    if (m_only.ordinals && m_only.contentVersion != m_controller.session()->contentVersion()) {
        m_only = {};
        Q_EMIT queryChanged();
    }
    m_isBusy = true;
    const std::uint64_t request = ++m_request;
    const GroupQuery query = m_query;
    m_contentVersion = m_controller.session()->contentVersion();
    Q_EMIT listChanged();
    m_controller.requestSnapshot(
        query,
        [this, request, query](std::shared_ptr<const GroupSnapshot> snapshot) {
            if (request != m_request)
                return;
            Kept kept = whatToKeep();
            if (query != m_listed)
                kept.current = 0; // another list begins at its beginning
            std::vector<std::string> keys = kept.keys;
            if (!kept.currentKey.empty())
                keys.push_back(kept.currentKey);
            const auto finish = [this, request, query, snapshot,
                                 kept](const std::vector<std::optional<std::int64_t>>& positions) {
                if (request != m_request)
                    return;
                m_listed = query;
                take(snapshot, kept, positions);
            };
            if (keys.empty())
                finish({});
            else
                m_controller.requestPositions(snapshot, std::move(keys), finish);
        },
        m_only.ordinals);
}

void BrowseList::take(std::shared_ptr<const GroupSnapshot> snapshot, const Kept& kept,
                      const std::vector<std::optional<std::int64_t>>& positions)
{
    m_isBusy = false;
    m_isListed = true;
    RangeSet selected;
    for (std::size_t i = 0; i < kept.keys.size(); ++i) {
        if (positions[i])
            selected.add({*positions[i], *positions[i] + 1});
    }
    std::int64_t current = std::max<std::int64_t>(0, kept.current);
    if (!kept.currentKey.empty() && positions.back())
        current = *positions.back();
    const bool isEverything = !m_only.ordinals && m_listed.text.empty() && m_listed.sort.by == GroupSort::By::Project;
    m_source.setSnapshot(std::move(snapshot), !isEverything);
    m_selection.reset(m_source.count(), current);
    m_selection.select(std::move(selected));
    Q_EMIT listChanged();
}

// ---- groups --------------------------------------------------------------------------------------------------------

std::int64_t BrowseList::ordinalOf(std::int64_t position) const
{
    return position >= 0 && position < m_source.count() ? m_source.snapshot()->ordinalAt(position) : -1;
}

void BrowseList::setCurrentOrdinal(std::int64_t ordinal)
{
    if (ordinalOf(m_selection.current()) == ordinal)
        return;
    if (const auto position = m_source.snapshot()->positionOf(ordinal))
        m_selection.selectOnly(*position);
}

RangeSet BrowseList::targets() const
{
    if (!m_selection.selected().isEmpty())
        return m_selection.selected();
    RangeSet current;
    if (m_selection.current() >= 0)
        current.add({m_selection.current(), m_selection.current() + 1});
    return current;
}

std::vector<std::int64_t> BrowseList::targetOrdinals() const
{
    std::vector<std::int64_t> ordinals;
    for (const PositionRange& range : targets().ranges()) {
        for (std::int64_t position = range.first; position < range.end; ++position)
            ordinals.push_back(ordinalOf(position));
    }
    return ordinals;
}

} // namespace ps
