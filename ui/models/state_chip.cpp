// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/state_chip.h"

#include <QPainter>

namespace ps {

namespace {

constexpr int kPadding = 11;
constexpr int kShape = 10;
constexpr int kGap = 7;

} // namespace

StateChip::StateChip(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void StateChip::setState(State state, const QString& text, const QString& details)
{
    m_state = state;
    m_text = text;
    setAccessibleName(tr("State of the suggestions"));
    setAccessibleDescription(text);
    setToolTip(details);
    updateGeometry();
    update();
}

QColor StateChip::color() const
{
    const ThemeColors& colors = m_theme.colors();
    switch (m_state) {
    case State::NoModel: return colors.mutedText;
    case State::Ready: return colors.accent;
    case State::Computing: return colors.text;
    case State::Failed: return colors.attention;
    }
    return colors.mutedText;
}

QSize StateChip::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2 * kPadding + kShape + kGap, fontMetrics().height() + 10};
}

void StateChip::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF chip = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    const QRectF shape(kPadding, (height() - kShape) / 2.0, kShape, kShape);
    painter.setPen(QPen(color(), 1.6));
    painter.setBrush(m_state == State::Ready ? QBrush(color()) : QBrush(Qt::NoBrush));
    switch (m_state) {
    case State::Failed:
        painter.drawPolygon(QPolygonF{{shape.center().x(), shape.top()}, shape.bottomRight(), shape.bottomLeft()});
        break;
    case State::Computing: painter.drawArc(shape.adjusted(1, 1, -1, -1), 90 * 16, -270 * 16); break;
    case State::Ready: painter.drawEllipse(shape.adjusted(1, 1, -1, -1)); break;
    case State::NoModel: painter.drawEllipse(shape.adjusted(1, 1, -1, -1)); break;
    }
    painter.setPen(colors.text);
    painter.drawText(rect().adjusted(kPadding + kShape + kGap, 0, -kPadding, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     m_text);
}

} // namespace ps
