// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_stream.h"
#include "core/exchange/csv_rows.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/json_items.h"

namespace ps {

namespace {

/// Folders below the metadata would be classes for some loaders, but not in a set that has metadata.
Result<void> takeImageLine(DatasetScope& scope, const std::string& path, const JsonLine& line)
{
    if (!line.object["file_name"].isString())
        return scope.quarantine(path, line.line, line.raw, "there is no file_name");
    ImportedImage image;
    image.origin = scope.origin(path, line.line, line.raw);
    const std::string& named = line.object["file_name"].toString();
    image.path = isContainedPath(named) ? joinPath(parentPath(path), named) : named;
    image.side = sideOfPath(image.path);
    PS_TRY_VOID(takeMetadata(scope, path, line, image));
    return scope.image(std::move(image));
}

/// metadata.csv: the same with a head line; numbers and lists stand as JSON in their cells.
Result<void> readMetadataCsv(DatasetScope& scope, const std::string& path)
{
    return eachCsvRow(scope, path, {}, [&](const CsvRow& row) -> Result<void> {
        JsonLine line{row.line, row.raw, Json::object({})};
        for (const auto& [column, text] : row.cells) {
            const bool mayBeJson = !text.empty() &&
                                   std::string_view("[{-0123456789").find(text[0]) != std::string_view::npos;
            auto parsed = mayBeJson && column != "file_name" ? parseForeignJson(text) : Result<Json>(Json(text));
            line.object.set(column, parsed ? *std::move(parsed) : Json(text));
        }
        return takeImageLine(scope, path, line);
    });
}

} // namespace

Result<void> readImageFolder(DatasetScope& scope)
{
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        const std::string_view name = fileName(path);
        if (name == "metadata.jsonl")
            return eachJsonLine(scope, path, [&](const JsonLine& line) { return takeImageLine(scope, path, line); });
        if (name == "metadata.csv")
            return readMetadataCsv(scope, path);
        if (name == "metadata.parquet")
            return scope.quarantine(path, 1, {}, "Parquet is not read");
        return {};
    }));
    return scope.reportUnnamedImages();
}

} // namespace ps
