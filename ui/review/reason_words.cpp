// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reason_words.h"

#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace ps {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("Reason", source);
}

/// In which part of the picture a region lies; "" for one in the middle or nearly everywhere.
QString placeWords(const FractionBox& box)
{
    constexpr double kMost = 0.7;
    const double x = (box.x1 + box.x2) / 2;
    const double y = (box.y1 + box.y2) / 2;
    if (box.x2 - box.x1 > kMost && box.y2 - box.y1 > kMost)
        return {};
    const double fromMiddleX = std::abs(x - 0.5);
    const double fromMiddleY = std::abs(y - 0.5);
    constexpr double kClearlyOff = 0.15;
    if (fromMiddleX < kClearlyOff && fromMiddleY < kClearlyOff)
        return {};
    if (fromMiddleY >= fromMiddleX)
        return y < 0.5 ? text(QT_TRANSLATE_NOOP("Reason", "at the top"))
                       : text(QT_TRANSLATE_NOOP("Reason", "at the bottom"));
    return x < 0.5 ? text(QT_TRANSLATE_NOOP("Reason", "on the left"))
                   : text(QT_TRANSLATE_NOOP("Reason", "on the right"));
}

/// Two or three digits that count.
QString figure(double value)
{
    return QLocale().toString(value, 'g', 3);
}

ReasonWords wordsOf(const Reason& reason, int imageIndex)
{
    ReasonWords words;
    words.speaksFor = reason.speaksFor;
    words.text = measureWords(reason.measure, reason.speaksFor);
    const bool isFault = reason.measure == QualityMeasure::Banding || reason.measure == QualityMeasure::Blockiness;
    const QString place = reason.region && isFault ? placeWords(*reason.region) : QString();
    if (!place.isEmpty())
        words.text += QStringLiteral(", ") + place;
    words.figures = text(QT_TRANSLATE_NOOP("Reason", "%1 against %2 of picture %3"))
                        .arg(figure(reason.pickedValue), figure(reason.otherValue))
                        .arg(reason.otherIndex + 1);
    words.region = reason.region;
    // The worst spot is that of the worse picture.
    words.imageIndex = isFault && reason.speaksFor ? reason.otherIndex : imageIndex;
    return words;
}

} // namespace

QString measureWords(QualityMeasure measure, bool isBetter)
{
    const auto either = [isBetter](const char* better, const char* worse) { return text(isBetter ? better : worse); };
    switch (measure) {
    case QualityMeasure::SubjectSharpness:
        return either(QT_TRANSLATE_NOOP("Reason", "sharper subject"), QT_TRANSLATE_NOOP("Reason", "softer subject"));
    case QualityMeasure::Sharpness:
        return either(QT_TRANSLATE_NOOP("Reason", "sharper"), QT_TRANSLATE_NOOP("Reason", "softer"));
    case QualityMeasure::Noise:
        return either(QT_TRANSLATE_NOOP("Reason", "less noise"), QT_TRANSLATE_NOOP("Reason", "more noise"));
    case QualityMeasure::Banding:
        return either(QT_TRANSLATE_NOOP("Reason", "less banding"), QT_TRANSLATE_NOOP("Reason", "more banding"));
    case QualityMeasure::Blockiness:
        return either(QT_TRANSLATE_NOOP("Reason", "fewer compression blocks"),
                      QT_TRANSLATE_NOOP("Reason", "more compression blocks"));
    case QualityMeasure::Clipping:
        return either(QT_TRANSLATE_NOOP("Reason", "less clipping"), QT_TRANSLATE_NOOP("Reason", "more clipping"));
    case QualityMeasure::ExposureOffset:
        return either(QT_TRANSLATE_NOOP("Reason", "better exposed"), QT_TRANSLATE_NOOP("Reason", "worse exposed"));
    case QualityMeasure::Contrast:
        return either(QT_TRANSLATE_NOOP("Reason", "more contrast"), QT_TRANSLATE_NOOP("Reason", "less contrast"));
    case QualityMeasure::Colourfulness:
        return either(QT_TRANSLATE_NOOP("Reason", "richer colours"), QT_TRANSLATE_NOOP("Reason", "paler colours"));
    case QualityMeasure::Upscaling:
        return either(QT_TRANSLATE_NOOP("Reason", "more true detail"), QT_TRANSLATE_NOOP("Reason", "looks upscaled"));
    case QualityMeasure::Resolution:
        return either(QT_TRANSLATE_NOOP("Reason", "more pixels"), QT_TRANSLATE_NOOP("Reason", "fewer pixels"));
    }
    return {};
}

QList<ReasonWords> reasonWords(const std::vector<std::string>& stored, int imageIndex)
{
    QList<ReasonWords> words;
    for (const std::string& line : stored) {
        if (const auto reason = reasonFromText(line); reason) {
            words.append(wordsOf(*reason, imageIndex));
        } else {
            ReasonWords asItIs;
            asItIs.text = fromCore(line);
            asItIs.imageIndex = imageIndex;
            words.append(asItIs);
        }
    }
    return words;
}

} // namespace ps
