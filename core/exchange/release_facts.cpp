// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_facts.h"

#include "core/base/json_stream.h"
#include "core/exchange/dataset_scope.h"
#include "core/exchange/release.h"
#include "core/exchange/text_lines.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMaxManifestBytes = std::size_t{256} << 20; ///< it lists every file
constexpr std::string_view kSchemaPrefix = "proofsheet release ";
constexpr const char* kItemsName = "release_items.jsonl";

} // namespace

bool isReleaseManifest(const Json& manifest)
{
    return manifest.isObject() && manifest["schema"].toString().starts_with(kSchemaPrefix);
}

Result<std::unique_ptr<ReleaseFacts>> ReleaseFacts::read(DatasetScope& scope)
{
    PS_TRY(const bool isThere, scope.hasFile(kManifestName));
    if (!isThere)
        return std::unique_ptr<ReleaseFacts>();
    PS_TRY(const std::string text, scope.readText(kManifestName, kMaxManifestBytes));
    JsonLimits limits;
    limits.maxItemBytes = kMaxManifestBytes;
    auto manifest = parseForeignJson(text, limits);
    if (!manifest || !isReleaseManifest(*manifest)) {
        PS_TRY_VOID(
            scope.quarantine(kManifestName, 1, text, manifest ? "no manifest of a release" : manifest.error().message));
        return std::unique_ptr<ReleaseFacts>();
    }
    auto facts = std::make_unique<ReleaseFacts>();
    facts->m_manifest = *std::move(manifest);
    facts->m_manifest.remove("files"); // long, and of no use here
    facts->m_areCropsApplied = facts->m_manifest["request"]["crops"].toString() == "applied";
    const auto format = parseExportFormat(facts->format());
    if (format && !exportFormatInfo(*format).hasImages)
        return facts; // its rows say everything themselves
    const std::string named = facts->m_manifest["items_file"].toString();
    PS_TRY_VOID(facts->readItems(scope, isContainedPath(named) ? named : kItemsName));
    return facts;
}

Result<void> ReleaseFacts::readItems(DatasetScope& scope, const std::string& path)
{
    PS_TRY_VOID(
        scope.scratch().execute("CREATE TABLE release_items(name TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID"));
    PS_TRY(const bool isThere, scope.hasFile(path));
    if (!isThere)
        return scope.quarantine(kManifestName, 1, {}, "the list of items is missing: " + path);
    PS_TRY(const UniqueFd file, scope.openFile(path));
    TextLines lines(file.get());
    for (;;) {
        PS_TRY_VOID(scope.checkStop());
        PS_TRY(const bool isMore, lines.next());
        if (!isMore)
            break;
        auto item = lines.isTooLong() ? Error{ErrorCode::TooLarge, "the line is too long", {}, 0}
                                      : parseForeignJson(lines.text());
        if (!item || !item->isObject() || !(*item)["name"].isString()) {
            PS_TRY_VOID(scope.quarantine(path, lines.number(), lines.text(),
                                         item ? "no item of a release" : item.error().message));
            continue;
        }
        PS_TRY(auto insert, scope.scratch().borrow("INSERT OR REPLACE INTO release_items VALUES(?1, ?2)"));
        PS_TRY_VOID(insert->run((*item)["name"].toString(), lines.text()));
    }
    scope.addProgress(lines.doneBytes());
    return {};
}

void ReleaseFacts::setCrop(ImportedImage& image, const Json& item) const
{
    const auto crop = cropFromJson(item["crop"]);
    if (!crop)
        return;
    if (m_areCropsApplied) { // the file is the cut: a box in it would be wrong
        image.attributes.set("applied_crop", item["crop"]);
        return;
    }
    const auto box = std::ranges::find(image.boxes, kCropClass, &ImportedBox::className);
    if (box != image.boxes.end())
        box->box = *crop; // formats round; the list of items does not
    else
        image.boxes.push_back({std::string(kCropClass), *crop, std::nullopt});
}

Result<void> ReleaseFacts::complete(DatasetScope& scope, ImportedImage& image) const
{
    Json item;
    {
        PS_TRY(auto find, scope.scratch().borrow("SELECT item FROM release_items WHERE name = ?1"));
        find->bind(image.name);
        PS_TRY(bool isThere, find->step());
        if (!isThere) {
            find->bind(image.path);
            PS_TRY(isThere, find->step());
        }
        if (!isThere)
            return {};
        PS_TRY(item, parseForeignJson(find->text(0)));
    }
    const auto action = parseAction(item["action"].toString());
    // The action is that of the group; another image than the chosen one has only lost.
    const bool isLoser = item["slot"].isInteger() && item["slot"] != item["selected_index"] && action != Action::Reject;
    if (isLoser)
        image.attributes.set("role", "loser");
    else
        image.action = action;
    image.side = parseSide(item["side"].toString()); // a release without a split has its images in train/ all the same
    image.groupId = item["group_id"].toString();
    if (const std::string& source = item["source_name"].toString(); !source.empty())
        image.name = std::string(fileName(source));
    for (const char* key : {"group_key", "sha256", "selected_index", "slot"}) {
        if (item.contains(key))
            image.attributes.set(key, item[key]);
    }
    setCrop(image, item);
    return {};
}

} // namespace ps
