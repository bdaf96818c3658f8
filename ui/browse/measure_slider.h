// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/quality_filters.h"
#include "ui/common/theme.h"

#include <QWidget>

namespace ps {

/// A threshold on the histogram of one measure: bars, those beyond the threshold in another colour, a line with a grip that is
/// dragged with the mouse or moved with the arrow keys (a bin; with Page keys ten; Home and End), and how many groups are beyond
/// it. A double click or Backspace brings the usual threshold back.
/// Thread: UI.
class MeasureSlider : public QWidget
{
    Q_OBJECT

public:
    MeasureSlider(const QualityFilter& filter, const QString& title, const Theme& theme, QWidget* parent);

    /// Without groups that were measured it says so and cannot be moved.
    void setHistogram(const MeasureHistogram& histogram);
    const QualityFilter& filter() const { return m_filter; }
    double threshold() const { return m_threshold; }
    /// To the nearest edge of a bin. Emits nothing.
    void setThreshold(double threshold);
    void reset();
    std::int64_t beyond() const { return m_histogram.beyond(m_filter, m_threshold); }
    /// "sharpness<6", as it is written into the filter.
    std::string term() const { return m_filter.term(m_threshold); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person moved it.
    void thresholdChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF plot() const;
    double toX(double value) const;
    double toValue(double x) const;
    double snapped(double value) const;
    void moveTo(double threshold);
    void paintBars(QPainter& painter, const QRectF& area) const;
    void paintGrip(QPainter& painter, const QRectF& area) const;
    void describe();

    const QualityFilter& m_filter;
    const QString m_title;
    const Theme& m_theme;
    MeasureHistogram m_histogram;
    double m_threshold;
    bool m_isDragged = false;
    bool m_isHovered = false;
};

} // namespace ps
