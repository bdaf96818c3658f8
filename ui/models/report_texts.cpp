// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a training report says in words.
#include "ui/common/error_text.h"
#include "ui/models/report_charts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Charts)
};

struct Name {
    std::string_view name; ///< in the file format
    const char* text;
};

constexpr std::array kNames{
    Name{"model", QT_TRANSLATE_NOOP("Charts", "this model")},
    Name{"highest stage", QT_TRANSLATE_NOOP("Charts", "highest stage")},
    Name{"first", QT_TRANSLATE_NOOP("Charts", "first image")},
    Name{"random", QT_TRANSLATE_NOOP("Charts", "random image")},
    Name{"full frame", QT_TRANSLATE_NOOP("Charts", "whole picture")},
    Name{"centre crop", QT_TRANSLATE_NOOP("Charts", "crop about the centre")},
    Name{"mean crop", QT_TRANSLATE_NOOP("Charts", "mean crop")},
};

/// Why rows were left out of a training.
constexpr std::array kReasons{
    Name{"unreadable row", QT_TRANSLATE_NOOP("Charts", "unreadable row")},
    Name{"no decision", QT_TRANSLATE_NOOP("Charts", "no decision")},
    Name{"rejected", QT_TRANSLATE_NOOP("Charts", "rejected")},
    Name{"single image", QT_TRANSLATE_NOOP("Charts", "single image")},
    Name{"no embedding of the pick", QT_TRANSLATE_NOOP("Charts", "no embedding of the pick")},
    Name{"fewer than two embeddings", QT_TRANSLATE_NOOP("Charts", "fewer than two embeddings")},
    Name{"group that another database has too", QT_TRANSLATE_NOOP("Charts", "group that another database has too")},
    Name{"approved whole", QT_TRANSLATE_NOOP("Charts", "approved whole")},
    Name{"not cropped yet", QT_TRANSLATE_NOOP("Charts", "not cropped yet")},
    Name{"whole frame as crop", QT_TRANSLATE_NOOP("Charts", "whole frame as crop")},
    Name{"invalid crop", QT_TRANSLATE_NOOP("Charts", "invalid crop")},
};

/// The words of a name of the file format; the name itself when a newer program wrote it.
template <std::size_t Count>
QString wordsOf(const std::array<Name, Count>& names, const std::string& name)
{
    const auto found = std::ranges::find(names, name, &Name::name);
    return found == names.end() ? fromCore(name) : Words::tr(found->text);
}

} // namespace

QString excludedText(const TrainingReport& report)
{
    QStringList parts;
    for (const auto& [reason, count] : report.excluded) {
        if (count > 0)
            parts.append(
                Words::tr("%1 × %2").arg(QLocale().toString(static_cast<qlonglong>(count)), wordsOf(kReasons, reason)));
    }
    return parts.join(QStringLiteral(", "));
}

QString baselineName(const std::string& name)
{
    return wordsOf(kNames, name);
}

bool needsNoModel(const Score& baseline)
{
    return baseline.name != kNames.front().name &&
           std::ranges::find(kNames, baseline.name, &Name::name) != kNames.end();
}

QString scoreText(const Score& score, TrainingReport::Kind kind)
{
    const QString count = kind == TrainingReport::Kind::Ranker
                              ? Words::tr("%Ln group(s)", nullptr, static_cast<int>(score.count))
                              : Words::tr("%Ln image(s)", nullptr, static_cast<int>(score.count));
    return Words::tr("%1 (%2 to %3, %4)")
        .arg(percentText(score.value, 1), percentText(score.interval[0]), percentText(score.interval[1]), count);
}

QString verdictText(const TrainingReport& report)
{
    if (report.isProposed)
        return Words::tr("It is better than everything that needs no model, so it is proposed.");
    if (report.isHighestStageOnly)
        return Words::tr("It learned nothing but to choose the highest stage, which needs no model.");
    const auto best = std::ranges::max_element(report.baselines, {}, &Score::value);
    if (best != report.baselines.end() && report.model.value <= best->value)
        return Words::tr("With %1 it is not better than \"%2\" with %3.")
            .arg(percentText(report.model.value, 1), baselineName(best->name), percentText(best->value, 1));
    return report.verdict.empty() ? Words::tr("It did not pass the test on the hold-out.") : fromCore(report.verdict);
}

std::array<double, 2> wilsonInterval(std::int64_t correct, std::int64_t count)
{
    constexpr double z = 1.959963984540054;
    if (count <= 0)
        return {0, 1};
    const double n = static_cast<double>(count);
    const double share = static_cast<double>(correct) / n;
    const double scale = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

} // namespace ps
