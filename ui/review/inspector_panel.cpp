// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/inspector_panel.h"

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

#include <utility>

namespace ps {

namespace {

constexpr int kWidth = 288;
constexpr int kMargin = 16;
constexpr int kColumnGap = 8;

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
    section.heading = new QLabel(title, section.box);
    makeBold(section.heading);
    layout->addWidget(section.heading);
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

QLabel* InspectorPanel::addFact(QGridLayout* grid, const QString& name, const QString& value)
{
    const int row = grid->count() == 0 ? 0 : grid->rowCount();
    addMuted(grid, name, row, 0);
    QLabel* const label = valueLabel(value, grid->parentWidget());
    grid->addWidget(label, row, 1);
    grid->setColumnStretch(1, 1);
    return label;
}

void InspectorPanel::clear()
{
    for (Section* section : {&m_group, &m_differences, &m_suggestion, &m_decision, &m_marks})
        hideSection(*section);
    m_shownFacts.reset();
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

void InspectorPanel::setOnlyDifferences(bool only)
{
    m_onlyDifferences = only;
    m_shownFacts.reset();
    updateDifferences();
}

void InspectorPanel::updateDifferences()
{
    const auto& group = m_table.group();
    if (!group || group->detail.images.empty()) {
        hideSection(m_differences);
        m_shownFacts.reset();
        return;
    }
    const int imageCount = static_cast<int>(group->detail.images.size());
    std::vector<const Picture*> pictures;
    for (int i = 0; i < imageCount; ++i)
        pictures.push_back(m_table.pictureOf(i));
    const CandidateFacts facts(group->detail.images, std::move(pictures));
    const bool isComparing = imageCount > 1 && m_onlyDifferences;
    QList<CandidateFact> found = isComparing ? facts.differing() : facts.all();
    if (m_shownFacts == found)
        return; // asked for with every movement of the pictures
    m_differences.heading->setText(isComparing ? tr("Differences") : tr("Facts"));
    QGridLayout* const grid = startBody(m_differences);
    for (const CandidateFact& fact : found)
        addCandidateFact(grid, fact);
    if (found.isEmpty())
        grid->addWidget(valueLabel(tr("The files do not differ in size, format or depth."), m_differences.body), 0, 0);
    grid->setColumnStretch(2, 1);
    m_shownFacts = std::move(found);
    showSection(m_differences);
}

/// One line for each value that occurs, with the numbers of the candidates that have it.
void InspectorPanel::addCandidateFact(QGridLayout* grid, const CandidateFact& fact)
{
    int row = grid->count() == 0 ? 0 : grid->rowCount();
    addMuted(grid, fact.name, row, 0);
    if (!fact.differs()) {
        grid->addWidget(valueLabel(breakable(fact.values.first()), grid->parentWidget()), row, 1, 1, 2);
        return;
    }
    QStringList distinct = fact.values;
    distinct.removeDuplicates();
    for (const QString& value : distinct) {
        QStringList numbers;
        for (int i = 0; i < fact.values.size(); ++i) {
            if (fact.values[i] == value)
                numbers.append(QString::number(i + 1));
        }
        auto* label = new QLabel(numbers.join(QLatin1Char(' ')), grid->parentWidget());
        makeBold(label);
        grid->addWidget(label, row, 1, Qt::AlignTop);
        const QString shown = value.isEmpty() ? QStringLiteral("–") : breakable(value);
        grid->addWidget(valueLabel(shown, grid->parentWidget()), row++, 2);
    }
}

// ---- suggestion and decision ---------------------------------------------------------------------------------------

void InspectorPanel::updateSuggestion()
{
    if (m_table.group())
        fillSuggestion(*m_table.group());
}

void InspectorPanel::setSuggestionStatus(const SuggestionStatus& status)
{
    m_suggestionStatus = status;
    updateSuggestion();
}

void InspectorPanel::fillSuggestion(const ReviewedGroup& group)
{
    QList<SuggestionLine> lines = suggestionLines(group.offer, !m_table.isSuggestionVisible(), m_suggestionStatus);
    if (lines.isEmpty()) {
        hideSection(m_suggestion);
        m_suggestionLines.clear();
        return;
    }
    if (m_suggestion.body && lines == m_suggestionLines)
        return; // asked for with every group that gets its suggestion
    QGridLayout* const grid = startBody(m_suggestion);
    for (const SuggestionLine& line : lines) {
        QLabel* const value = addFact(grid, line.name, line.value);
        value->setToolTip(line.figures.toHtmlEscaped());
        if (line.kind != SuggestionLine::Kind::Fact)
            value->setProperty("speaks", QLatin1String(line.kind == SuggestionLine::Kind::For ? "for" : "against"));
    }
    m_suggestionLines = std::move(lines);
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
