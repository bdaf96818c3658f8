// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "core/imaging/overlays.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QStringList>

namespace ps {

/// The marks on and below the pictures of the light table: captions, frames, legends. Knows how things look and nothing of
/// why they are there.
class PanePainter
{
public:
    PanePainter(QPainter& painter, const ThemeColors& colors, const QFont& font);

    /// What stands below a picture. Facts give way from the last one on when there is no room.
    struct Caption {
        QString number; ///< of the deciding key; "" for none
        QString name;
        QStringList facts;
        QStringList badges;
        bool isFocused = false;
        bool isChampion = false;
        bool isUnlocked = false; ///< zooms by itself
    };
    void caption(const QRect& bar, const Caption& caption);
    void focusFrame(const QRect& frame);
    /// Instead of a picture.
    void placeholder(const QRect& canvas, const QString& text, bool isBroken);
    void cropFrame(const QRectF& picture, const Crop& crop, const QColor& color, bool isDashed);
    /// A crop that could be taken over from another picture.
    void ghost(const QRectF& picture, const Crop& crop);
    /// A short text on the picture, at a corner or edge of `canvas`.
    void pill(const QRect& canvas, Qt::Alignment place, const QString& text, const QColor& mark = {});
    void divider(const QRect& canvas, double x);
    void histogram(const QRect& canvas, const Histogram& values);
    /// The scale of a difference map with its figures.
    void differenceLegend(const QRect& canvas, double gain, const QString& figures);
    /// One candidate among those to choose from.
    void chip(const QRect& place, const QImage& image, const QString& number, bool isFocused, bool isChampion);
    /// The diamond of the suggestion on a chip.
    void suggested(const QRect& chip);

private:
    void keyCap(const QRect& place, const QString& number, bool isFocused);
    void crown(const QPointF& middle, double size);

    QPainter& m_painter;
    const ThemeColors& m_colors;
    QFont m_font;
};

} // namespace ps
