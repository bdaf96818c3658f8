// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chart_view.h"

#include "ui/common/icons.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace ps {

ChartView::ChartView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto* numbers = new QAction(icon(QStringLiteral("copy")), tr("Copy numbers (CSV)"), this);
    numbers->setShortcut(QKeySequence::Copy);
    numbers->setShortcutContext(Qt::WidgetShortcut);
    auto* picture = new QAction(icon(QStringLiteral("image")), tr("Copy picture"), this);
    connect(numbers, &QAction::triggered, this, &ChartView::copyNumbers);
    connect(picture, &QAction::triggered, this, &ChartView::copyPicture);
    addAction(numbers);
    addAction(picture);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void ChartView::setContent(ChartContent content)
{
    const bool keepsItem = m_hovered >= 0 && m_hovered < static_cast<int>(content.items.size()) &&
                           content.title == m_content.title;
    m_content = std::move(content);
    if (!keepsItem)
        m_hovered = -1;
    setAccessibleName(m_content.title);
    setAccessibleDescription(m_content.isEmpty() ? m_content.emptyText : m_content.description);
    update();
}

ChartGeometry ChartView::geometryOfChart() const
{
    return layoutChart(m_content, QRectF(rect()), font());
}

// ---- painting ------------------------------------------------------------------------------------------------------

void ChartView::paintCard(QPainter& painter, bool isFocused, int hovered) const
{
    const ThemeColors& colors = m_theme.colors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isFocused ? colors.accent : colors.line, 1));
    painter.setBrush(colors.field);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(font());
    paintChart(painter, m_content, geometryOfChart(), colors, hovered);
}

void ChartView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCard(painter, hasFocus(), m_hovered);
}

QPixmap ChartView::picture() const
{
    QPixmap pixmap(size() * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(m_theme.colors().window);
    QPainter painter(&pixmap);
    paintCard(painter, false, -1);
    return pixmap;
}

void ChartView::copyPicture() const
{
    QApplication::clipboard()->setPixmap(picture());
}

void ChartView::copyNumbers() const
{
    QApplication::clipboard()->setText(m_content.csv());
}

// ---- pointer and keys ----------------------------------------------------------------------------------------------

void ChartView::setHovered(int item)
{
    if (m_hovered == item)
        return;
    m_hovered = item;
    update();
    if (item < 0 || !hasFocus())
        return;
    setAccessibleDescription(m_content.items[static_cast<std::size_t>(item)].text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(m_content.isEmpty() ? -1 : chartItemAt(m_content, geometryOfChart(), event->position()));
}

void ChartView::leaveEvent(QEvent*)
{
    setHovered(-1);
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_content.items.size()) - 1;
    if (last < 0 || m_content.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up: setHovered(m_hovered < 0 ? last : std::max(0, m_hovered - 1)); break;
    case Qt::Key_Right:
    case Qt::Key_Down: setHovered(std::min(last, m_hovered + 1)); break;
    case Qt::Key_Home: setHovered(0); break;
    case Qt::Key_End: setHovered(last); break;
    case Qt::Key_Escape:
        if (m_hovered >= 0) {
            setHovered(-1);
            break;
        }
        [[fallthrough]];
    default: QWidget::keyPressEvent(event);
    }
}

void ChartView::focusInEvent(QFocusEvent*)
{
    update();
}

void ChartView::focusOutEvent(QFocusEvent*)
{
    setAccessibleDescription(m_content.isEmpty() ? m_content.emptyText : m_content.description);
    setHovered(-1);
    update();
}

} // namespace ps
