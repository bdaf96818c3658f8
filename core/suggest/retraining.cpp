// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/retraining.h"

#include "core/suggest/active_models.h"
#include "core/suggest/suggestion_watch.h"

namespace ps {

Result<TrainingNote> takeTrained(const ProjectSession& session, std::string_view modelId)
{
    PS_TRY(ModelRegistry registry, ModelRegistry::open(ModelRegistry::folderOf(session.workspace())));
    const ModelRecord* const found = registry.find(modelId);
    if (!found || !found->report)
        return Error{ErrorCode::NotFound, "the trained model is not in the registry", std::string(modelId), 0};
    const ModelRecord record = *found;
    TrainingNote note;
    note.at = formatTimestamp(session.clock().now());
    note.modelId = record.id;
    note.why = record.verdict;
    note.accuracy = record.report->model.value;
    note.holdOut = record.report->model.count;
    if (const ModelRecord* const before = registry.active(session.projectId(), SuggestionTask::Pick)) {
        note.previousId = before->id;
    }
    for (const Score& score : record.report->baselines) { // measured on the same groups, so it compares
        if (score.name == note.previousId)
            note.previousAccuracy = score.value;
    }
    if (record.isProposed) {
        PS_TRY_VOID(registry.activate(session.projectId(), record.id, false));
        PS_TRY_VOID(noteActiveModels(session, registry));
        note.isActivated = true;
    }
    PS_TRY_VOID(changeSuggestionSettings(session, [&](SuggestionSettings& settings) { settings.lastTraining = note; }));
    return note;
}

Result<TrainingNote> noteFailedTraining(const ProjectSession& session, std::string_view why)
{
    TrainingNote note;
    note.at = formatTimestamp(session.clock().now());
    note.why = why;
    PS_TRY_VOID(changeSuggestionSettings(session, [&](SuggestionSettings& settings) { settings.lastTraining = note; }));
    return note;
}

} // namespace ps
