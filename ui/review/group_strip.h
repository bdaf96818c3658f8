// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/group_source.h"
#include "ui/common/picture_loader.h"
#include "ui/common/theme.h"

#include <QCache>
#include <QHash>
#include <QTimer>
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
    void resizeEvent(QResizeEvent* event) override;

private:
    static constexpr int kHeight = 96;
    static constexpr int kCellWidth = 104;

    static constexpr int kMaxCellBytes = 16 * 1024 * 1024;

    void forgetCells();
    void planPictures();
    void onPicture(const QString& imageKey);
    std::int64_t boundedFirst(std::int64_t wanted) const;
    std::int64_t firstVisible() const;
    QRect cellRect(std::int64_t ordinal) const;
    std::int64_t ordinalAt(const QPoint& position) const;
    void paintCell(QPainter& painter, std::int64_t ordinal);
    void paintCover(QPainter& painter, std::int64_t ordinal, const std::optional<GroupEntry>& entry);
    QPixmap cellPixmap(const QString& imageKey, const QImage& image, QSize size);

    GroupSource& m_source;
    PictureLoader& m_loader;
    const Theme& m_theme;
    std::int64_t m_current = 0;
    std::int64_t m_scrolled = 0; ///< cells that the wheel has moved the strip away from the current group
    int m_wheelDelta = 0;        ///< of the wheel, not yet a whole cell

    QTimer m_planning;
    std::int64_t m_plannedFirst = 0;
    bool m_isForward = true;
    QHash<QString, std::int64_t> m_painted; ///< image keys of the cells in sight
    QCache<QString, QPixmap> m_cells;       ///< ready to be copied to the screen, by image key
};

} // namespace ps
