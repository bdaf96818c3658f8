// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What comes into a cache from the scripts and from the shards of array jobs.
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/inference/embedding_care.h"
#include "core/inference/line_file.h"
#include "core/inference/npy_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::size_t kMaxVectorBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxProblems = 100;

/// One line of a script.
struct ScriptLine {
    std::string imagePath;
    std::string file; ///< the name of the vector, without folders
    bool isNormalized = false;
};

/// Both shapes: {"image_path","embedding_file","hash"} and {"file_path","embedding_hash",...}.
std::optional<ScriptLine> parseScriptLine(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json || !json->isObject())
        return std::nullopt;
    ScriptLine line;
    line.isNormalized = json->contains("file_path");
    line.imagePath = (*json)[line.isNormalized ? "file_path" : "image_path"].toString();
    const std::string& file = (*json)["embedding_file"].toString();
    if (line.isNormalized)
        line.file = (*json)["embedding_hash"].toString() + ".npy";
    else
        line.file = file.empty() ? (*json)["hash"].toString() + ".npy" : std::string(fileName(file));
    const bool isGood = !line.imagePath.empty() && isContainedPath(line.file) && line.file.size() > 4;
    return isGood ? std::optional(std::move(line)) : std::nullopt;
}

class ScriptImport
{
public:
    ScriptImport(EmbeddingCache& cache, const std::function<std::optional<ImageSource>(const std::string&)>& sourceOf,
                 std::stop_token stop)
        : m_cache(cache), m_sourceOf(sourceOf), m_stop(std::move(stop))
    {
    }

    Result<ImportReport> run()
    {
        auto folder = openFolder(m_cache.cacheFolder());
        if (!folder)
            return std::move(folder).error();
        std::vector<ScriptLine> lines;
        for (const char* name : {"processed_images.jsonl", "processed_files.jsonl"}) {
            PS_TRY(const bool isTorn, readLines(folder->get(), name, [&](std::string_view text) {
                       auto line = parseScriptLine(text);
                       if (line)
                           lines.push_back(*std::move(line));
                       else
                           note({ErrorCode::Corrupt, "a line that cannot be read", name, 0});
                   }));
            if (isTorn)
                note({ErrorCode::Corrupt, "the last line is torn", name, 0});
        }
        for (const ScriptLine& line : lines) {
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
            PS_TRY_VOID(take(line));
        }
        PS_TRY_VOID(m_cache.flush());
        return std::move(m_report);
    }

private:
    void note(Error error)
    {
        if (m_report.problems.size() < kMaxProblems)
            m_report.problems.push_back(std::move(error));
    }

    /// One writer has its vectors beside the cache, the other inside it.
    Result<std::vector<float>> vectorOf(const ScriptLine& line) const
    {
        for (const std::string& folder : {m_cache.vectorFolder(), joinPath(m_cache.cacheFolder(), "embeddings")}) {
            const auto bytes = readFile(joinPath(folder, line.file), kMaxVectorBytes);
            if (bytes)
                return readNpy(*bytes);
            if (bytes.error().code != ErrorCode::NotFound)
                return bytes.error();
        }
        return Error{ErrorCode::NotFound, "there is no file with its numbers", {}, 0};
    }

    Result<void> take(const ScriptLine& line)
    {
        const ModelSpec model = scriptClip(line.isNormalized);
        const bool isKnown = m_cache.findByFile(line.file) ||
                             m_cache.findByPath(line.imagePath, std::nullopt, model.id(), model.preprocessing.id());
        if (isKnown) {
            ++m_report.known;
            return {};
        }
        auto values = vectorOf(line);
        if (values && !std::ranges::all_of(*values, [](float value) { return std::isfinite(value); }))
            values = Error{ErrorCode::Corrupt, "its numbers are not finite", {}, 0};
        if (!values) {
            note(values.error().in(line.imagePath));
            return {};
        }
        Embedding embedding;
        embedding.values = *std::move(values);
        FileIdentity identity;
        if (!readImage(line.imagePath, identity, embedding.sha256))
            ++m_report.withoutImage;
        ++m_report.imported;
        return m_cache.add(model, line.imagePath, identity, embedding, EmbeddingCache::ScriptLine::Skip);
    }

    /// State and hash of the image as it is now: the scripts kept neither.
    bool readImage(const std::string& path, FileIdentity& identity, std::string& hash) const
    {
        const auto source = m_sourceOf(path);
        const auto image = source ? source->open(ImageLimits().maxFileBytes)
                                  : Result<OpenImage>(Error{ErrorCode::NotFound, {}, {}, 0});
        if (!image)
            return false;
        auto found = sha256OfFile(image->file->get());
        if (!found || !image->checkUnchanged())
            return false;
        identity = image->identity;
        hash = *std::move(found);
        return true;
    }

    EmbeddingCache& m_cache;
    const std::function<std::optional<ImageSource>(const std::string&)>& m_sourceOf;
    std::stop_token m_stop;
    ImportReport m_report;
};

/// Adds the lines of the shards of one kind of file to the main file.
Result<void> mergeKind(int folderFd, const std::vector<std::string>& shards, const std::string& main,
                       MergeReport& report)
{
    std::unordered_set<std::string> known;
    PS_TRY([[maybe_unused]] const bool isTorn,
           readLines(folderFd, main, [&](std::string_view line) { known.emplace(line); }));
    std::string added;
    for (const std::string& shard : shards) {
        ++report.files;
        PS_TRY([[maybe_unused]] const bool isShardTorn, readLines(folderFd, shard, [&](std::string_view line) {
                   if (!known.emplace(line).second)
                       return;
                   added.append(line);
                   added += '\n';
                   ++report.lines;
               }));
    }
    return appendLines(folderFd, main, added);
}

} // namespace

ModelSpec scriptClip(bool isNormalized)
{
    ModelSpec model;
    model.name = "clip-vit-b-32-openai";
    model.engine = ModelEngine::OnnxRuntime;
    model.preprocessing = Preprocessing::clip();
    model.preprocessing.normalizesOutput = isNormalized;
    return model;
}

Result<ImportReport> importScriptCache(EmbeddingCache& cache,
                                       const std::function<std::optional<ImageSource>(const std::string&)>& sourceOf,
                                       std::stop_token stop)
{
    return ScriptImport(cache, sourceOf, std::move(stop)).run();
}

Result<MergeReport> mergeShards(const std::string& cacheFolder)
{
    PS_TRY(const UniqueFd folder, openFolder(cacheFolder));
    std::vector<std::string> names;
    std::error_code problem;
    for (const auto& found : std::filesystem::directory_iterator(cacheFolder, problem))
        names.push_back(found.path().filename().string());
    if (problem)
        return errnoError("cannot list the folder", cacheFolder, problem.value());
    std::ranges::sort(names);
    MergeReport report;
    // The scripts' lines first: an entry of the index has its line then, whenever this is interrupted.
    for (const std::string kind : {"processed_images", "proofsheet_index"}) {
        std::vector<std::string> shards;
        std::ranges::copy_if(names, std::back_inserter(shards), [&](const std::string& name) {
            return startsWith(name, kind + ".shard-") && endsWith(name, ".jsonl");
        });
        PS_TRY_VOID(mergeKind(folder.get(), shards, kind + ".jsonl", report));
    }
    return report;
}

} // namespace ps
