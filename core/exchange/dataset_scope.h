// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/db/connection.h"
#include "core/exchange/import_record.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace ps {

class ReleaseFacts;

/// Everything that the readers of datasets share: the list of files, a scratch database that is gone with it, and the way to
/// whoever takes the items. Paths are relative to the root of the dataset, which may lie below the folder that was chosen.
/// Memory does not grow with the dataset. Threads: one at a time.
class DatasetScope
{
public:
    /// Lists everything beneath the folder. Links and what is no file go to the quarantine. `root` is the folder of the dataset
    /// itself, "" for the whole.
    static Result<std::unique_ptr<DatasetScope>> open(int folderFd, std::string root, const ImportTaker& taker,
                                                      std::stop_token stop);
    ~DatasetScope();
    DatasetScope(const DatasetScope&) = delete;
    DatasetScope& operator=(const DatasetScope&) = delete;

    // ---- the files
    Result<UniqueFd> openFile(std::string_view path);
    /// The whole of a small file; counts as progress. Errors: TooLarge.
    Result<std::string> readText(std::string_view path, std::size_t maxBytes);
    Result<bool> hasFile(std::string_view path);
    /// The image "a/b.<any usual extension>" for the stem "a/b".
    Result<std::optional<std::string>> imageWithStem(std::string_view stem);
    /// In the order of the bytes of the paths.
    Result<void> eachFile(const std::function<Result<void>(const std::string& path)>& take);
    /// Only those whose path begins with `prefix`.
    Result<void> eachFileUnder(std::string_view prefix,
                               const std::function<Result<void>(const std::string& path)>& take);

    /// Encoded name -> name of a class, from classes.json of our releases; empty when there is none. What cannot be read of it
    /// goes to the quarantine.
    Result<std::map<std::string, std::string>> realNames();

    // ---- the items
    Result<void> quarantine(std::string_view path, std::int64_t line, std::string_view raw, std::string reason);
    /// Gives an image on, with what our own release says about it. One whose file is not there or was given before goes to the
    /// quarantine instead, with its origin.
    Result<void> image(ImportedImage image);
    Result<void> decision(ImportedDecision decision);
    /// Images that lie there and were never given go to the quarantine.
    Result<void> reportUnnamedImages();
    void addProgress(std::int64_t bytes);
    Result<void> checkStop() const;

    /// An origin with the raw text cut to its limit.
    ImportOrigin origin(std::string_view path, std::int64_t line, std::string_view raw) const;

    /// A database of this reader alone.
    const Connection& scratch() const { return m_scratch; }
    /// The manifest when this is one of our own releases; null otherwise.
    const ReleaseFacts* release() const { return m_release.get(); }

private:
    DatasetScope(Connection scratch, UniqueFd folder, std::string root, const ImportTaker& taker, std::stop_token stop);
    Result<void> list(const std::string& folder, int depth);
    Result<void> addFile(const std::string& path);

    Connection m_scratch;
    UniqueFd m_folder;
    std::string m_root;
    const ImportTaker& m_taker;
    std::stop_token m_stop;
    std::unique_ptr<ReleaseFacts> m_release;
    std::int64_t m_doneBytes = 0;
    std::int64_t m_totalBytes = 0;
};

/// True for the name of a file of a format that we open or may open one day; nobody looks into it.
bool isDatasetImage(std::string_view path);
/// The side that a folder of this name holds: "train", "val2017", "valid", "test" and the like.
std::optional<ReleaseSide> sideOfFolder(std::string_view name);
/// The first folder of a path that names a side.
std::optional<ReleaseSide> sideOfPath(std::string_view path);
/// The path without the extension of its last part.
std::string_view withoutExtension(std::string_view path);

/// A number of any JSON kind; nothing for anything else and for what is not finite.
std::optional<double> finiteNumber(const Json& value);

} // namespace ps
