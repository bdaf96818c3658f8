// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/suggestion_text.h"

#include "ui/common/error_text.h"
#include "ui/review/reason_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <utility>

namespace ps {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(SuggestionText)
};

QString percent(double share)
{
    return Text::tr("%1 %").arg(QLocale().toString(share * 100, 'f', 0));
}

QString breakable(QString text)
{
    for (const char separator : {'+', '_', '-'})
        text.replace(QLatin1Char(separator), QLatin1Char(separator) + QStringLiteral("\u200b"));
    return text;
}

QList<SuggestionLine> linesOf(const Suggestion& suggestion)
{
    QList<SuggestionLine> lines;
    const auto add = [&lines](QString name, QString value) { lines.append({std::move(name), std::move(value), {}}); };
    add(Text::tr("Picture"), QStringLiteral("◇ ") + QString::number(suggestion.imageIndex + 1));
    if (suggestion.confidence)
        add(Text::tr("Confidence"), percent(*suggestion.confidence));
    if (suggestion.crop)
        add(Text::tr("Crop"), Text::tr("proposed, shown"));
    QString name = Text::tr("Because");
    for (const ReasonWords& words : reasonWords(suggestion.reasons, suggestion.imageIndex)) {
        lines.append({std::exchange(name, QString()), words.line(), words.figures,
                      words.speaksFor ? SuggestionLine::Kind::For : SuggestionLine::Kind::Against});
    }
    if (!suggestion.modelId.empty())
        add(Text::tr("Model"), breakable(fromCore(suggestion.modelId)));
    return lines;
}

/// After the decision everything may be told.
QList<SuggestionLine> heldBackLines(const SuggestionView& view)
{
    QString why;
    switch (view.arm) {
    case SuggestionArm::Hidden: why = Text::tr("held back, to measure whether suggestions lead people"); break;
    case SuggestionArm::BelowBar: why = Text::tr("held back, below your bar"); break;
    case SuggestionArm::Suspended: why = Text::tr("held back, the model was suspended"); break;
    case SuggestionArm::Shown: why = Text::tr("not on the screen when you decided"); break;
    case SuggestionArm::None: return {};
    }
    QList<SuggestionLine> lines{{Text::tr("Was"), why, {}}};
    if (view.imageIndex)
        lines.append({Text::tr("Picture"), QString::number(*view.imageIndex + 1), {}});
    if (view.confidence)
        lines.append({Text::tr("Confidence"), percent(*view.confidence), {}});
    return lines;
}

QString suspensionText(const SuggestionSuspension& suspension)
{
    const QDateTime since = QDateTime::fromString(fromCore(suspension.since), Qt::ISODateWithMs);
    return Text::tr("suspended since %1: of the last %n shown, people agreed with %2, less than your bar of %3",
                    nullptr, static_cast<int>(suspension.count))
        .arg(QLocale().toString(since.toLocalTime(), QLocale::ShortFormat), percent(suspension.agreement),
             percent(suspension.bar));
}

QString whyThereIsNone(const SuggestionStatus& status)
{
    switch (status.state) {
    case SuggestionStatus::State::NoModel: return Text::tr("no model yet: train one in Models");
    case SuggestionStatus::State::Computing: return Text::tr("being computed");
    case SuggestionStatus::State::Waiting: return Text::tr("waits until you pause");
    case SuggestionStatus::State::Failed: return status.why;
    case SuggestionStatus::State::Off:
    case SuggestionStatus::State::Ready: break;
    }
    return {};
}

} // namespace

QList<SuggestionLine> suggestionLines(const SuggestionOffer& offer, bool isSwitchedOff, const SuggestionStatus& status)
{
    if (offer.visible)
        return isSwitchedOff ? QList<SuggestionLine>() : linesOf(*offer.visible);
    if (offer.isDecided)
        return heldBackLines(offer.view);
    QString none;
    switch (offer.view.arm) {
    case SuggestionArm::BelowBar: none = Text::tr("below your bar of %1").arg(percent(offer.bar)); break;
    case SuggestionArm::Suspended:
        none = offer.suspension ? suspensionText(*offer.suspension) : Text::tr("suspended");
        break;
    case SuggestionArm::None: none = offer.isEnabled ? whyThereIsNone(status) : QString(); break;
    case SuggestionArm::Hidden: // nothing at all, whatever the state
    case SuggestionArm::Shown: break;
    }
    return none.isEmpty() ? QList<SuggestionLine>() : QList<SuggestionLine>{{Text::tr("None"), none, {}}};
}

} // namespace ps
