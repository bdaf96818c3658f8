// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/inspector_panel.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"
#include "ui/review/light_table.h"
#include "ui/review/note_editor.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace ps {

namespace {

constexpr int kWidth = 288;
constexpr int kMargin = 16;
constexpr int kScrollBarWidth = 12;
constexpr int kColumnGap = 8;

/// A property of the candidates, as text.
struct Property {
    QString name;
    std::function<QString(const GroupImage&, const Picture*)> value;
    bool isLong = false;
};

std::vector<Property> properties()
{
    return {
        {InspectorPanel::tr("Stage"),
         [](const GroupImage& image, const Picture*) {
             return image.stage > 0 ? QLocale().toString(image.stage) : QString();
         }},
        {InspectorPanel::tr("Size"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? QStringLiteral("%1×%2").arg(picture->info.size.width).arg(picture->info.size.height)
                            : QString();
         }},
        {InspectorPanel::tr("File"),
         [](const GroupImage& image, const Picture*) {
             return QLocale().formattedDataSize(image.identity.sizeBytes, 1, QLocale::DataSizeSIFormat);
         }},
        {InspectorPanel::tr("Format"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? fromCore(formatName(picture->info.format)) : QString();
         }},
        {InspectorPanel::tr("Depth"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? InspectorPanel::tr("%1 bit").arg(picture->info.bitsPerChannel) : QString();
         }},
        {InspectorPanel::tr("Upright"),
         [](const GroupImage&, const Picture* picture) {
             return picture && picture->info.orientation != 1 ? InspectorPanel::tr("turned") : QString();
         }},
        {InspectorPanel::tr("Profile"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? fromCore(picture->info.profileDescription) : QString();
         },
         true},
        {InspectorPanel::tr("Folder"),
         [](const GroupImage& image, const Picture*) { return fromCore(parentPath(image.currentPath)); }, true},
    };
}

/// Names and paths have no blanks at which a line could break.
QString breakable(QString text)
{
    for (const char separator : {'/', '_', '-'})
        text.replace(QLatin1Char(separator), QLatin1Char(separator) + QStringLiteral("\u200b"));
    return text;
}

QLabel* valueLabel(const QString& text, QWidget* parent, bool isWrapped = true)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // data is never markup
    label->setWordWrap(isWrapped);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void makeBold(QWidget* widget)
{
    QFont font = widget->font();
    font.setWeight(QFont::DemiBold);
    widget->setFont(font);
}

} // namespace

InspectorPanel::InspectorPanel(const LightTable& table, const Theme&, QWidget* parent) : QWidget(parent), m_table(table)
{
    setObjectName(QStringLiteral("panel"));
    setFixedWidth(kWidth);
    setFocusPolicy(Qt::NoFocus);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(scroll);
    content->setObjectName(QStringLiteral("panel"));
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(kMargin, 14, kMargin, 14);
    m_layout->setSpacing(18);
    m_group = makeSection(tr("Group"));
    m_differences = makeSection(tr("Differences"));
    m_suggestion = makeSection(tr("Suggestion"));
    m_decision = makeSection(tr("Decision"));
    m_marks = makeSection(tr("Beside the decision"));
    m_note = new NoteEditor(content);
    m_note->hide();
    m_layout->addWidget(m_note);
    connect(m_note, &NoteEditor::saved, this, &InspectorPanel::noteSaved);
    connect(m_note, &NoteEditor::cancelled, this, &InspectorPanel::noteCancelled);
    m_layout->addStretch();
    scroll->setWidget(content);
    outer->addWidget(scroll);
    connect(&table, &LightTable::suggestionVisibleChanged, this, &InspectorPanel::updateSuggestion);
    clear();
}

InspectorPanel::Section InspectorPanel::makeSection(const QString& title)
{
    Section section;
    section.box = new QWidget(this);
    auto* layout = new QVBoxLayout(section.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* heading = new QLabel(title, section.box);
    makeBold(heading);
    layout->addWidget(heading);
    m_layout->addWidget(section.box);
    return section;
}

QGridLayout* InspectorPanel::startBody(Section& section)
{
    delete section.body;
    section.body = new QWidget(section.box);
    auto* grid = new QGridLayout(section.body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kColumnGap);
    grid->setVerticalSpacing(4);
    section.box->layout()->addWidget(section.body);
    return grid;
}

void InspectorPanel::showSection(const Section& section)
{
    section.body->setVisible(true); // now, not at the next turn of the event loop: nothing flickers
    section.box->setVisible(true);
}

void InspectorPanel::hideSection(Section& section)
{
    delete std::exchange(section.body, nullptr);
    section.box->setVisible(false);
}

QLabel* InspectorPanel::addMuted(QGridLayout* grid, const QString& text, int row, int column, int columnSpan)
{
    auto* label = new QLabel(text, grid->parentWidget());
    label->setTextFormat(Qt::PlainText);
    label->setProperty("muted", true);
    grid->addWidget(label, row, column, 1, columnSpan, Qt::AlignTop);
    return label;
}

void InspectorPanel::addFact(QGridLayout* grid, const QString& name, const QString& value)
{
    const int row = grid->count() == 0 ? 0 : grid->rowCount();
    addMuted(grid, name, row, 0);
    grid->addWidget(valueLabel(value, grid->parentWidget()), row, 1);
    grid->setColumnStretch(1, 1);
}

void InspectorPanel::clear()
{
    for (Section* section : {&m_group, &m_differences, &m_suggestion, &m_decision, &m_marks})
        hideSection(*section);
    m_shownDifferences.reset();
}

void InspectorPanel::showGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group)
{
    fillGroup(ordinal, count, group);
    updateDifferences();
    fillSuggestion(group);
    fillDecision(group);
    fillMarks(group);
    if (!m_note->isHidden() && m_note->groupKey() != fromCore(group.detail.entry.key))
        Q_EMIT noteCancelled(); // it was about another group
}

void InspectorPanel::editNote(const ReviewedGroup& group)
{
    const auto& note = group.detail.marks.note;
    m_note->show();
    m_note->edit(fromCore(group.detail.entry.key), note ? fromCore(note->text) : QString());
}

void InspectorPanel::endNote()
{
    m_note->hide();
}

void InspectorPanel::fillMarks(const ReviewedGroup& group)
{
    const GroupMarks& marks = group.detail.marks;
    if (marks.isEmpty()) {
        hideSection(m_marks);
        return;
    }
    QGridLayout* const grid = startBody(m_marks);
    if (marks.outcome)
        addFact(grid, tr("Outcome"),
                marks.is(Outcome::AllBad) ? tr("all bad") : stateText(stateOfOutcome(marks.outcome->outcome)));
    if (marks.flag)
        addFact(grid, tr("Flag"), QStringLiteral("⚑ ") + tr("for review"));
    if (marks.note)
        addFact(grid, tr("Note"), fromCore(marks.note->text));
    if (marks.tolerance)
        addFact(grid, tr("Crop limits"), tr("must keep and may keep are stored"));
    showSection(m_marks);
}

void InspectorPanel::fillGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group)
{
    QGridLayout* const grid = startBody(m_group);
    const GroupEntry& entry = group.detail.entry;
    addFact(grid, tr("Position"), tr("%L1 of %L2").arg(ordinal + 1).arg(count));
    const QString kind = entry.kind == GroupKind::Group    ? tr("group of %n", nullptr, entry.imageCount)
                         : entry.kind == GroupKind::Single ? tr("single image")
                                                           : tr("set of %n, split it first", nullptr, entry.imageCount);
    addFact(grid, tr("Kind"), kind);
    if (!entry.directory.empty())
        addFact(grid, tr("Folder"), breakable(fromCore(entry.directory)));
    addFact(grid, tr("Key"), breakable(fromCore(entry.key)));
    showSection(m_group);
}

// ---- differences ---------------------------------------------------------------------------------------------------

QList<InspectorPanel::Difference> InspectorPanel::differences() const
{
    const auto& images = m_table.group()->detail.images;
    const bool isSingle = images.size() == 1;
    QList<Difference> differences;
    for (const Property& property : properties()) {
        QStringList values;
        for (std::size_t i = 0; i < images.size(); ++i) {
            const Picture* picture = m_table.pictureOf(static_cast<int>(i));
            values.append(property.value(images[i], picture && !picture->error ? picture : nullptr));
        }
        const bool isEmpty = values.count(QString()) == values.size();
        const bool isSame = values.count(values.first()) == values.size();
        if (!isEmpty && (isSingle || !isSame)) // only what differs helps to choose
            differences.append({property.name, values, property.isLong});
    }
    return differences;
}

void InspectorPanel::keepWhatFits(QList<Difference>& differences) const
{
    const QFontMetrics metrics = fontMetrics();
    int room = kWidth - 2 * kMargin - kScrollBarWidth - metrics.horizontalAdvance(QStringLiteral("00"));
    for (Difference& difference : differences) {
        if (difference.isLong)
            continue;
        int width = metrics.horizontalAdvance(difference.name);
        for (const QString& value : difference.values)
            width = qMax(width, metrics.horizontalAdvance(value));
        room -= width + kColumnGap;
        difference.isLong = room < 0;
    }
}

void InspectorPanel::updateDifferences()
{
    const auto& group = m_table.group();
    if (!group || group->detail.images.empty()) {
        hideSection(m_differences);
        m_shownDifferences.reset();
        return;
    }
    QList<Difference> found = differences();
    const int imageCount = static_cast<int>(group->detail.images.size());
    if (m_shownDifferences == found && m_shownImages == imageCount)
        return; // asked for with every movement of the pictures
    m_shownDifferences = found;
    m_shownImages = imageCount;
    QGridLayout* const grid = startBody(m_differences);
    if (imageCount == 1) {
        for (const Difference& fact : found)
            addFact(grid, fact.name, breakable(fact.values.first()));
    } else if (found.isEmpty()) {
        grid->addWidget(valueLabel(tr("The files do not differ in size, format or depth."), m_differences.body), 0, 0);
    } else {
        keepWhatFits(found);
        fillTable(grid, found, imageCount);
    }
    showSection(m_differences);
}

/// A line for each candidate, a column for each short property; long ones stand below their candidate.
void InspectorPanel::fillTable(QGridLayout* grid, const QList<Difference>& differences, int imageCount)
{
    const int columns = static_cast<int>(differences.size()) + 1;
    const bool hasHeader = std::ranges::any_of(differences, [](const Difference& one) { return !one.isLong; });
    int row = hasHeader ? 1 : 0;
    for (int i = 0; i < imageCount; ++i) {
        const int first = row;
        auto* number = new QLabel(QString::number(i + 1), grid->parentWidget());
        makeBold(number);
        grid->addWidget(number, row, 0, Qt::AlignTop);
        int column = 1;
        for (const Difference& one : differences) {
            if (one.isLong)
                continue;
            if (i == 0)
                addMuted(grid, one.name, 0, column);
            grid->addWidget(valueLabel(one.values[i], grid->parentWidget(), false), row, column++, Qt::AlignTop);
        }
        if (hasHeader)
            ++row;
        for (const Difference& one : differences) {
            if (!one.isLong || one.values[i].isEmpty())
                continue;
            const QString text = QStringLiteral("%1: %2").arg(one.name, breakable(one.values[i]));
            addMuted(grid, text, row++, 1, columns)->setWordWrap(true);
        }
        row = std::max(row, first + 1);
    }
    grid->setColumnStretch(columns, 1);
}

// ---- suggestion and decision ---------------------------------------------------------------------------------------

void InspectorPanel::updateSuggestion()
{
    if (m_table.group())
        fillSuggestion(*m_table.group());
}

void InspectorPanel::fillSuggestion(const ReviewedGroup& group)
{
    if (!group.suggestion) {
        hideSection(m_suggestion);
        return;
    }
    QGridLayout* const grid = startBody(m_suggestion);
    const Suggestion& suggestion = *group.suggestion;
    addFact(grid, tr("Picture"), QString::number(suggestion.imageIndex + 1));
    if (suggestion.confidence)
        addFact(grid, tr("Confidence"), tr("%1 %").arg(*suggestion.confidence * 100, 0, 'f', 0));
    if (suggestion.crop)
        addFact(grid, tr("Crop"), m_table.isSuggestionVisible() ? tr("proposed, shown") : tr("proposed, hidden"));
    if (!suggestion.modelId.empty())
        addFact(grid, tr("Model"), breakable(fromCore(suggestion.modelId)));
    QString label = tr("Because");
    for (const std::string& reason : suggestion.reasons)
        addFact(grid, std::exchange(label, QString()), fromCore(reason));
    showSection(m_suggestion);
}

void InspectorPanel::fillDecision(const ReviewedGroup& group)
{
    const auto& row = group.detail.row;
    if (!row) {
        hideSection(m_decision);
        return;
    }
    QGridLayout* const grid = startBody(m_decision);
    addFact(grid, tr("State"),
            stateText(group.detail.entry.state) + (group.detail.entry.isFinalized ? tr(", finalized") : QString()));
    if (row->action() && *row->action() != Action::Reject)
        addFact(grid, tr("Picture"), QString::number(row->integer("user_selected_index").value_or(0) + 1));
    const QDateTime time = QDateTime::fromString(fromCore(row->text("timestamp").value_or("")), Qt::ISODateWithMs);
    addFact(grid, tr("Decided"),
            time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                           : fromCore(row->text("timestamp").value_or("")));
    addFact(grid, tr("Id"), breakable(fromCore(group.detail.entry.groupId)));
    showSection(m_decision);
}

} // namespace ps
