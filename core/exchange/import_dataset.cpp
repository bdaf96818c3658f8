// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_dataset.h"

#include "core/base/text.h"
#include "core/exchange/foreign_reader.h"
#include "core/library/filename.h"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace ps {

namespace {

Error notKnown(const std::string& name)
{
    return {ErrorCode::Unsupported,
            "no known format: neither a decision log (CSV), a decision database nor a dataset was recognised", name, 0};
}

/// Times of lines and cells in any form, those without zone by the rules.
void settleTime(ImportedDecision& decision, const ImportRules& rules)
{
    if (decision.row || decision.time || decision.timeText.empty())
        return; // a whole row keeps its text
    if (const auto time = rules.parseTime(decision.timeText)) {
        decision.time = time->time;
        if (time->isZoneAssumed)
            decision.notes.emplace_back("assumed zone");
    } else {
        decision.notes.emplace_back("the time \"" + displayText(decision.timeText) + "\" cannot be read");
    }
}

} // namespace

Result<ImportFormat> recogniseDatasetFolder(const UniqueFd& folder)
{
    PS_TRY(const auto format, recogniseDataset(folder.get()));
    if (!format)
        return notKnown({});
    return *format;
}

Result<ImportFormat> recogniseDatasetFile(const UniqueFd& folder, const std::string& name, const Json& columnMap)
{
    const std::string suffix = toLowerAscii(fileSuffix(name));
    if (suffix == ".csv" || suffix == ".tsv")
        return columnMap.isNull()
                   ? Result<ImportFormat>(Error{ErrorCode::Unsupported,
                                                "the columns are no known log; name them in a column map", name, 0})
                   : Result<ImportFormat>(ImportFormat::Csv);
    if (suffix == ".jsonl")
        return ImportFormat::Jsonl;
    PS_TRY(const auto format, recogniseDataset(folder.get()));
    if (!format)
        return notKnown(name);
    return *format;
}

std::string projectIdOf(std::string_view sourceName)
{
    std::string id(sourceName.substr(0, sourceName.find('.')));
    for (char& c : id) {
        const bool isAllowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        c = isAllowed ? c : '_';
    }
    return id.empty() ? "import" : id;
}

bool isArchive(int fd)
{
    std::array<char, 265> start{};
    const ssize_t count = ::pread(fd, start.data(), start.size(), 0);
    const std::string_view bytes(start.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return startsWith(bytes, "PK\x03\x04") || startsWith(bytes, "PK\x05\x06") || startsWith(bytes, "\x1f\x8b") ||
           (bytes.size() >= 262 && bytes.substr(257, 5) == "ustar");
}

Result<void> openArchive(ImportPlan::State& state, int archiveFd, const std::stop_token& stop)
{
    const std::string path = joinPath(state.options.cacheFolder, "unpacked" + temporaryName());
    state.unpackedFolder = path;
    PS_TRY(UniqueFd folder, makeFolders(path));
    const auto report = [&state](std::int64_t bytes) {
        if (state.options.onProgress)
            state.options.onProgress(bytes, 0);
    };
    PS_TRY_VOID(unpackArchive(state.options.workerPath, archiveFd, folder.get(), {}, report, stop));
    state.folder = std::make_shared<const UniqueFd>(std::move(folder));
    if (state.options.format) {
        state.format = *state.options.format;
        return {};
    }
    PS_TRY(state.format, recogniseDatasetFolder(*state.folder));
    return {};
}

Result<void> readDatasetSource(ImportPlan::State& state, PlanBuilder& builder, std::stop_token stop)
{
    const int folder = state.folder->get();
    // Of a single file only what stands in it is taken, and its images lie beside it.
    const std::string only = state.files.empty() ? std::string() : state.files.front();
    const auto isWanted = [&only](const ImportOrigin& origin) { return only.empty() || origin.file == only; };
    ImportTaker taker;
    taker.decision = [&](ImportedDecision decision) {
        settleTime(decision, state.rules);
        return isWanted(decision.origin) ? builder.take(std::move(decision)) : Result<void>();
    };
    taker.image = [&](ImportedImage image) {
        return isWanted(image.origin) ? builder.take(std::move(image), folder) : Result<void>();
    };
    taker.quarantined = [&](QuarantinedItem item) {
        if (item.projectId.empty())
            item.projectId = state.imagesProjectId();
        return isWanted(item.origin) ? builder.take(std::move(item)) : Result<void>();
    };
    taker.progress = state.options.onProgress ? state.options.onProgress : [](std::int64_t, std::int64_t) {};
    PS_TRY_VOID(readDataset(folder, state.format, state.options.columnMap, taker, stop));
    return builder.finishImages(state.folder, stop);
}

} // namespace ps
