// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/measure_slider.h"

#include "ui/common/error_text.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kBins = 60; ///< until there is a histogram
constexpr int kMargin = 10;
constexpr int kPlotHeight = 46;
constexpr int kGap = 4;
constexpr double kGripRadius = 5.5;
constexpr int kPageBins = 10;

} // namespace

MeasureSlider::MeasureSlider(const QualityFilter& filter, const QString& title, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_filter(filter), m_title(title), m_theme(theme),
      m_histogram{filter.low, filter.high, std::vector<std::int64_t>(kBins), 0}, m_threshold(filter.usual)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    describe();
}

QSize MeasureSlider::sizeHint() const
{
    return {260, 2 * fontMetrics().height() + kPlotHeight + 4 * kGap};
}

QSize MeasureSlider::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void MeasureSlider::setHistogram(const MeasureHistogram& histogram)
{
    m_histogram = histogram;
    m_threshold = snapped(m_threshold);
    setEnabled(histogram.total > 0);
    describe();
    update();
}

void MeasureSlider::setThreshold(double threshold)
{
    m_threshold = snapped(threshold);
    describe();
    update();
}

void MeasureSlider::reset()
{
    setThreshold(m_filter.usual);
}

void MeasureSlider::moveTo(double threshold)
{
    const double before = m_threshold;
    setThreshold(threshold);
    if (m_threshold != before)
        Q_EMIT thresholdChanged();
}

void MeasureSlider::describe()
{
    const QString groups = tr("%Ln group(s)", nullptr,
                              static_cast<int>(std::min<std::int64_t>(beyond(), 1'000'000'000)));
    setAccessibleName(m_histogram.total > 0 ? tr("%1: %2, %3").arg(m_title, fromCore(term()), groups)
                                            : tr("%1: not measured yet").arg(m_title));
    setToolTip(tr("Drag the line, or use the arrow keys. A double click brings the usual threshold back."));
}

// ---- geometry ------------------------------------------------------------------------------------------------------

QRectF MeasureSlider::plot() const
{
    const double top = fontMetrics().height() + 2 * kGap;
    return {kMargin, top, static_cast<double>(width() - 2 * kMargin), kPlotHeight};
}

double MeasureSlider::toX(double value) const
{
    const QRectF area = plot();
    return area.left() + area.width() * (value - m_histogram.low) / (m_histogram.high - m_histogram.low);
}

double MeasureSlider::toValue(double x) const
{
    const QRectF area = plot();
    return m_histogram.low + (m_histogram.high - m_histogram.low) * (x - area.left()) / std::max(1.0, area.width());
}

double MeasureSlider::snapped(double value) const
{
    const double step = m_histogram.binWidth();
    const double edge = std::round((value - m_histogram.low) / step);
    return m_histogram.low + step * std::clamp(edge, 0.0, static_cast<double>(m_histogram.counts.size()));
}

// ---- painting ------------------------------------------------------------------------------------------------------

void MeasureSlider::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = m_theme.colors();
    const QRectF area = plot();
    const QRectF header(kMargin, kGap, width() - 2 * kMargin, fontMetrics().height());
    const bool isKnown = m_histogram.total > 0;
    painter.setPen(isKnown ? colors.text : colors.mutedText);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    painter.setFont(font());
    painter.setPen(isKnown && beyond() > 0 ? colors.text : colors.mutedText);
    const QString number = isKnown ? QLocale().toString(static_cast<qlonglong>(beyond())) : QStringLiteral("–");
    painter.drawText(header, Qt::AlignRight | Qt::AlignVCenter, number);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.field);
    painter.drawRoundedRect(area.adjusted(-3, -1, 3, 1), 3, 3);
    if (isKnown) {
        paintBars(painter, area);
        paintGrip(painter, area);
    }
    const QRectF footer(kMargin, area.bottom() + kGap, area.width(), fontMetrics().height());
    painter.setPen(colors.mutedText);
    painter.drawText(footer, Qt::AlignLeft | Qt::AlignVCenter, isKnown ? fromCore(term()) : tr("Not measured yet"));
    if (isKnown)
        painter.drawText(footer, Qt::AlignRight | Qt::AlignVCenter,
                         tr("of %1").arg(QLocale().toString(static_cast<qlonglong>(m_histogram.total))));
}

void MeasureSlider::paintBars(QPainter& painter, const QRectF& area) const
{
    const ThemeColors& colors = m_theme.colors();
    const auto most = static_cast<double>(std::max<std::int64_t>(1, std::ranges::max(m_histogram.counts)));
    const double width = area.width() / static_cast<double>(m_histogram.counts.size());
    QColor calm = colors.mutedText;
    calm.setAlphaF(0.55F);
    for (std::size_t i = 0; i < m_histogram.counts.size(); ++i) {
        if (m_histogram.counts[i] == 0)
            continue;
        // The root: a few suspicious pictures among many thousand must be seen.
        const double height = std::max(2.0,
                                       area.height() * std::sqrt(static_cast<double>(m_histogram.counts[i]) / most));
        const double middle = m_histogram.low + (static_cast<double>(i) + 0.5) * m_histogram.binWidth();
        const bool isBeyond = m_filter.isBelow ? middle < m_threshold : middle > m_threshold;
        painter.setBrush(isBeyond ? colors.attention : calm);
        painter.drawRect(QRectF(area.left() + static_cast<double>(i) * width, area.bottom() - height,
                                std::max(1.0, width - 1), height));
    }
}

void MeasureSlider::paintGrip(QPainter& painter, const QRectF& area) const
{
    const ThemeColors& colors = m_theme.colors();
    const double x = toX(m_threshold);
    const QColor color = hasFocus() || m_isDragged || m_isHovered ? colors.accent : colors.text;
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(x, area.top() - 1), QPointF(x, area.bottom() + 1));
    painter.setBrush(color);
    painter.setPen(QPen(colors.panel, 1.5));
    painter.drawEllipse(QPointF(x, area.bottom()), kGripRadius, kGripRadius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 1.5));
        painter.drawRoundedRect(area.adjusted(-5, -3, 5, 3), 5, 5);
    }
}

// ---- input ---------------------------------------------------------------------------------------------------------

void MeasureSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_isDragged = true;
    moveTo(toValue(event->position().x()));
    update();
}

void MeasureSlider::mouseMoveEvent(QMouseEvent* event)
{
    const bool isNear = std::abs(event->position().x() - toX(m_threshold)) <= 2 * kGripRadius;
    setCursor(isEnabled() && (isNear || m_isDragged) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (isNear != m_isHovered) {
        m_isHovered = isNear;
        update();
    }
    if (m_isDragged)
        moveTo(toValue(event->position().x()));
}

void MeasureSlider::mouseReleaseEvent(QMouseEvent*)
{
    m_isDragged = false;
    update();
}

void MeasureSlider::mouseDoubleClickEvent(QMouseEvent*)
{
    moveTo(m_filter.usual);
}

void MeasureSlider::keyPressEvent(QKeyEvent* event)
{
    const double step = m_histogram.binWidth();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down: return moveTo(m_threshold - step);
    case Qt::Key_Right:
    case Qt::Key_Up: return moveTo(m_threshold + step);
    case Qt::Key_PageDown: return moveTo(m_threshold - kPageBins * step);
    case Qt::Key_PageUp: return moveTo(m_threshold + kPageBins * step);
    case Qt::Key_Home: return moveTo(m_histogram.low);
    case Qt::Key_End: return moveTo(m_histogram.high);
    case Qt::Key_Backspace: return moveTo(m_filter.usual);
    default: QWidget::keyPressEvent(event);
    }
}

void MeasureSlider::leaveEvent(QEvent*)
{
    m_isHovered = false;
    update();
}

void MeasureSlider::focusInEvent(QFocusEvent*)
{
    update();
}

void MeasureSlider::focusOutEvent(QFocusEvent*)
{
    update();
}

} // namespace ps
