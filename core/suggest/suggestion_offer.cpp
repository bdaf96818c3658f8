// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/suggestion_offer.h"

#include "core/library/review.h"

namespace ps {

namespace {

Suggestion suggestionOf(const SuggestionView& view)
{
    return {view.modelId, view.imageIndex.value_or(0), view.crop, view.confidence, view.reasons, view.modelSha256,
            view.scores};
}

/// What a row was decided with: the AI columns say what, the view beside it why and by which model.
Suggestion completed(Suggestion ofRow, const std::optional<RecordedView>& recorded)
{
    const bool isSame = recorded && recorded->view.wasVisible && recorded->view.imageIndex == ofRow.imageIndex;
    return isSame ? suggestionOf(recorded->view) : ofRow;
}

} // namespace

SuggestionOffer offerFor(const ProjectSession& session, const GroupDetail& group)
{
    SuggestionOffer offer;
    offer.isDecided = group.row.has_value();
    const auto reader = session.openReader();
    if (!reader)
        return offer;
    const SuggestionSettings settings = readSuggestionSettings(*reader).value_or(SuggestionSettings{});
    const std::optional<RecordedView> recorded = offer.isDecided
                                                     ? findView(*reader, group.entry.key).value_or(std::nullopt)
                                                     : std::nullopt;
    offer.boxes = findBoxes(*reader, group.entry.key).value_or({});
    offer.isEnabled = settings.isEnabled;
    offer.bar = settings.bar;
    auto ofRow = group.row ? suggestionOfRow(*group.row) : std::nullopt;
    if (ofRow) {
        offer.visible = completed(*std::move(ofRow), recorded);
        offer.view = viewOf(SuggestionArm::Shown, offer.visible);
        return offer;
    }
    if (recorded && recorded->view.arm != SuggestionArm::None) {
        offer.view = recorded->view;
        offer.view.wasVisible = false;
        return offer;
    }
    const auto suggestion = suggestionFor(session, *reader, group);
    const SuggestionArm arm = armOf(settings, session.projectId(), group.entry.key, group.images.size(), suggestion);
    offer.view = viewOf(arm, suggestion);
    if (arm == SuggestionArm::Shown)
        offer.visible = suggestion;
    if (arm == SuggestionArm::Suspended)
        offer.suspension = settings.suspension;
    return offer;
}

} // namespace ps
