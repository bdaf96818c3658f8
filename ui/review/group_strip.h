// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/group_source.h"
#include "ui/common/picture_loader.h"
#include "ui/common/theme.h"

#include <QWidget>

namespace ps {

/// The groups around the current one as small pictures with their states. Costs the same for two hundred groups and for
/// twenty million: only what is visible is asked for.
class GroupStrip : public QWidget
{
    Q_OBJECT

public:
    GroupStrip(GroupSource& source, PictureLoader& loader, const Theme& theme, QWidget* parent);

    void setCurrent(std::int64_t ordinal);
    QSize sizeHint() const override { return {600, kHeight}; }

Q_SIGNALS:
    void clicked(std::int64_t ordinal);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    static constexpr int kHeight = 96;
    static constexpr int kCellWidth = 104;

    std::int64_t boundedFirst(std::int64_t wanted) const;
    std::int64_t firstVisible() const;
    QRect cellRect(std::int64_t ordinal) const;
    std::int64_t ordinalAt(const QPoint& position) const;
    void paintCell(QPainter& painter, std::int64_t ordinal);

    GroupSource& m_source;
    PictureLoader& m_loader;
    const Theme& m_theme;
    std::int64_t m_current = 0;
    std::int64_t m_scrolled = 0; ///< cells that the wheel has moved the strip away from the current group
    int m_wheelDelta = 0;        ///< of the wheel, not yet a whole cell
};

} // namespace ps
