// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/library/group_snapshot.h"
#include "core/suggest/list_preparation.h"
#include "ui/common/error_text.h"

#include <algorithm>
#include <chrono>

namespace ps::cli {

namespace {

Json countsJson(const GroupCounts& counts)
{
    Json states{Json::Object{}};
    for (std::size_t i = 0; i < kGroupStateCount; ++i) {
        const std::string_view name = groupStateName(static_cast<GroupState>(i));
        states.set(name, states[name].toInteger() + counts.byState[i]);
    }
    return Json::object({{"groups", counts.groups},
                         {"leftovers", counts.singles},
                         {"decided", counts.decided()},
                         {"handled", counts.handled()},
                         {"finalized", counts.finalized},
                         {"states", std::move(states)}});
}

Json groupJson(const GroupDetail& group)
{
    Json::Array names;
    Json::Array paths;
    Json::Array stages;
    for (const GroupImage& image : group.images) {
        names.emplace_back(fileName(image.path));
        paths.emplace_back(image.currentPath);
        stages.emplace_back(image.stage);
    }
    return Json::object({{"key", group.entry.key},
                         {"images", Json(std::move(names))},
                         {"stages", Json(std::move(stages))},
                         {"state", groupStateName(group.entry.state)},
                         {"kind", groupKindWord(group.entry.kind)},
                         {"group_id", group.entry.groupId.empty() ? Json() : Json(group.entry.groupId)},
                         {"finalized", group.entry.isFinalized},
                         {"paths", Json(std::move(paths))},
                         {"marks", marksJson(group.marks)}});
}

/// The decision of a script can be read but not understood; then the group still says which row it is.
Result<Json> listGroups(const ProjectSession& session)
{
    Json::Array groups;
    Json::Array leftovers;
    PS_TRY(const GroupCounts counts, session.counts());
    for (std::int64_t ordinal = 0; ordinal < counts.total(); ++ordinal) {
        auto group = session.groupAt(ordinal);
        if (!group)
            return std::move(group).error();
        (group->entry.kind == GroupKind::Single ? leftovers : groups).push_back(groupJson(*group));
    }
    return Json::object({{"groups", Json(std::move(groups))}, {"leftovers", Json(std::move(leftovers))}});
}

} // namespace

int runProjectCreate(Context& context)
{
    if (!context.has("images"))
        return context.failUsage(Text::tr("project create needs --images DIR."));
    const auto workspace = context.workspace();
    if (!workspace)
        return context.fail(workspace.error());
    auto manifest = createProject(*workspace, context.argument(0), context.value("images"), systemClock().now());
    if (!manifest)
        return context.fail(manifest.error());
    if (context.has("title"))
        manifest->setTitle(context.value("title"));
    if (context.has("time-gap")) {
        const auto minutes = parseDouble(context.value("time-gap"));
        if (!minutes || *minutes < 0)
            return context.failUsage(Text::tr("--time-gap takes a number of minutes."));
        manifest->setTimeGapMinutes(*minutes);
    }
    manifest->setGroupedPerFolder(context.has("per-folder"));
    if (const auto saved = manifest->save(*workspace); !saved)
        return context.fail(saved.error());
    const std::string database = joinPath(kDatabaseFolder, context.argument(0) + ".db");
    context.print(
        Text::tr("Project %1 is ready. Its database is %2.").arg(fromCore(context.argument(0)), fromCore(database)));
    context.printJson(Json::object({{"project", context.argument(0)}, {"database", database}}));
    return Fine;
}

int runProjectList(Context& context)
{
    const auto workspace = context.workspace();
    const auto ids = workspace ? workspace->projectIds() : Result<std::vector<std::string>>(workspace.error());
    if (!ids)
        return context.fail(ids.error());
    Json::Array list;
    int code = Fine;
    for (const std::string& id : *ids) {
        const auto manifest = ProjectManifest::read(*workspace, id);
        if (!manifest) {
            code = context.fail(manifest.error());
            continue;
        }
        const auto images = manifest->imagesPath(*workspace);
        context.print(QStringLiteral("%1\t%2\t%3")
                          .arg(fromCore(id), fromCore(manifest->status()), fromCore(images.value_or(std::string()))));
        list.push_back(Json::object({{"project", id},
                                     {"title", manifest->title()},
                                     {"status", manifest->status()},
                                     {"images", images.value_or(std::string())}}));
    }
    context.printJson(Json::object({{"projects", Json(std::move(list))}}));
    return code;
}

int runScan(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View);
    if (!session)
        return context.fail(session.error());
    const auto report = (*session)->refresh(context.stop(), {});
    if (!report)
        return context.fail(report.error());
    const GroupCounts& counts = report->counts;
    context.print(Text::tr("%n image(s)", nullptr, static_cast<int>(report->imageCount)) + QStringLiteral(", ") +
                  Text::tr("%n group(s)", nullptr, static_cast<int>(counts.groups)) + QStringLiteral(", ") +
                  Text::tr("%n leftover(s)", nullptr, static_cast<int>(counts.singles)) + QStringLiteral(", ") +
                  Text::tr("%n decided", nullptr, static_cast<int>(counts.decided())));
    Json::Array skipped;
    for (const SkippedEntry& entry : report->skipped) {
        context.print(Text::tr("Left out: %1 (%2)").arg(fromCore(entry.path), fromCore(skipReasonName(entry.reason))));
        skipped.push_back(Json::object({{"path", entry.path}, {"reason", skipReasonName(entry.reason)}}));
    }
    Json document = countsJson(counts);
    document.set("images", report->imageCount);
    document.set("rows", report->rowCount);
    document.set("unmatched_rows", report->unmatchedRows);
    document.set("skipped", Json(std::move(skipped)));
    context.printJson(document);
    return Fine;
}

namespace {

constexpr std::int64_t kListPage = 500;

Json textOrNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

Json entryJson(const GroupEntry& entry)
{
    const auto yesOrNull = [](const std::optional<bool>& value) { return value ? Json(*value) : Json(); };
    Json decidedAt;
    if (entry.decidedAtUs)
        decidedAt = Json(formatTimestamp(UtcTime(std::chrono::microseconds(*entry.decidedAtUs))));
    return Json::object({{"key", textOrNull(entry.key)},
                         {"group_id", textOrNull(entry.groupId)},
                         {"kind", groupKindWord(entry.kind)},
                         {"state", groupStateWord(entry.state)},
                         {"directory", entry.directory},
                         {"cover", fileName(entry.cover.path)},
                         {"images", entry.imageCount},
                         {"missing", entry.missingCount},
                         {"finalized", entry.isFinalized},
                         {"decided_at", std::move(decidedAt)},
                         {"annotator", textOrNull(entry.annotator)},
                         {"selection_match", yesOrNull(entry.selectionMatch)},
                         {"crop_match", yesOrNull(entry.cropMatch)},
                         {"sharpness", entry.sharpness ? Json(*entry.sharpness) : Json()},
                         {"confidence", entry.confidence ? Json(*entry.confidence) : Json()},
                         {"reason", textOrNull(entry.unmatchedReason)}});
}

void printEntry(const Context& context, const GroupEntry& entry)
{
    const std::string& name = entry.key.empty() ? entry.groupId : entry.key;
    context.print(fromCore(name) + QLatin1Char('\t') + fromCore(groupStateWord(entry.state)) + QLatin1Char('\t') +
                  fromCore(entry.cover.path));
}

/// The entries of a list, from the first.
int listMatches(Context& context, const ProjectSession& session)
{
    const auto sort = parseGroupSort(context.value("sort", "project"));
    if (!sort)
        return context.failUsage(fromCore(sort.error().describe()));
    if (const auto parsed = parseGroupQuery(context.value("query")); !parsed)
        return context.failUsage(fromCore(parsed.error().message));
    const auto limit = parseInteger(context.value("limit", "9223372036854775807"));
    if (!limit || *limit < 0)
        return context.failUsage(Text::tr("--limit takes a number."));
    ListPreparation preparation;
    if (const auto prepared = preparation.prepare(session, {context.value("query"), *sort}, context.stop()); !prepared)
        return context.fail(prepared.error());
    const auto snapshot = session.selectGroups({context.value("query"), *sort}, context.stop());
    if (!snapshot)
        return context.fail(snapshot.error());
    Json::Array list;
    const std::int64_t end = std::min(snapshot->count(), *limit);
    for (std::int64_t first = 0; first < end; first += kListPage) {
        std::vector<std::int64_t> ordinals;
        for (std::int64_t position = first; position < std::min(first + kListPage, end); ++position)
            ordinals.push_back(snapshot->ordinalAt(position));
        const auto entries = session.entriesAt(ordinals);
        if (!entries)
            return context.fail(entries.error());
        for (const GroupEntry& entry : *entries) {
            printEntry(context, entry);
            if (context.wantsJson)
                list.push_back(entryJson(entry));
        }
    }
    context.printJson(Json::object({{"count", snapshot->count()}, {"groups", Json(std::move(list))}}));
    return Fine;
}

} // namespace

int runGroups(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    if (context.has("query") || context.has("sort") || context.has("limit"))
        return listMatches(context, **session);
    const auto groups = listGroups(**session);
    if (!groups)
        return context.fail(groups.error());
    context.wantsJson = true; // without a query this verb has no other form
    context.printJson(*groups);
    return Fine;
}

} // namespace ps::cli
