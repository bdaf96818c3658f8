// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/exchange/release.h"
#include "core/exchange/release_checks.h"
#include "core/exchange/release_diff_html.h"
#include "core/exchange/release_store.h"
#include "core/exchange/split_leaks.h"
#include "ui/common/error_text.h"

#include <QLocale>

#include <algorithm>

namespace ps::cli {

namespace {

constexpr std::int64_t kMostListed = 1000;

Error wrongOption(const char* option, std::string what)
{
    return Error{ErrorCode::InvalidInput, std::move(what), std::string("--") + option, 0};
}

Result<std::int64_t> numberOption(const Context& context, const char* option, std::int64_t fallback, std::int64_t least)
{
    if (!context.has(option))
        return fallback;
    const auto number = parseInteger(context.value(option));
    if (!number || *number < least)
        return wrongOption(option, "a whole number of at least " + std::to_string(least));
    return *number;
}

Result<void> readRules(const Context& context, ExportRequest& request)
{
    for (const auto& [option, rule] : {std::pair("allow", CheckRule::Allow), std::pair("warn", CheckRule::Warn),
                                       std::pair("block", CheckRule::Block)}) {
        for (const QString& names : context.values(option)) {
            for (const std::string& name : split(names.toStdString(), ','))
                request.checkRules[std::string(trimmed(name))] = rule;
        }
    }
    return checkRulesAreKnown(request);
}

Result<ExportRequest> readRequest(const Context& context)
{
    ExportRequest request;
    PS_TRY(request.format, parseExportFormat(context.value("format")));
    const ExportFormatInfo& info = exportFormatInfo(request.format);
    request.name = context.value("name");
    request.query = context.value("query");
    if (context.has("split")) {
        if (!info.hasSides)
            return wrongOption("split", std::string(info.name) + " has no sides");
        PS_TRY(request.split, parseSplitShares(context.value("split")));
    }
    PS_TRY(const std::int64_t seed, numberOption(context, "seed", 0, 0));
    request.seed = static_cast<std::uint64_t>(seed);
    if (const std::string crops = context.value("crops", info.hasBoxes ? "boxes" : "applied"); crops == "applied")
        request.crops = CropMode::Applied;
    else if (crops != "boxes" || !info.hasBoxes)
        return wrongOption("crops", crops == "boxes" ? std::string(info.name) + " has no boxes" : "applied or boxes");
    request.includesLosers = context.has("losers");
    if (request.includesLosers && !info.takesLosers)
        return wrongOption("losers", std::string(info.name) + " has no place for them");
    request.keepsMetadata = context.has("keep-metadata");
    request.isSpreadsheetSafe = context.has("spreadsheet");
    request.hardLinks = context.has("link");
    PS_TRY(request.batchSize, numberOption(context, "batch", request.batchSize, 1));
    request.allowList = context.value("allow-list");
    PS_TRY_VOID(readRules(context, request));
    return request;
}

Json countsJson(const std::map<std::string, std::int64_t>& counts)
{
    Json json{Json::Object{}};
    for (const auto& [key, count] : counts)
        json.set(key, count);
    return json;
}

Json previewJson(const ReleasePreview& preview)
{
    Json json(Json::Object{{"name", preview.name}, {"in_view", preview.inView}, {"exported", preview.exported}});
    json.set("excluded", countsJson(preview.excluded));
    json.set("left_out_images", countsJson(preview.leftOutImages));
    Json sides{Json::Object{}};
    for (std::size_t side = 0; side < kReleaseSideCount; ++side)
        sides.set(sideName(static_cast<ReleaseSide>(side)), preview.bySide.at(side));
    json.set("by_side", std::move(sides));
    json.set("by_class", countsJson(preview.byClass));
    json.set("by_action", countsJson(preview.byAction));
    Json::Array leaks;
    for (const SplitLeak& leak : preview.leaks)
        leaks.emplace_back(leakText(leak));
    json.set("leaks", std::move(leaks));
    Json::Array checks;
    for (const ReleasePreview::CheckResult& check : preview.checks) {
        Json::Array first(check.first.begin(), check.first.end());
        checks.push_back(Json::Object{{"check", check.check},
                                      {"count", check.count},
                                      {"rule", checkRuleName(check.rule)},
                                      {"first", std::move(first)}});
    }
    json.set("checks", std::move(checks));
    return json;
}

void printPreview(const Context& context, const ReleasePreview& preview)
{
    context.print(Text::tr("Release %1").arg(fromCore(preview.name)));
    context.print(Text::tr("%n in view", nullptr, static_cast<int>(preview.inView)) + QStringLiteral(", ") +
                  Text::tr("%n exported", nullptr, static_cast<int>(preview.exported)));
    for (const auto& [reason, count] : preview.excluded)
        context.print(QStringLiteral("  %1  %2").arg(count, 8).arg(fromCore(reason)));
    for (std::size_t side = 0; side < kReleaseSideCount; ++side) {
        if (preview.bySide.at(side) > 0)
            context.print(QStringLiteral("  %1: %2")
                              .arg(fromCore(sideName(static_cast<ReleaseSide>(side))))
                              .arg(preview.bySide.at(side)));
    }
    for (const ReleasePreview::CheckResult& check : preview.checks)
        context.print(QStringLiteral("  [%1] %2: %3")
                          .arg(fromCore(checkRuleName(check.rule)), fromCore(check.check))
                          .arg(check.count));
    for (const SplitLeak& leak : preview.leaks)
        context.print(Text::tr("Leak: %1").arg(fromCore(leakText(leak))));
}

ExportOptions exportOptions(Context& context)
{
    ExportOptions options;
    options.destination = context.value("to");
    options.tool = programName();
    options.onProgress = [&context](const ExportProgress& now) {
        const QString phase = now.phase == "select"  ? Text::tr("reading rows")
                              : now.phase == "hash"  ? Text::tr("looking at files")
                              : now.phase == "split" ? Text::tr("splitting")
                              : now.phase == "write" ? Text::tr("writing")
                                                     : Text::tr("reading back");
        context.progress(now.total > 0 ? QStringLiteral("%1: %2 / %3").arg(phase).arg(now.done).arg(now.total)
                                       : QStringLiteral("%1: %2").arg(phase).arg(now.done));
    };
    return options;
}

int previewOnly(Context& context, const ProjectSession& session, ImageService& images, const ExportRequest& request)
{
    const auto preview = previewRelease(session, images, request, exportOptions(context), context.stop());
    context.progress({});
    if (!preview)
        return context.fail(preview.error());
    printPreview(context, *preview);
    context.printJson(previewJson(*preview));
    return preview->isBlocked() ? Refused : Fine;
}

} // namespace

int runExport(Context& context)
{
    const bool isDry = context.has("dry-run");
    if (!context.has("format") || (!context.has("to") && !isDry))
        return context.failUsage(Text::tr("export needs --format and --to."));
    const auto request = readRequest(context);
    if (!request)
        return context.failUsage(fromCore(request.error().describe()));
    const auto access = isDry ? Context::Access::View : Context::Access::Work;
    const auto session = context.openSession(context.argument(0), access, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto images = context.imageService();
    if (!images)
        return context.fail(images.error());
    if (isDry)
        return previewOnly(context, **session, **images, *request);
    const auto receipt = exportRelease(**session, **images, *request, exportOptions(context), context.stop());
    context.progress({});
    if (!receipt) {
        const int code = context.fail(receipt.error());
        if (receipt.error().code == ErrorCode::Refused)
            context.notice(Text::tr("--dry-run shows all of it; --allow CHECKS exports in spite of what checks find."));
        return code;
    }
    printPreview(context, receipt->preview);
    context.print(Text::tr("%n file(s)", nullptr, static_cast<int>(receipt->fileCount)) + QStringLiteral(", ") +
                  QLocale().formattedDataSize(receipt->byteCount) + QStringLiteral(": ") + fromCore(receipt->path));
    for (const auto& [name, count] : receipt->written.byClass)
        context.print(QStringLiteral("  %1  %2").arg(count, 8).arg(fromCore(displayText(name))));
    Json document = previewJson(receipt->preview);
    document.set("by_class", countsJson(receipt->written.byClass)); // what was written, not what was planned
    document.set("details", countsJson(receipt->written.details));
    document.set("path", receipt->path);
    document.set("manifest_sha256", receipt->manifestSha256);
    document.set("files", receipt->fileCount);
    document.set("bytes", receipt->byteCount);
    document.set("images", receipt->written.images);
    document.set("boxes", receipt->written.boxes);
    document.set("lines", receipt->written.lines);
    context.printJson(document);
    return Fine;
}

int runVerifyExport(Context& context)
{
    const auto verdict = verifyRelease(context.argument(0), context.stop());
    if (!verdict)
        return context.fail(verdict.error());
    Json::Array problems;
    for (const ReleaseProblem& problem : verdict->problems) {
        context.print(fromCore(problem.path) + QStringLiteral(": ") + fromCore(problem.what));
        problems.push_back(Json::Object{{"path", problem.path}, {"what", problem.what}});
    }
    context.print(
        Text::tr("%1: %n file(s) read, ", nullptr, static_cast<int>(verdict->fileCount)).arg(fromCore(verdict->name)) +
        Text::tr("%n problem(s)", nullptr, static_cast<int>(verdict->problems.size())));
    context.printJson(Json::Object{{"name", verdict->name},
                                   {"format", verdict->format},
                                   {"files", verdict->fileCount},
                                   {"bytes", verdict->byteCount},
                                   {"problems", std::move(problems)}});
    return verdict->problems.empty() ? Fine : Damaged;
}

namespace {

/// The page with pictures: of the releases, or of the originals when their project is in this workspace.
Result<std::string> diffPage(Context& context, const ReleaseDiff& diff)
{
    const bool hasCrops = std::ranges::any_of(diff.changes,
                                              [](const auto& change) { return change.image.has_value(); });
    if (!hasCrops)
        return diffHtml(diff, {});
    PS_TRY(ImageService* const images, context.imageService());
    std::unique_ptr<ProjectSession> session;
    if (!diff.project.empty() && context.workspace()) {
        // Without the project the page has the pictures of the releases, and says where there is none.
        if (auto opened = context.openSession(diff.project, Context::Access::View))
            session = *std::move(opened);
    }
    PS_TRY(const auto pictures, diffPictures(diff, context.argument(0), context.argument(1), *images,
                                             session ? originalsOf(*session) : OriginalFinder(), context.stop()));
    return diffHtml(diff, pictures);
}

} // namespace

int runDiff(Context& context)
{
    const auto diff = diffReleases(context.argument(0), context.argument(1), context.stop());
    if (!diff)
        return context.fail(diff.error());
    if (context.has("out")) {
        const std::string path = context.value("out");
        const auto text = endsWith(path, ".json") ? Result<std::string>(dumpJsonIndented(diffJson(*diff)) + "\n")
                                                  : diffPage(context, *diff);
        if (!text)
            return context.fail(text.error());
        if (const auto written = writeFileDurably(path, *text, Replace::Never); !written)
            return context.fail(written.error());
    }
    std::int64_t listed = 0;
    for (const ReleaseDiff::Change& change : diff->changes) {
        if (++listed <= kMostListed)
            context.print(QStringLiteral("%1  %2  %3  %4 -> %5")
                              .arg(fromCore(change.kind), -10)
                              .arg(fromCore(change.groupId), fromCore(change.name), fromCore(change.before),
                                   fromCore(change.after)));
    }
    for (const auto& [kind, count] : diff->counts)
        context.print(QStringLiteral("%1: %2").arg(fromCore(kind)).arg(count));
    context.print(Text::tr("%n group(s) unchanged", nullptr, static_cast<int>(diff->unchanged)));
    context.printJson(diffJson(*diff));
    return diff->changes.empty() ? Fine : Findings;
}

int runReleasesList(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View);
    if (!session)
        return context.fail(session.error());
    const auto releases = listReleases(**session);
    if (!releases)
        return context.fail(releases.error());
    Json::Array list;
    for (const StoredRelease& release : *releases) {
        const std::int64_t exported = release.manifest["counts"]["exported"].toInteger();
        context.print(QStringLiteral("%1  %2  %3  %4")
                          .arg(fromCore(release.timestamp), fromCore(release.name), fromCore(release.format))
                          .arg(exported));
        list.push_back(Json::Object{{"name", release.name},
                                    {"timestamp", release.timestamp},
                                    {"annotator", release.annotator},
                                    {"format", release.format},
                                    {"exported", exported},
                                    {"manifest_sha256", release.manifestSha256},
                                    {"request", release.manifest["request"]}});
    }
    context.printJson(Json::Object{{"releases", std::move(list)}});
    return Fine;
}

} // namespace ps::cli
