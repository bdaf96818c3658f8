// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace ps {

/// An icon of resources/icons/ by its name ("finalize"), drawn in the colours of the theme at any size and scale. Icons that
/// exist follow a change of the theme by themselves.
QIcon icon(const QString& name);

/// The same in one colour, for painting by hand.
QPixmap iconPixmap(const QString& name, const QColor& color, int sizePx, qreal devicePixelRatio);

/// Called by the theme.
void setIconColors(const QColor& normal, const QColor& disabled, const QColor& selected);

} // namespace ps
