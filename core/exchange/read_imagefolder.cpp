// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
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

} // namespace

Result<void> readImageFolder(DatasetScope& scope)
{
    PS_TRY_VOID(scope.eachFile([&](const std::string& path) -> Result<void> {
        const std::string_view name = fileName(path);
        if (name == "metadata.jsonl")
            return eachJsonLine(scope, path, [&](const JsonLine& line) { return takeImageLine(scope, path, line); });
        if (name == "metadata.parquet")
            return scope.quarantine(path, 1, {}, "Parquet is not read");
        return {};
    }));
    return scope.reportUnnamedImages();
}

} // namespace ps
