// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/sample_rows.h"

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "core/decisions/crop.h"
#include "core/decisions/group_id.h"
#include "core/decisions/schema.h"
#include "tests/bench/sample_names.h"

#include <numeric>
#include <optional>

namespace ps::bench {

namespace {

using test::SeededRandom;

constexpr ImageSize kSize{3072, 3072};
constexpr UtcTime kFirstDecision{std::chrono::seconds{1'767'225'600}}; // 2026-01-01
constexpr std::chrono::microseconds kBetweenDecisions{1'731'457};
constexpr std::int64_t kRowsBetweenReports = 100'000;
constexpr std::int64_t kOddOfEachKind = 5;

/// The schema that ships, except that the index may be NULL, as in the databases of older tools.
std::string sampleSchema()
{
    std::string sql = decisionSchemaSql();
    const std::string strict = "user_selected_index INTEGER NOT NULL";
    if (const auto at = sql.find(strict); at != std::string::npos)
        sql.replace(at, strict.size(), "user_selected_index INTEGER");
    return sql;
}

/// The columns of one row in table order.
struct SampleRow {
    std::string groupId;
    std::string timestamp;
    std::string directory;
    std::string images;
    std::optional<int> aiIndex;
    std::optional<std::string> aiCrop;
    std::optional<double> confidence;
    std::optional<int> selectedIndex = 0;
    std::string action;
    std::optional<std::string> finalCrop;
    std::optional<std::string> cropTimestamp;
    std::optional<bool> selectionMatch;
    std::optional<bool> cropMatch;
};

Crop someCrop(SeededRandom& random)
{
    const int x = random.intBetween(0, 1200);
    const int y = random.intBetween(0, 1200);
    return fromPixels({x, y, x + random.intBetween(900, 1800), y + random.intBetween(900, 1800)}, kSize);
}

std::string namesJson(const std::vector<std::string>& names)
{
    Json::Array list;
    for (const std::string& name : names)
        list.emplace_back(name);
    return dumpJson(Json(std::move(list)));
}

/// What a person decided: half approved, four of ten cropped, the rest rejected; the AI was there for two of three.
SampleRow makeSampleRow(std::string_view projectId, std::int64_t group)
{
    SeededRandom random(static_cast<std::uint64_t>(group) * 7919 + 11);
    const std::vector<std::string> names = sampleNames(group);
    const UtcTime time = kFirstDecision + group * kBetweenDecisions;
    SampleRow row;
    row.groupId = makeGroupId(projectId, time, 1 + group / 5000, 1 + group % 5000);
    row.timestamp = formatTimestamp(time);
    row.directory = "photos/" + sampleFolder(group);
    row.images = namesJson(names);
    const int lastIndex = static_cast<int>(names.size()) - 1;
    row.selectedIndex = random.oneIn(4) ? random.intBetween(0, lastIndex) : lastIndex;
    const int kind = random.intBetween(0, 9);
    row.action = kind < 5 ? "approve" : kind < 9 ? "crop" : "reject";
    std::optional<Crop> finalCrop;
    if (row.action == "crop" && !random.oneIn(100)) {
        finalCrop = someCrop(random);
        row.finalCrop = cropText(*finalCrop);
        row.cropTimestamp = formatTimestamp(time + std::chrono::seconds(random.between(1, 90'000)));
    }
    if (random.oneIn(3))
        return row;
    row.aiIndex = random.oneIn(5) ? random.intBetween(0, lastIndex) : *row.selectedIndex;
    row.confidence = random.fraction();
    const Crop aiCrop = finalCrop && !random.oneIn(3) ? *finalCrop : someCrop(random);
    row.aiCrop = cropText(aiCrop);
    if (row.action == "reject")
        return row;
    row.selectionMatch = row.aiIndex == row.selectedIndex;
    if (finalCrop && *row.selectionMatch)
        row.cropMatch = cropsMatch(aiCrop, *finalCrop);
    return row;
}

/// Every so many rows one is spoilt, each time in another way.
void spoil(SampleRow& row, std::int64_t turn, OddRows& odd)
{
    switch (turn % 5) {
    case 0:
        row.selectedIndex.reset();
        ++odd.indexMissing;
        break;
    case 1:
        row.images = "[\"20250705_230713_stage2_upscaled.png\", ";
        ++odd.imagesNotJson;
        break;
    case 2:
        row.finalCrop = "[0.1, 0.2, 0.8";
        ++odd.cropNotJson;
        break;
    case 3:
        row.finalCrop = "[0.8, 0.2, 0.1, 0.9]";
        ++odd.cropNotOrdered;
        break;
    default:
        row.images = "[\"20250705_230713_stage2_upscaled.png\"]";
        row.selectedIndex = 3;
        ++odd.indexOutOfRange;
        break;
    }
}

} // namespace

Json oddRowsJson(const OddRows& rows)
{
    return Json::object({{"index_missing", rows.indexMissing},
                         {"images_not_json", rows.imagesNotJson},
                         {"crop_not_json", rows.cropNotJson},
                         {"crop_not_ordered", rows.cropNotOrdered},
                         {"index_out_of_range", rows.indexOutOfRange}});
}

Result<OddRows> makeSampleDatabase(const std::string& path, std::string_view projectId, std::int64_t rowCount,
                                   const std::function<void(std::int64_t)>& onProgress)
{
    PS_TRY(const Connection connection, Connection::open(path, OpenMode::Create));
    // Nothing of this has to survive a crash.
    PS_TRY_VOID(connection.execute("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-400000"));
    PS_TRY_VOID(connection.execute(sampleSchema().c_str()));
    std::vector<std::int64_t> order(static_cast<std::size_t>(rowCount));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    shuffle(order, 3);

    OddRows odd;
    const std::int64_t rowsBetweenOdd = std::max<std::int64_t>(rowCount / (5 * kOddOfEachKind), 1);
    PS_TRY(Transaction transaction, Transaction::beginImmediate(connection));
    PS_TRY(Statement insert,
           connection.prepare("INSERT INTO ai_decisions VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,"
                              "?14,?15,?16,?17,NULL)"));
    std::int64_t written = 0;
    for (const std::int64_t group : order) {
        SampleRow row = makeSampleRow(projectId, group);
        if (++written % rowsBetweenOdd == 0)
            spoil(row, written / rowsBetweenOdd, odd);
        PS_TRY_VOID(insert.run(row.groupId, row.timestamp, projectId, row.directory, 1 + group / 5000, row.images,
                               row.aiIndex, row.aiCrop, row.confidence, row.selectedIndex, row.action, row.finalCrop,
                               row.cropTimestamp, kSize.width, kSize.height, row.selectionMatch, row.cropMatch));
        if (written % kRowsBetweenReports == 0 && onProgress)
            onProgress(written);
    }
    PS_TRY_VOID(transaction.commit());
    return odd;
}

} // namespace ps::bench
