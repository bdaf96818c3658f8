// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/detection_run.h"

#include "core/library/detected_boxes.h"

namespace ps {

namespace {

constexpr std::int64_t kPage = 512;

} // namespace

Result<std::vector<DetectionItem>> detectionItemsOf(const ProjectSession& session, std::stop_token stop)
{
    std::vector<DetectionItem> items;
    PS_TRY(const GroupCounts counts, session.counts());
    for (std::int64_t first = 0; first < counts.total(); first += kPage) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
        PS_TRY(const std::vector<GroupEntry> entries, session.page(first, kPage));
        PS_TRY(const std::vector<std::vector<GroupImage>> groups, session.imagesOf(entries));
        for (std::size_t g = 0; g < groups.size(); ++g) {
            for (std::size_t i = 0; i < groups[g].size(); ++i) {
                const GroupImage& image = groups[g][i];
                if (image.isMissing)
                    continue;
                PS_TRY(const Place place, session.folders().locate(image.currentPath));
                items.push_back({image.path, entries[g].key, static_cast<int>(i), ImageSource(place.root, place.path)});
            }
        }
    }
    return items;
}

std::string className(const ModelSpec& spec, int classIndex)
{
    const auto index = static_cast<std::size_t>(classIndex);
    return index < spec.classNames.size() ? spec.classNames[index] : std::to_string(classIndex);
}

Result<void> storeDetections(const ProjectSession& session, const ModelSpec& spec, const std::string& source,
                             std::span<const DetectionItem> items,
                             std::span<const Result<std::vector<Detection>>> answers)
{
    PS_TRY(DecisionStore* const store, session.store());
    return store->run([&](StoreTransaction& transaction) -> Result<void> {
        for (std::size_t i = 0; i < items.size() && i < answers.size(); ++i) {
            if (!answers[i])
                continue; // what was found before stays
            std::vector<DetectedBox> boxes;
            for (const Detection& found : *answers[i]) {
                const FractionBox& box = found.box;
                boxes.push_back({items[i].imageIndex,
                                 className(spec, found.classIndex),
                                 {box.x1, box.y1, box.x2, box.y2},
                                 found.confidence,
                                 spec.id(),
                                 source});
            }
            PS_TRY_VOID(storeBoxes(transaction, items[i].groupKey, items[i].imageIndex, spec.id(), boxes));
        }
        return {};
    });
}

} // namespace ps
