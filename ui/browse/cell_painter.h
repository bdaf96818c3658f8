// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/cell_pictures.h"
#include "ui/common/theme.h"

#include <QPainter>

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
/// Small cells have no line of text; their badge lies on the picture.
class CellPainter
{
public:
    CellPainter(CellPictures* pictures, const Theme& theme) : m_pictures(pictures), m_theme(theme) {}

    /// Height of a cell whose tile is this wide.
    static int heightFor(int cellSize);
    static int tileHeight(int cellSize);

    /// `images`: the candidates for a band; otherwise the cover of the entry alone. `entry` is null while it is read.
    void paint(QPainter& painter, const QRect& cell, int cellSize, const GroupEntry* entry,
               const std::vector<GroupImage>* images, const CellLook& look) const;
    /// What pictures of this cell size are fitted into, in device pixels.
    static QSize pictureSize(int width, int cellSize, qreal devicePixelRatio);

private:
    void paintTile(QPainter& painter, const QRect& tile, const CellLook& look) const;
    void paintPicture(QPainter& painter, const QRect& area, const GroupImage& image) const;
    void paintProblem(QPainter& painter, const QRect& area, const QString& reason) const;
    void paintCaption(QPainter& painter, const QRect& line, const GroupEntry& entry, const CellLook& look) const;
    void paintBadgeOnPicture(QPainter& painter, const QRect& tile, const GroupEntry& entry) const;
    void paintRing(QPainter& painter, const QRect& tile, const CellLook& look) const;

    CellPictures* m_pictures; ///< null: cells without pictures
    const Theme& m_theme;
};

} // namespace ps
