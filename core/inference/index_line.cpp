// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/index_line.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kShaDigits = 64;

/// The double with the shortest digits that stand for this float.
Json shortest(float value)
{
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return Json(parseDouble(std::string_view(text.data(), static_cast<std::size_t>(end - text.data()))).value_or(0));
}

Json boxJson(const std::optional<FractionBox>& box)
{
    if (!box)
        return {};
    return Json::array({box->x1, box->y1, box->x2, box->y2});
}

std::optional<FractionBox> boxOf(const Json& json)
{
    if (!json.isArray() || json.items().size() != 4)
        return std::nullopt;
    const auto at = [&](std::size_t i) { return json.items()[i].toDouble(); };
    const FractionBox box{at(0), at(1), at(2), at(3)};
    return box.isValid() ? std::optional(box) : std::nullopt;
}

bool isFileName(const std::string& name)
{
    return isContainedPath(name) && name.find('/') == std::string::npos;
}

} // namespace

std::string formatIndexLine(const IndexLine& line)
{
    const EmbeddingCache::Entry& entry = line.entry;
    Json::Array measures;
    for (const float value : entry.measures.values)
        measures.push_back(shortest(value));
    const Json object = Json::object({{"image_path", entry.imagePath},
                                      {"embedding_file", entry.embeddingFile},
                                      {"sha256", entry.sha256},
                                      {"model", entry.modelId},
                                      {"preprocessing", entry.preprocessingId},
                                      {"size_bytes", entry.identity.sizeBytes},
                                      {"modified_ns", entry.identity.modifiedNs},
                                      {"width", entry.size.width},
                                      {"height", entry.size.height},
                                      {"measures", std::move(measures)},
                                      {"subject", boxJson(entry.measures.subject)},
                                      {"worst", boxJson(entry.measures.worst)},
                                      {"embedded_at", line.embeddedAt}});
    return dumpJson(object) + '\n';
}

std::optional<IndexLine> parseIndexLine(std::string_view text)
{
    const auto object = parseJson(text);
    if (!object || !object->isObject())
        return std::nullopt;
    const Json& json = *object;
    IndexLine line;
    EmbeddingCache::Entry& entry = line.entry;
    entry.imagePath = json["image_path"].toString();
    entry.embeddingFile = json["embedding_file"].toString();
    entry.sha256 = json["sha256"].toString();
    entry.modelId = json["model"].toString();
    entry.preprocessingId = json["preprocessing"].toString();
    entry.identity.sizeBytes = json["size_bytes"].toInteger();
    entry.identity.modifiedNs = json["modified_ns"].toInteger();
    entry.size = {static_cast<int>(json["width"].toInteger()), static_cast<int>(json["height"].toInteger())};
    const Json::Array& measures = json["measures"].items();
    for (std::size_t i = 0; i < std::min(measures.size(), entry.measures.values.size()); ++i)
        entry.measures.values[i] = static_cast<float>(measures[i].toDouble());
    entry.measures.subject = boxOf(json["subject"]);
    entry.measures.worst = boxOf(json["worst"]);
    line.embeddedAt = json["embedded_at"].toString();
    const bool isGood = !entry.imagePath.empty() && isFileName(entry.embeddingFile) && !entry.modelId.empty() &&
                        (entry.sha256.empty() || entry.sha256.size() == kShaDigits) && !line.embeddedAt.empty() &&
                        std::ranges::all_of(entry.measures.values, [](float value) { return std::isfinite(value); });
    return isGood ? std::optional(std::move(line)) : std::nullopt;
}

} // namespace ps
