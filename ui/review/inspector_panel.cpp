// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/inspector_panel.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"
#include "ui/review/light_table.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <functional>

namespace ps {

namespace {

/// A property of the candidates, as text.
struct Property {
    QString name;
    std::function<QString(const GroupImage&, const Picture*)> value;
};

QString sizeText(ImageSize size)
{
    return QStringLiteral("%1\u00a0×\u00a0%2").arg(size.width).arg(size.height);
}

std::vector<Property> properties()
{
    return {
        {InspectorPanel::tr("Stage"),
         [](const GroupImage& image, const Picture*) {
             return image.stage > 0 ? QLocale().toString(image.stage) : QString();
         }},
        {InspectorPanel::tr("Size"),
         [](const GroupImage&, const Picture* picture) { return picture ? sizeText(picture->info.size) : QString(); }},
        {InspectorPanel::tr("File"),
         [](const GroupImage& image, const Picture*) { return QLocale().formattedDataSize(image.identity.sizeBytes, 1); }},
        {InspectorPanel::tr("Format"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? fromCore(formatName(picture->info.format)) : QString();
         }},
        {InspectorPanel::tr("Depth"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? InspectorPanel::tr("%1 bit").arg(picture->info.bitsPerChannel) : QString();
         }},
        {InspectorPanel::tr("Profile"),
         [](const GroupImage&, const Picture* picture) {
             return picture ? fromCore(picture->info.profileDescription) : QString();
         }},
        {InspectorPanel::tr("Upright"),
         [](const GroupImage&, const Picture* picture) {
             return picture && picture->info.orientation != 1 ? InspectorPanel::tr("turned") : QString();
         }},
        {InspectorPanel::tr("Folder"),
         [](const GroupImage& image, const Picture*) { return fromCore(parentPath(image.currentPath)); }},
    };
}

QLabel* valueLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // data is never markup
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

InspectorPanel::InspectorPanel(const LightTable& table, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_table(table), m_theme(theme)
{
    setObjectName(QStringLiteral("panel"));
    setFixedWidth(288);
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
    m_layout->setContentsMargins(16, 14, 16, 14);
    m_layout->setSpacing(18);
    m_group = section(tr("Group"));
    m_differences = section(tr("Differences"));
    m_suggestion = section(tr("Suggestion"));
    m_decision = section(tr("Decision"));
    m_layout->addStretch();
    scroll->setWidget(content);
    outer->addWidget(scroll);
    clear();
}

QWidget* InspectorPanel::section(const QString& title)
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* heading = new QLabel(title, box);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    layout->addWidget(heading);
    auto* body = new QWidget(box);
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    layout->addWidget(body);
    m_layout->addWidget(box);
    return body;
}

void InspectorPanel::clearSection(QWidget* section)
{
    qDeleteAll(section->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void InspectorPanel::addFact(QWidget* section, const QString& name, const QString& value)
{
    auto* grid = static_cast<QGridLayout*>(section->layout());
    const int row = grid->rowCount();
    auto* nameLabel = new QLabel(name, section);
    QPalette palette = nameLabel->palette();
    palette.setColor(QPalette::WindowText, m_theme.colors().mutedText);
    nameLabel->setPalette(palette);
    grid->addWidget(nameLabel, row, 0, Qt::AlignTop);
    grid->addWidget(valueLabel(value, section), row, 1);
}

void InspectorPanel::clear()
{
    for (QWidget* section : {m_group, m_differences, m_suggestion, m_decision}) {
        clearSection(section);
        section->parentWidget()->setVisible(false);
    }
}

void InspectorPanel::showGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group)
{
    clear();
    fillGroup(ordinal, count, group);
    fillSuggestion(group);
    fillDecision(group);
    updateDifferences();
}

void InspectorPanel::fillGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group)
{
    m_group->parentWidget()->setVisible(true);
    const GroupEntry& entry = group.detail.entry;
    addFact(m_group, tr("Position"), tr("%L1 of %L2").arg(ordinal + 1).arg(count));
    const QString kind = entry.kind == GroupKind::Group    ? tr("group of %n", nullptr, entry.imageCount)
                         : entry.kind == GroupKind::Single ? tr("single image")
                                                           : tr("set of %n, split it first", nullptr, entry.imageCount);
    addFact(m_group, tr("Kind"), kind);
    if (!entry.directory.empty())
        addFact(m_group, tr("Folder"), fromCore(entry.directory));
    addFact(m_group, tr("Key"), fromCore(entry.key));
}

void InspectorPanel::updateDifferences()
{
    clearSection(m_differences);
    const auto& group = m_table.group();
    m_differences->parentWidget()->setVisible(group.has_value());
    if (!group)
        return;
    auto* grid = static_cast<QGridLayout*>(m_differences->layout());
    const auto& images = group->detail.images;
    const bool isSingle = images.size() == 1;
    int row = 0;
    if (!isSingle) {
        for (std::size_t i = 0; i < images.size(); ++i) {
            auto* number = new QLabel(QString::number(i + 1), m_differences);
            QFont font = number->font();
            font.setWeight(QFont::DemiBold);
            number->setFont(font);
            grid->addWidget(number, row, static_cast<int>(i) + 1);
        }
        ++row;
    }
    bool hasDifference = isSingle;
    for (const Property& property : properties()) {
        QStringList values;
        for (std::size_t i = 0; i < images.size(); ++i) {
            const Picture* picture = m_table.pictureOf(static_cast<int>(i));
            values.append(property.value(images[i], picture && !picture->error ? picture : nullptr));
        }
        const bool isEmpty = values.count(QString()) == values.size();
        const bool isSame = values.count(values.first()) == values.size();
        if (isEmpty || (isSame && !isSingle))
            continue; // only what differs helps to choose
        hasDifference = true;
        auto* name = new QLabel(property.name, m_differences);
        QPalette palette = name->palette();
        palette.setColor(QPalette::WindowText, m_theme.colors().mutedText);
        name->setPalette(palette);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        for (int i = 0; i < values.size(); ++i)
            grid->addWidget(valueLabel(values[i], m_differences), row, i + 1, Qt::AlignTop);
        ++row;
    }
    if (!hasDifference)
        grid->addWidget(valueLabel(tr("The files do not differ in size, format or depth."), m_differences), row, 0, 1, 5);
}

void InspectorPanel::fillSuggestion(const ReviewedGroup& group)
{
    if (!group.suggestion)
        return;
    m_suggestion->parentWidget()->setVisible(true);
    const Suggestion& suggestion = *group.suggestion;
    addFact(m_suggestion, tr("Picture"), QString::number(suggestion.imageIndex + 1));
    if (suggestion.confidence)
        addFact(m_suggestion, tr("Confidence"), tr("%1 %").arg(*suggestion.confidence * 100, 0, 'f', 0));
    if (suggestion.crop)
        addFact(m_suggestion, tr("Crop"), m_table.isSuggestionVisible() ? tr("proposed, shown") : tr("proposed, hidden"));
    if (!suggestion.modelId.empty())
        addFact(m_suggestion, tr("Model"), fromCore(suggestion.modelId));
    QString label = tr("Because");
    for (const std::string& reason : suggestion.reasons)
        addFact(m_suggestion, std::exchange(label, QString()), fromCore(reason));
}

void InspectorPanel::fillDecision(const ReviewedGroup& group)
{
    const auto& row = group.detail.row;
    if (!row)
        return;
    m_decision->parentWidget()->setVisible(true);
    addFact(m_decision, tr("State"), stateText(group.detail.entry.state) +
                                         (group.detail.entry.isFinalized ? tr(", finalized") : QString()));
    if (row->action() && *row->action() != Action::Reject)
        addFact(m_decision, tr("Picture"), QString::number(row->integer("user_selected_index").value_or(0) + 1));
    const QDateTime time = QDateTime::fromString(fromCore(row->text("timestamp").value_or("")), Qt::ISODateWithMs);
    addFact(m_decision, tr("Decided"), time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                                                      : fromCore(row->text("timestamp").value_or("")));
    QString id = fromCore(group.detail.entry.groupId);
    id.replace(QLatin1Char('_'), QStringLiteral("_\u200b")); // may break there
    addFact(m_decision, tr("Id"), id);
}

} // namespace ps
