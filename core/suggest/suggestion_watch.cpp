// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggestion_watch.h"

#include "core/decisions/decision_store.h"

namespace ps {

namespace {

/// Hidden, suspended and unsure ones stand between those that count.
constexpr std::int64_t kViewsRead = 4 * kRollingWindow;
/// The newest ones; their reasons and scores are in memory while they are counted.
constexpr std::int64_t kMostViewsReported = 200'000;

} // namespace

Result<Agreement> readRollingAgreement(const Connection& connection, const SuggestionSettings& settings,
                                       std::string& modelId)
{
    modelId = settings.activeModel;
    PS_TRY(std::vector<RecordedView> views, readCountedViews(connection, modelId, kViewsRead));
    if (modelId.empty() && !views.empty())
        modelId = views.front().view.modelId;
    std::erase_if(views, [&](const RecordedView& view) {
        return view.view.modelId != modelId || view.ledgerSeq <= settings.resumedSeq;
    });
    return rollingAgreement(views);
}

Result<std::optional<SuggestionSuspension>> suspendIfDue(const ProjectSession& session)
{
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const SuggestionSettings settings, readSuggestionSettings(reader));
    std::string modelId;
    PS_TRY(const Agreement rolling, readRollingAgreement(reader, settings, modelId));
    const bool isSuspended = settings.suspension && settings.suspension->modelId == modelId;
    if (isSuspended || !settings.isEnabled || !isSuspensionDue(rolling, settings.bar))
        return std::optional<SuggestionSuspension>();
    const SuggestionSuspension suspension{modelId, formatTimestamp(session.clock().now()), rolling.share(),
                                          rolling.count, settings.bar};
    PS_TRY_VOID(changeSuggestionSettings(session, [&](SuggestionSettings& now) { now.suspension = suspension; }));
    return std::optional(suspension);
}

Result<bool> isTrainingDue(const ProjectSession& session)
{
    PS_TRY(const Connection reader, session.openReader());
    PS_TRY(const SuggestionSettings settings, readSuggestionSettings(reader));
    if (settings.retrainEvery == 0)
        return false;
    PS_TRY(const std::int64_t count, countDecisionsAfter(reader, settings.trainedSeq, settings.retrainEvery));
    return count >= settings.retrainEvery;
}

namespace {

Result<std::int64_t> lastLedgerSeq(const StoreTransaction& transaction)
{
    return transaction.connection().queryInteger("SELECT coalesce(max(seq), 0) FROM ps_ledger");
}

} // namespace

Result<void> noteTraining(const ProjectSession& session)
{
    PS_TRY(DecisionStore* const store, session.store());
    return store->run([](StoreTransaction& transaction) -> Result<void> {
        PS_TRY(SuggestionSettings settings, readSuggestionSettings(transaction.connection()));
        PS_TRY(settings.trainedSeq, lastLedgerSeq(transaction));
        return storeSuggestionSettings(transaction, settings);
    });
}

Result<SuggestionSettings> changeSuggestionSettings(const ProjectSession& session,
                                                    const std::function<void(SuggestionSettings&)>& change)
{
    PS_TRY(DecisionStore* const store, session.store());
    return runForValue<SuggestionSettings>(*store, [&](StoreTransaction& transaction) -> Result<SuggestionSettings> {
        PS_TRY(SuggestionSettings settings, readSuggestionSettings(transaction.connection()));
        change(settings);
        PS_TRY_VOID(storeSuggestionSettings(transaction, settings));
        return settings;
    });
}

Result<void> resumeSuggestions(const ProjectSession& session)
{
    PS_TRY(DecisionStore* const store, session.store());
    return store->run([](StoreTransaction& transaction) -> Result<void> {
        PS_TRY(SuggestionSettings settings, readSuggestionSettings(transaction.connection()));
        settings.suspension.reset();
        PS_TRY(settings.resumedSeq, lastLedgerSeq(transaction));
        return storeSuggestionSettings(transaction, settings);
    });
}

Result<AgreementReport> readAgreement(const Connection& connection)
{
    PS_TRY(const auto views, readCountedViews(connection, {}, kMostViewsReported));
    return agreementReport(views);
}

} // namespace ps
