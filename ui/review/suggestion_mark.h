// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/review/reason_words.h"

#include <QFont>
#include <QPainter>
#include <QRectF>

namespace ps {

/// The quiet mark on the suggested picture: a diamond with the confidence and the strongest reason; all reasons while they
/// are asked for.
struct SuggestionMark {
    QString head; ///< "82 %"; "" when there is no confidence
    QList<ReasonWords> reasons;
    bool isExpanded = false;
};

/// Paints it at the lower left of what can be seen of the picture. Returns its place, for the pointer.
QRect paintSuggestionMark(QPainter& painter, const QRect& seen, const SuggestionMark& mark, const ThemeColors& colors,
                          const QFont& font);

/// Outlines where a reason is seen, with its words at the edge.
void paintReasonRegion(QPainter& painter, const QRectF& picture, const ReasonWords& reason, const ThemeColors& colors,
                       const QFont& font);

} // namespace ps
