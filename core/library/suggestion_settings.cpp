// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/suggestion_settings.h"

#include "core/base/json.h"

namespace ps {

namespace {

constexpr std::string_view kKey = "suggestions";

void takeShare(const Json& value, double& into)
{
    if (value.isNumber() && value.toDouble() >= 0 && value.toDouble() <= 1)
        into = value.toDouble();
}

std::optional<SuggestionSuspension> suspensionFrom(const Json& value)
{
    if (!value["model"].isString() || !value["since"].isString())
        return std::nullopt;
    SuggestionSuspension suspension{value["model"].toString(), value["since"].toString(), 0, 0, 0};
    takeShare(value["agreement"], suspension.agreement);
    takeShare(value["bar"], suspension.bar);
    if (value["count"].isInteger())
        suspension.count = value["count"].toInteger();
    return suspension;
}

std::optional<TrainingNote> trainingFrom(const Json& value)
{
    if (!value["at"].isString())
        return std::nullopt;
    TrainingNote note;
    note.at = value["at"].toString();
    const auto text = [&value](std::string_view name) {
        return value[name].isString() ? value[name].toString() : std::string();
    };
    note.modelId = text("model");
    note.previousId = text("previous");
    note.why = text("why");
    takeShare(value["accuracy"], note.accuracy);
    if (value["previous_accuracy"].isNumber()) {
        note.previousAccuracy = 0;
        takeShare(value["previous_accuracy"], *note.previousAccuracy);
    }
    note.holdOut = value["hold_out"].isInteger() ? value["hold_out"].toInteger() : 0;
    note.isActivated = value["activated"].isBool() && value["activated"].toBool();
    return note;
}

Json trainingJson(const std::optional<TrainingNote>& note)
{
    if (!note)
        return {};
    return Json::object({{"at", note->at},
                         {"model", note->modelId},
                         {"previous", note->previousId},
                         {"accuracy", note->accuracy},
                         {"previous_accuracy", note->previousAccuracy ? Json(*note->previousAccuracy) : Json()},
                         {"hold_out", note->holdOut},
                         {"activated", note->isActivated},
                         {"why", note->why}});
}

SuggestionSettings settingsFrom(const Json& value)
{
    SuggestionSettings settings;
    if (value["enabled"].isBool())
        settings.isEnabled = value["enabled"].toBool();
    takeShare(value["bar"], settings.bar);
    takeShare(value["hidden_share"], settings.hiddenShare);
    if (value["seed"].isString())
        settings.seed = value["seed"].toString();
    if (value["retrain_every"].isInteger() && value["retrain_every"].toInteger() >= 0 &&
        value["retrain_every"].toInteger() <= 1'000'000)
        settings.retrainEvery = static_cast<int>(value["retrain_every"].toInteger());
    if (value["active_model"].isString())
        settings.activeModel = value["active_model"].toString();
    if (value["trained_seq"].isInteger())
        settings.trainedSeq = value["trained_seq"].toInteger();
    if (value["resumed_seq"].isInteger())
        settings.resumedSeq = value["resumed_seq"].toInteger();
    settings.lastTraining = trainingFrom(value["last_training"]);
    settings.suspension = suspensionFrom(value["suspended"]);
    return settings;
}

Json suspensionJson(const std::optional<SuggestionSuspension>& suspension)
{
    if (!suspension)
        return {};
    return Json::object({{"model", suspension->modelId},
                         {"since", suspension->since},
                         {"agreement", suspension->agreement},
                         {"count", suspension->count},
                         {"bar", suspension->bar}});
}

bool isShare(double value)
{
    return value >= 0 && value <= 1;
}

} // namespace

Result<SuggestionSettings> readSuggestionSettings(const Connection& connection)
{
    PS_TRY(const bool hasMeta, hasTable(connection, "ps_meta"));
    if (!hasMeta)
        return SuggestionSettings{};
    PS_TRY(const auto query, connection.borrow("SELECT value FROM ps_meta WHERE key=?1"));
    query->bind(kKey);
    PS_TRY(const bool isSet, query->step());
    const auto value = isSet ? parseJson(query->text(0)) : Result<Json>(Json());
    return value ? settingsFrom(*value) : SuggestionSettings{};
}

Result<void> storeSuggestionSettings(const StoreTransaction& transaction, const SuggestionSettings& settings)
{
    if (!isShare(settings.bar) || !isShare(settings.hiddenShare))
        return Error{ErrorCode::InvalidInput, "a bar and a share lie between 0 and 1", {}, 0};
    if (settings.retrainEvery < 0 || settings.retrainEvery > 1'000'000)
        return Error{ErrorCode::InvalidInput, "a training comes after 1 to 1,000,000 decisions, or 0 for never", {}, 0};
    const Json value = Json::object({{"enabled", settings.isEnabled},
                                     {"bar", settings.bar},
                                     {"hidden_share", settings.hiddenShare},
                                     {"seed", settings.seed},
                                     {"retrain_every", settings.retrainEvery},
                                     {"active_model", settings.activeModel},
                                     {"trained_seq", settings.trainedSeq},
                                     {"last_training", trainingJson(settings.lastTraining)},
                                     {"suspended", suspensionJson(settings.suspension)},
                                     {"resumed_seq", settings.resumedSeq}});
    PS_TRY(const auto upsert, transaction.connection().borrow("INSERT OR REPLACE INTO ps_meta VALUES (?1, ?2)"));
    return upsert->run(kKey, dumpJson(value));
}

Result<std::int64_t> countDecisionsAfter(const Connection& connection, std::int64_t seq, std::int64_t most)
{
    PS_TRY(const bool hasLedger, hasTable(connection, "ps_ledger"));
    if (!hasLedger)
        return std::int64_t{0};
    PS_TRY(const auto query, connection.borrow("SELECT count(*) FROM (SELECT 1 FROM ps_ledger "
                                               "WHERE seq>?1 AND kind='decide' LIMIT ?2)"));
    query->bind(seq, most);
    PS_TRY_VOID(query->step());
    return query->integer(0);
}

} // namespace ps
