// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How suggestions are shown in a project, and what that does to people.
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/suggest/suggestion_watch.h"
#include "ui/common/error_text.h"

#include <QLocale>

namespace ps::cli {

namespace {

QString percent(double share)
{
    return QLocale::c().toString(share * 100, 'f', 1) + QStringLiteral(" %");
}

QString countText(const Agreement& agreement)
{
    if (agreement.count == 0)
        return Text::tr("none");
    const auto interval = agreement.interval();
    return Text::tr("%1 of %2 agreed, %3 (%4 to %5)")
        .arg(agreement.agreed)
        .arg(agreement.count)
        .arg(percent(agreement.share()), percent(interval[0]), percent(interval[1]));
}

void printModel(const Context& context, const QString& title, const ModelAgreement& model)
{
    context.print(title);
    context.print(QStringLiteral("  ") + Text::tr("shown: %1").arg(countText(model.shown)));
    context.print(QStringLiteral("  ") + Text::tr("hidden: %1").arg(countText(model.hidden)));
    context.print(QStringLiteral("  ") + Text::tr("below the bar: %1").arg(countText(model.belowBar)));
    context.print(QStringLiteral("  ") + Text::tr("suspended: %1").arg(countText(model.suspended)));
    if (model.shown.count == 0 || model.hidden.count == 0)
        return;
    const auto interval = model.differenceInterval();
    context.print(QStringLiteral("  ") +
                  Text::tr("difference: %1 (%2 to %3)")
                      .arg(percent(model.difference()), percent(interval[0]), percent(interval[1])));
    if (model.leads())
        context.print(QStringLiteral("  ") + Text::tr("People agree more often because they see it."));
}

Json settingsJson(const SuggestionSettings& settings)
{
    Json suspended;
    if (settings.suspension) {
        suspended = Json::object({{"model_id", settings.suspension->modelId},
                                  {"since", settings.suspension->since},
                                  {"agreement", settings.suspension->agreement},
                                  {"count", settings.suspension->count},
                                  {"bar", settings.suspension->bar}});
    }
    return Json::object({{"enabled", settings.isEnabled},
                         {"bar", settings.bar},
                         {"hidden_share", settings.hiddenShare},
                         {"retrain_every", settings.retrainEvery},
                         {"active_model", settings.activeModel},
                         {"suspended", std::move(suspended)}});
}

/// What the options say. Nothing, with a message, when one of them makes no sense.
std::optional<SuggestionSettings> changed(const Context& context, SuggestionSettings settings)
{
    const auto share = [&](const char* option, double& into) {
        if (!context.has(option))
            return true;
        const auto value = parseDouble(context.value(option));
        if (!value || !(*value >= 0 && *value <= 1))
            return false;
        into = *value;
        return true;
    };
    bool isSound = share("bar", settings.bar) && share("hidden-share", settings.hiddenShare);
    if (context.has("retrain-every")) {
        const auto value = parseInteger(context.value("retrain-every"));
        isSound = isSound && value && *value >= 0 && *value <= 1'000'000;
        settings.retrainEvery = isSound ? static_cast<int>(*value) : 0;
    }
    if (context.has("on") && context.has("off"))
        isSound = false;
    if (context.has("on") || context.has("off"))
        settings.isEnabled = context.has("on");
    return isSound ? std::optional(settings) : std::nullopt;
}

} // namespace

int runSuggestionsReport(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View);
    if (!session)
        return context.fail(session.error());
    const auto reader = (*session)->openReader();
    const auto report = reader ? readAgreement(*reader) : Result<AgreementReport>(reader.error());
    if (!report)
        return context.fail(report.error());
    const auto settings = readSuggestionSettings(*reader);
    if (!settings)
        return context.fail(settings.error());
    std::string modelId;
    const auto rolling = readRollingAgreement(*reader, *settings, modelId);
    if (!rolling)
        return context.fail(rolling.error());
    for (const ModelAgreement& model : report->models)
        printModel(context, model.modelId.empty() ? Text::tr("Without a model id") : fromCore(model.modelId), model);
    printModel(context, Text::tr("All models"), report->all);
    context.print(Text::tr("Latest shown: %1").arg(countText(*rolling)));
    if (settings->suspension)
        context.print(Text::tr("%1 is suspended since %2.")
                          .arg(fromCore(settings->suspension->modelId), fromCore(settings->suspension->since)));
    Json document = agreementJson(*report);
    document.set("rolling",
                 Json::object({{"model_id", modelId}, {"count", rolling->count}, {"agreed", rolling->agreed}}));
    document.set("settings", settingsJson(*settings));
    context.printJson(document);
    return report->all.leads() || settings->suspension ? Findings : Fine;
}

int runSuggestionsSet(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::Work);
    if (!session)
        return context.fail(session.error());
    const auto reader = (*session)->openReader();
    const auto now = reader ? readSuggestionSettings(*reader) : Result<SuggestionSettings>(reader.error());
    if (!now)
        return context.fail(now.error());
    const auto wanted = changed(context, *now);
    if (!wanted)
        return context.failUsage(Text::tr("--bar and --hidden-share are between 0 and 1, --retrain-every is a whole "
                                          "number from 0, and of --on and --off there is one."));
    if (context.has("resume") && !context.has("dry-run")) {
        if (const auto resumed = resumeSuggestions(**session); !resumed)
            return context.fail(resumed.error());
    }
    Result<SuggestionSettings> stored = *wanted;
    if (!context.has("dry-run")) {
        stored = changeSuggestionSettings(**session, [&](SuggestionSettings& settings) {
            settings.isEnabled = wanted->isEnabled;
            settings.bar = wanted->bar;
            settings.hiddenShare = wanted->hiddenShare;
            settings.retrainEvery = wanted->retrainEvery;
        });
    }
    if (!stored)
        return context.fail(stored.error());
    context.print(Text::tr("Suggestions are %1: bar %2, hidden share %3, trained anew after %4 decisions.")
                      .arg(stored->isEnabled ? Text::tr("on") : Text::tr("off"), percent(stored->bar),
                           percent(stored->hiddenShare))
                      .arg(stored->retrainEvery));
    context.printJson(settingsJson(*stored));
    return Fine;
}

} // namespace ps::cli
