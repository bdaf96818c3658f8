// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"
#include "core/suggest/suggester.h"

#include <QList>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace ps {

/// One reason of a suggestion in people's words.
struct ReasonWords {
    bool speaksFor = true;
    QString text;    ///< "sharper subject", "more banding, at the top"
    QString figures; ///< "12.3 against 8.1 of picture 2"; "" when nothing was measured
    /// Where it is seen, and on which picture.
    std::optional<FractionBox> region;
    int imageIndex = 0;

    /// "+ sharper subject": the sign says the same as the colour.
    QString line() const { return (speaksFor ? QStringLiteral("+ ") : QStringLiteral("− ")) + text; }
};

/// The reasons as they are stored with a suggestion for this image. Text that is no stored measure is shown as it is, as
/// speaking for it.
QList<ReasonWords> reasonWords(const std::vector<std::string>& stored, int imageIndex);

/// Names of a measure for the better and for the worse image.
QString measureWords(QualityMeasure measure, bool isBetter);

} // namespace ps
