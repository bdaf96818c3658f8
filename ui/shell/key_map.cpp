// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_map.h"

#include "ui/common/action_table.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace ps {

namespace {

constexpr qsizetype kMaxKeys = 2; ///< of one action
constexpr int kPictures = 4;

QString keyOf(const QAction& action)
{
    return action.shortcut().toString(QKeySequence::NativeText);
}

QString textOf(const QAction& action)
{
    return action.text().remove(QLatin1Char('&'));
}

/// One line for an action, as long as it has a key.
void add(QList<KeyMap::Line>& lines, const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    if (!keys.isEmpty())
        lines.append({keys.mid(0, kMaxKeys).join(QStringLiteral("  ")), textOf(action)});
}

/// One line for what the four pictures of a group have alike: "Shift+Q W E R".
void addPictures(QList<KeyMap::Line>& lines, const std::array<QAction*, kPictures>& actions)
{
    QString keys = keyOf(*actions.front());
    const QString modifiers = keys.left(keys.lastIndexOf(QLatin1Char('+'), -2) + 1);
    for (std::size_t i = 1; i < actions.size(); ++i) {
        const QString key = keyOf(*actions[i]);
        if (!key.isEmpty())
            keys += QLatin1Char(' ') + (key.startsWith(modifiers) ? key.mid(modifiers.size()) : key);
    }
    if (!keys.isEmpty())
        lines.append({keys, textOf(*actions.front()).replace(QLatin1Char('1'), QStringLiteral("1\u20134"))});
}

} // namespace

KeyMap::KeyMap(const ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Key map"));
    parent->installEventFilter(this);
    hide();
}

void KeyMap::open()
{
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus();
}

/// Of the widget that had the focus; Window when it has no keys of its own.
ActionScope KeyMap::scope() const
{
    for (const QWidget* widget = m_focusBefore; widget; widget = widget->parentWidget()) {
        for (const ActionInfo& info : actionTable()) {
            if (info.scope != ActionScope::Window && widget->actions().contains(m_actions.action(info.id)))
                return info.scope;
        }
    }
    return ActionScope::Window;
}

std::array<QAction*, 4> KeyMap::picturesOf(const QByteArray& firstId) const
{
    std::array<QAction*, kPictures> actions{};
    for (int i = 0; i < kPictures; ++i)
        actions[static_cast<std::size_t>(i)] = m_actions.action(
            (firstId.chopped(1) + QByteArray::number(i + 1)).constData());
    return actions;
}

QList<KeyMap::Line> KeyMap::lines() const
{
    const ActionScope here = scope();
    const std::pair<ActionMenu, QString> menus[] = {
        {ActionMenu::None, here == ActionScope::Browse ? tr("Browse") : tr("Crop editor")},
        {ActionMenu::Decide, tr("Decide")},
        {ActionMenu::Go, tr("Go")},
        {ActionMenu::View, tr("View")},
        {ActionMenu::Compare, tr("Compare")},
        {ActionMenu::Edit, tr("Edit")},
        {ActionMenu::Models, tr("Models")},
        {ActionMenu::File, tr("File")},
        {ActionMenu::Help, tr("Help")}};
    QList<Line> lines;
    for (const auto& [menu, title] : menus) {
        QList<Line> section;
        for (const ActionInfo& info : actionTable()) {
            if (info.menu != menu || (info.scope != ActionScope::Window && info.scope != here))
                continue;
            const QByteArray id(info.id);
            if (id.endsWith('1'))
                addPictures(section, picturesOf(id));
            else if (!id.endsWith('2') && !id.endsWith('3') && !id.endsWith('4'))
                add(section, *m_actions.action(info.id));
        }
        if (!section.isEmpty())
            lines << Line{{}, title} << section;
    }
    if (here == ActionScope::Crop) {
        lines.append({tr("Arrows"), tr("Crop editor: move by a pixel, with Shift by ten")});
        lines.append({tr("Ctrl+Arrows"), tr("Crop editor: move the bottom right corner")});
        lines.append({tr("Ctrl+Shift+Arrows"), tr("Crop editor: move the top left corner")});
        lines.append({tr("Alt+Arrows"), tr("Crop editor: larger or smaller about the centre")});
    }
    return lines;
}

void KeyMap::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, 150));
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect sheet = rect().adjusted(40, 30, -40, -30);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(sheet, 12, 12);

    const QList<Line> all = lines();
    const int lineHeight = painter.fontMetrics().height() + 6;
    const QRect room = sheet.adjusted(28, 24, -28, -24);
    const int perColumn = qMax(1, room.height() / lineHeight);
    const int columns = static_cast<int>((all.size() + perColumn - 1) / perColumn);
    const int columnWidth = room.width() / qMax(1, columns);
    const QFontMetrics metrics = painter.fontMetrics();
    QList<int> keyWidths(columns, 0); // each column needs its own
    for (qsizetype i = 0; i < all.size(); ++i) {
        int& width = keyWidths[i / perColumn];
        width = qMin(qMax(width, metrics.horizontalAdvance(all[i].keys) + 4), columnWidth / 2);
    }
    QFont headingFont = font();
    headingFont.setWeight(QFont::DemiBold);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const int keyWidth = keyWidths[i / perColumn];
        const int x = room.left() + static_cast<int>(i / perColumn) * columnWidth;
        const int y = room.top() + static_cast<int>(i % perColumn) * lineHeight;
        const bool isHeading = all[i].keys.isEmpty();
        painter.setFont(isHeading ? headingFont : font());
        painter.setPen(isHeading ? colors.text : colors.accent);
        if (isHeading) {
            painter.drawText(QRect(x, y, columnWidth - 12, lineHeight), Qt::AlignVCenter, all[i].text);
            continue;
        }
        painter.drawText(QRect(x, y, keyWidth, lineHeight), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(all[i].keys, Qt::ElideRight, keyWidth));
        painter.setPen(colors.text);
        const int textWidth = columnWidth - keyWidth - 20;
        painter.drawText(QRect(x + keyWidth + 8, y, textWidth, lineHeight), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(all[i].text, Qt::ElideRight, textWidth));
    }
}

void KeyMap::keyPressEvent(QKeyEvent*)
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

void KeyMap::mousePressEvent(QMouseEvent*)
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

bool KeyMap::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace ps
