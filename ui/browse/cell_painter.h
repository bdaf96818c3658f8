// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/cell_pictures.h"
#include "ui/common/theme.h"

#include <QCache>
#include <QHash>
#include <QPainter>
#include <QPixmap>

#include <vector>

namespace ps {

/// How one cell of the contact sheet stands.
struct CellLook {
    bool isCurrent = false;
    bool isSelected = false;
    bool isHovered = false;
    bool hasFocus = false;  ///< the sheet has it
    bool isChanged = false; ///< decided since the list was made
};

/// Paints cells: a tile with the picture (or all candidates side by side), and below it state, name and number of images.
/// Small cells have no line of text; their badge lies on the picture. What cells have in common, and lines of text that were
/// painted before, are kept as pixmaps: painting such a cell is copying. They show nothing of the selection but brighter
/// text, and their bytes are bounded.
class CellPainter
{
public:
    CellPainter(CellPictures* pictures, const Theme& theme);

    /// Height of a cell whose tile is this wide.
    static int heightFor(int cellSize);
    static int tileHeight(int cellSize);

    /// `images`: the candidates for a band; otherwise the cover of the entry alone. `entry` is null while it is read.
    /// The background is filled already. False when a better picture is on its way or could not be scaled in time.
    bool paint(QPainter& painter, const QRect& cell, int cellSize, const GroupEntry* entry,
               const std::vector<GroupImage>* images, const CellLook& look);
    /// Colours have changed: what is kept is painted anew.
    void forget();
    /// What pictures of this cell size are fitted into, in device pixels.
    static QSize pictureSize(int width, int cellSize, qreal devicePixelRatio);

private:
    /// What the kept pixmaps were painted for.
    struct Kept {
        QSize tile;
        qreal ratio = 0;
        QFont font;
        bool operator==(const Kept&) const = default;
    };

    void keepFor(const Kept& kept);
    void paintTile(QPainter& painter, const QRect& tile, const CellLook& look);
    bool paintPictures(QPainter& painter, const QRect& inner, int inset, const GroupEntry& entry,
                       const std::vector<GroupImage>* images) const;
    bool paintPicture(QPainter& painter, const QRect& area, const GroupImage& image) const;
    void paintProblem(QPainter& painter, const QRect& area, const QString& reason) const;
    void paintCaption(QPainter& painter, const QRect& line, const GroupEntry& entry, const CellLook& look);
    void drawCaption(QPainter& painter, const QRect& line, const GroupEntry& entry, const CellLook& look);
    void paintBadgeOnPicture(QPainter& painter, const QRect& tile, const GroupEntry& entry);
    void paintMarks(QPainter& painter, const QRect& tile, const GroupEntry& entry) const;
    void paintRing(QPainter& painter, const QRect& tile, const CellLook& look) const;
    /// A pixmap of this size in logical pixels, for this place's scale.
    QPixmap blank(QSize size, const QColor& color) const;

    CellPictures* m_pictures; ///< null: cells without pictures
    const Theme& m_theme;
    Kept m_kept;
    QHash<int, QPixmap> m_tiles;            ///< by hover and selection
    QHash<int, QPixmap> m_badges;           ///< by state, end and place
    QCache<QByteArray, QPixmap> m_captions; ///< by everything that they show; cost in kilobytes
};

} // namespace ps
