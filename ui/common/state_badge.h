// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QString>

namespace ps {

/// "Undecided", "Kept", "Cropped" ...
QString stateText(GroupState state);
/// The letter that stands for the state in badges.
QString stateLetter(GroupState state);

/// Paints the badge of a state: shape, letter and colour, so that none of them is needed alone. Ring = undecided, disc =
/// kept, square = cropped, open square = to be cropped, diamond = rejected, lozenge = tie, hexagon =
/// cannot judge, arrow = for later. A finalized group has a bar under its badge; one
/// that is not durable yet is drawn in outline.
void paintStateBadge(QPainter& painter, const QRectF& rect, GroupState state, bool isFinalized, bool isPending,
                     const ThemeColors& colors);

/// Paints the little flag of a group that is flagged for review.
void paintFlag(QPainter& painter, const QRectF& rect, const ThemeColors& colors);

/// Paints the little written sheet of a group that has a note.
void paintNoteMark(QPainter& painter, const QRectF& rect, const ThemeColors& colors);

} // namespace ps
