// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/text.h"
#include "core/suggest/embedding_map.h"
#include "core/suggest/similar_images.h"
#include "ui/common/error_text.h"

namespace ps::cli {

namespace {

constexpr std::int64_t kDefaultCount = 10;
constexpr std::int64_t kMostCount = 10'000;
constexpr std::size_t kMostMapped = 200'000;
constexpr int kCheckedNeighbours = 15;

SimilarOptions optionsOf(const Context& context)
{
    SimilarOptions options;
    options.modelId = context.value("model");
    return options;
}

Result<SimilarImages> openImages(Context& context, const ProjectSession& session)
{
    auto images = SimilarImages::open(
        session, optionsOf(context),
        [&](double done) { context.progress(Text::tr("%1 % of the embeddings").arg(static_cast<int>(100 * done))); },
        context.stop());
    context.progress({});
    return images;
}

} // namespace

int runSimilar(Context& context)
{
    if (!context.has("project"))
        return context.failUsage(Text::tr("similar needs --project ID."));
    const auto count = parseInteger(context.value("count", std::to_string(kDefaultCount)));
    if (!count || *count < 1 || *count > kMostCount)
        return context.failUsage(Text::tr("--count is a number from 1 to %1.").arg(kMostCount));
    const auto session = context.openSession(context.value("project"), Context::Access::View, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto images = openImages(context, **session);
    if (!images)
        return context.fail(images.error());
    std::string wanted = context.argument(0);
    if (const auto group = (*session)->findGroup(wanted); group)
        wanted = group->entry.key; // a group id names it, too
    const auto found = images->find(wanted, static_cast<std::size_t>(*count));
    if (!found)
        return context.fail(found.error());
    Json::Array list;
    for (const SimilarImage& image : *found) {
        context.print(QStringLiteral("%1  %2  %3")
                          .arg(image.cosine, 0, 'f', 4)
                          .arg(fromCore(image.groupKey), fromCore(image.path)));
        list.push_back(Json::Object{{"group", image.groupKey}, {"path", image.path}, {"cosine", image.cosine}});
    }
    context.printJson(Json::Object{{"image", context.argument(0)},
                                   {"model", images->modelId()},
                                   {"compared", static_cast<std::int64_t>(images->size())},
                                   {"similar", std::move(list)}});
    return Fine;
}

int runMap(Context& context)
{
    if (!context.has("project") || !context.has("out"))
        return context.failUsage(Text::tr("map needs --project ID and --out FILE."));
    const auto session = context.openSession(context.value("project"), Context::Access::View, Context::Index::Fresh);
    if (!session)
        return context.fail(session.error());
    const auto images = openImages(context, **session);
    if (!images)
        return context.fail(images.error());
    std::vector<SimilarImages::Place> places = images->covers();
    if (places.size() > kMostMapped)
        return context.fail(Error{ErrorCode::TooLarge,
                                  "a map of " + std::to_string(places.size()) + " groups; at most " +
                                      std::to_string(kMostMapped) + " are laid out",
                                  context.value("project"), 0});
    std::vector<std::vector<float>> embeddings;
    for (SimilarImages::Place& place : places)
        embeddings.push_back(std::move(place.vector));
    const auto points = layOut(
        embeddings, {},
        [&](double done) { context.progress(Text::tr("%1 % of the map").arg(static_cast<int>(100 * done))); },
        context.stop());
    context.progress({});
    if (!points)
        return context.fail(points.error());
    Json::Array list;
    for (std::size_t i = 0; i < places.size(); ++i)
        list.push_back(Json::Object{{"group", places[i].groupKey},
                                    {"path", places[i].path},
                                    {"x", static_cast<double>((*points)[i].x)},
                                    {"y", static_cast<double>((*points)[i].y)}});
    Json document = Json::Object{{"schema", "proofsheet/map/1"},
                                 {"project", context.value("project")},
                                 {"model", images->modelId()},
                                 {"points", std::move(list)}};
    const auto replace = context.has("force") ? Replace::Atomic : Replace::Never;
    if (const auto written = writeFileDurably(context.value("out"), dumpJson(document) + "\n", replace); !written)
        return context.fail(written.error());
    const auto kept = neighbourPreservation(embeddings, *points, kCheckedNeighbours);
    context.print(Text::tr("%n group(s) on the map", nullptr, static_cast<int>(places.size())));
    context.printJson(Json::Object{{"out", context.value("out")},
                                   {"model", images->modelId()},
                                   {"points", static_cast<std::int64_t>(places.size())},
                                   {"neighbours_kept", kept ? Json(*kept) : Json()}});
    return Fine;
}

} // namespace ps::cli
