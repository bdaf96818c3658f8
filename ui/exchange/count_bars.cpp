// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/count_bars.h"

#include "ui/models/chart_content.h"

#include <QPainter>

#include <algorithm>

namespace ps {

namespace {

constexpr int kBarHeight = 4;
constexpr int kRowGap = 7;
constexpr int kTitleGap = 6;

} // namespace

CountBars::CountBars(const QString& title, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_title(title), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    hide();
}

void CountBars::setBars(std::vector<Bar> bars)
{
    m_bars = std::move(bars);
    QStringList lines;
    for (const Bar& bar : m_bars)
        lines.append(QStringLiteral("%1: %2").arg(bar.name, countText(bar.count)));
    setAccessibleDescription(lines.join(QStringLiteral(", ")));
    setToolTip(lines.join(QLatin1Char('\n')));
    setVisible(!m_bars.empty());
    updateGeometry();
    update();
}

int CountBars::rowHeight() const
{
    return fontMetrics().height() + kBarHeight + kRowGap;
}

QSize CountBars::sizeHint() const
{
    return {220, fontMetrics().height() + kTitleGap + static_cast<int>(m_bars.size()) * rowHeight()};
}

void CountBars::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(colors.text);
    const int line = fontMetrics().height();
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    painter.setFont(font());
    std::int64_t most = 1;
    for (const Bar& bar : m_bars)
        most = std::max(most, bar.count);
    int top = line + kTitleGap;
    for (const Bar& bar : m_bars) {
        const QString number = countText(bar.count);
        const int numberWidth = fontMetrics().horizontalAdvance(number);
        painter.setPen(colors.text);
        painter.drawText(QRect(0, top, width(), line), Qt::AlignRight | Qt::AlignVCenter, number);
        painter.setPen(colors.mutedText);
        const int room = width() - numberWidth - 10;
        painter.drawText(QRect(0, top, room, line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(bar.name, Qt::ElideMiddle, room));
        const QRectF track(0, top + line + 1, width(), kBarHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.line);
        painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
        if (bar.count > 0) {
            QRectF filled = track;
            filled.setWidth(
                std::max<qreal>(kBarHeight, track.width() * static_cast<qreal>(bar.count) / static_cast<qreal>(most)));
            painter.setBrush(colors.accent);
            painter.drawRoundedRect(filled, kBarHeight / 2.0, kBarHeight / 2.0);
        }
        top += rowHeight();
    }
}

} // namespace ps
