// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/library/duplicates.h"
#include "core/library/survey.h"
#include "core/library/thumbnail_export.h"
#include "ui/common/error_text.h"

namespace ps::cli {

namespace {

constexpr std::int64_t kDefaultBits = 6;
constexpr std::int64_t kMaxBits = 16;

/// A number among the options; -1 for anything else than a whole number that is not negative.
std::int64_t numberOption(const Context& context, const char* option, std::int64_t fallback)
{
    if (!context.has(option))
        return fallback;
    const auto number = parseJson(context.value(option));
    return number && number->isInteger() && number->toInteger() >= 0 ? number->toInteger() : -1;
}

Json problemJson(const Error& error)
{
    return Json::Object{
        {"path", error.context}, {"error", std::string(errorCodeName(error.code))}, {"reason", error.message}};
}

// ---- thumbnails ----------------------------------------------------------------------------------------------------

Result<ThumbnailExportReport> makeThumbnails(Context& context, ThumbnailClass size, Json::Array& problems)
{
    PS_TRY(ImageService* const images, context.imageService());
    PS_TRY(UniqueFd source, openFolder(context.argument(0)));
    PS_TRY(const UniqueFd made, makeFolders(context.value("to")));
    PS_TRY(UniqueFd target, openFolder(context.value("to")));
    ThumbnailExportOptions options;
    options.size = size;
    options.onProblem = [&](const Error& error) {
        context.progress({});
        context.fail(error);
        if (context.wantsJson)
            problems.push_back(problemJson(error));
    };
    options.onProgress = [&](std::int64_t done, std::int64_t) {
        context.progress(Text::tr("%n thumbnail(s)", nullptr, static_cast<int>(done)));
    };
    return exportThumbnails(*images, std::make_shared<const UniqueFd>(std::move(source)),
                            std::make_shared<const UniqueFd>(std::move(target)), options, context.stop());
}

// ---- duplicates ----------------------------------------------------------------------------------------------------

Result<ProjectSurveyReport> survey(Context& context, const ProjectSession& session)
{
    PS_TRY(ImageService* const images, context.imageService());
    const auto report = [&context](const ProjectSurveyProgress& now) {
        context.progress(Text::tr("%n image(s) measured", nullptr, static_cast<int>(now.surveyed)) +
                         QStringLiteral(", %1 / %2").arg(now.position).arg(now.total));
    };
    auto outcome = surveyProject(session, *images, {}, report, context.stop());
    context.progress({});
    return outcome;
}

Json clusterJson(const DuplicateCluster& cluster)
{
    Json::Array members;
    for (const DuplicateCluster::Member& member : cluster.members)
        members.push_back(Json::Object{{"group", member.groupKey},
                                       {"path", member.path},
                                       {"distance", std::int64_t{member.distance}},
                                       {"copy", member.isCopy},
                                       {"sha256", member.sha256}});
    return Json::Object{
        {"across_groups", cluster.isAcrossGroups}, {"copies", cluster.hasCopies}, {"images", std::move(members)}};
}

void printClusters(const Context& context, const DuplicateReport& report)
{
    for (const DuplicateCluster& cluster : report.clusters) {
        context.print(cluster.isAcrossGroups
                          ? Text::tr("%n images that look alike:", nullptr, static_cast<int>(cluster.members.size()))
                          : Text::tr("Copies inside one group:"));
        for (const DuplicateCluster::Member& member : cluster.members)
            context.print(QStringLiteral("  %1  %2  %3%4")
                              .arg(member.distance, 2)
                              .arg(fromCore(member.groupKey), fromCore(member.path),
                                   member.isCopy ? QStringLiteral("  ") + Text::tr("(copy)") : QString()));
    }
    context.print(Text::tr("%n image(s) compared", nullptr, static_cast<int>(report.imageCount)) +
                  QStringLiteral(", ") + Text::tr("%n cluster(s)", nullptr, static_cast<int>(report.clusters.size())));
}

} // namespace

int runThumbnails(Context& context)
{
    if (!context.has("to"))
        return context.failUsage(Text::tr("thumbnails needs --to DIR."));
    const std::int64_t side = numberOption(context, "size", sideOf(ThumbnailClass::Large));
    if (side != sideOf(ThumbnailClass::Small) && side != sideOf(ThumbnailClass::Large))
        return context.failUsage(Text::tr("--size is 256 or 512."));
    Json::Array problems;
    const auto report = makeThumbnails(
        context, side == sideOf(ThumbnailClass::Small) ? ThumbnailClass::Small : ThumbnailClass::Large, problems);
    context.progress({});
    if (!report)
        return context.fail(report.error());
    context.print(Text::tr("%n thumbnail(s) made", nullptr, static_cast<int>(report->made)) + QStringLiteral(", ") +
                  Text::tr("%n were there", nullptr, static_cast<int>(report->kept)) + QStringLiteral(", ") +
                  Text::tr("%n failed", nullptr, static_cast<int>(report->failed)));
    context.printJson(Json::Object{
        {"made", report->made}, {"kept", report->kept}, {"failed", report->failed}, {"problems", std::move(problems)}});
    return report->failed > 0 ? Findings : Fine;
}

int runDuplicates(Context& context)
{
    const std::int64_t bits = numberOption(context, "bits", kDefaultBits);
    if (bits < 0 || bits > kMaxBits)
        return context.failUsage(Text::tr("--bits is a number from 0 to %1.").arg(kMaxBits));
    const auto session = context.openSession(context.argument(0), Context::Access::View, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto surveyed = survey(context, **session);
    if (!surveyed)
        return context.fail(surveyed.error());
    Json::Array problems;
    for (const Error& problem : surveyed->problems) {
        context.fail(problem);
        problems.push_back(problemJson(problem));
    }
    const auto report = findDuplicates(**session, static_cast<int>(bits), context.stop());
    if (!report)
        return context.fail(report.error());
    printClusters(context, *report);
    Json::Array clusters;
    for (const DuplicateCluster& cluster : report->clusters)
        clusters.push_back(clusterJson(cluster));
    context.printJson(Json::Object{{"bits", bits},
                                   {"images", report->imageCount},
                                   {"surveyed", surveyed->surveyed},
                                   {"unreadable", surveyed->failed},
                                   {"within_groups", report->withinGroups},
                                   {"clusters", std::move(clusters)},
                                   {"problems", std::move(problems)}});
    return report->clusters.empty() && surveyed->failed == 0 ? Fine : Findings;
}

} // namespace ps::cli
