// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/embedding_cache.h"

#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/inference/index_line.h"
#include "core/inference/line_file.h"
#include "core/inference/npy_file.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::size_t kNameDigits = 16;
constexpr std::size_t kMaxVectorBytes = std::size_t{1} << 20;
constexpr std::size_t kMostPending = 512; ///< entries that a crash can cost
constexpr std::string_view kIndexPrefix = "proofsheet_index";
constexpr std::string_view kScriptPrefix = "processed_images";
constexpr std::string_view kSuffix = ".jsonl";

std::string keyOf(std::string_view first, std::string_view modelId, std::string_view preprocessingId)
{
    std::string key(first);
    key += '\0';
    key += modelId;
    key += '\0';
    key += preprocessingId;
    return key;
}

/// What stands in front of the file names in processed_images.jsonl: as the scripts name them, from the workspace.
std::string scriptPrefix(const std::string& vectorFolder)
{
    const std::size_t at = vectorFolder.rfind("/data/ai_data/");
    return (at == std::string::npos ? vectorFolder : vectorFolder.substr(at + 1)) + '/';
}

/// What compute_embeddings.py writes.
std::string scriptLineOf(const EmbeddingCache::Entry& entry, const std::string& vectorFolder)
{
    return dumpJson(Json::object({{"image_path", entry.imagePath},
                                  {"embedding_file", scriptPrefix(vectorFolder) + entry.embeddingFile},
                                  {"hash", entry.embeddingFile.substr(0, kNameDigits)}})) +
           '\n';
}

std::string fileNameFor(std::string_view text)
{
    return sha256Hex(text).substr(0, kNameDigits) + ".npy";
}

} // namespace

struct EmbeddingCache::State {
    struct Stored {
        Entry entry;
        std::string embeddedAt;
        bool isAlive = true;
    };
    struct Pending {
        std::string name;
        std::string bytes;
    };

    std::string cacheFolder;
    std::string vectorFolder;
    std::string shard; ///< "" or ".shard-0-of-4"
    const Clock* clock = &systemClock();
    std::deque<Stored> entries; ///< pointers to them stay good
    std::unordered_multimap<std::string, std::size_t> byContent;
    std::unordered_map<std::string, std::size_t> byPath;
    std::unordered_map<std::string, std::size_t> byFile;
    std::size_t aliveCount = 0;
    std::size_t skippedLines = 0;

    std::string indexLines; ///< not written yet
    std::string scriptLines;
    std::vector<Pending> vectors; ///< not written yet
    UniqueFd cacheFd;             ///< open after the first write
    UniqueFd vectorFd;

    Result<void> readIndexes();
    void insert(IndexLine line);
    void kill(std::size_t index);
    std::string chooseFile(const Entry& entry, ScriptLine scriptLine) const;
    Result<void> openForWriting();
    Result<void> writeVectors();
};

Result<void> EmbeddingCache::State::readIndexes()
{
    auto folder = openFolder(cacheFolder);
    if (!folder && folder.error().code == ErrorCode::NotFound)
        return {};
    PS_TRY(const UniqueFd fd, std::move(folder));
    std::vector<std::string> names;
    std::error_code problem;
    for (const auto& found : std::filesystem::directory_iterator(cacheFolder, problem)) {
        const std::string name = found.path().filename().string();
        if (startsWith(name, kIndexPrefix) && endsWith(name, kSuffix))
            names.push_back(name);
    }
    if (problem)
        return errnoError("cannot list the folder", cacheFolder, problem.value());
    std::ranges::sort(names);
    std::vector<IndexLine> lines;
    for (const std::string& name : names) {
        PS_TRY(const bool isTorn, readLines(fd.get(), name, [&](std::string_view text) {
                   auto line = parseIndexLine(text);
                   if (line)
                       lines.push_back(*std::move(line));
                   else
                       ++skippedLines;
               }));
        skippedLines += isTorn ? 1U : 0U;
    }
    std::ranges::stable_sort(lines, {}, &IndexLine::embeddedAt); // a merge puts older lines behind newer ones
    byContent.reserve(lines.size());
    byPath.reserve(lines.size());
    byFile.reserve(lines.size());
    for (IndexLine& line : lines)
        insert(std::move(line));
    return {};
}

/// The newest of two entries of one path, or of one file of numbers, is the one that counts.
void EmbeddingCache::State::insert(IndexLine line)
{
    const Entry& entry = line.entry;
    const std::string pathKey = keyOf(entry.imagePath, entry.modelId, entry.preprocessingId);
    if (const auto found = byFile.find(entry.embeddingFile); found != byFile.end())
        kill(found->second);
    if (const auto found = byPath.find(pathKey); found != byPath.end())
        kill(found->second);
    const std::size_t index = entries.size();
    byFile[entry.embeddingFile] = index;
    byPath[pathKey] = index;
    byContent.emplace(keyOf(entry.sha256, entry.modelId, entry.preprocessingId), index);
    entries.push_back({std::move(line.entry), std::move(line.embeddedAt), true});
    ++aliveCount;
}

void EmbeddingCache::State::kill(std::size_t index)
{
    aliveCount -= entries[index].isAlive ? 1U : 0U;
    entries[index].isAlive = false;
}

/// The name that the scripts would give, which depends on the path alone; another one when it is another model's.
std::string EmbeddingCache::State::chooseFile(const Entry& entry, ScriptLine scriptLine) const
{
    std::string usual = fileNameFor(entry.imagePath);
    const auto found = byFile.find(usual);
    // A file that no line of ours names is the scripts': only an import may take it.
    if (found == byFile.end() && scriptLine == ScriptLine::Write &&
        ::access(joinPath(vectorFolder, usual).c_str(), F_OK) == 0)
        return fileNameFor(keyOf(entry.imagePath, entry.modelId, entry.preprocessingId));
    const bool isFree = found == byFile.end() || !entries[found->second].isAlive ||
                        (entries[found->second].entry.modelId == entry.modelId &&
                         entries[found->second].entry.preprocessingId == entry.preprocessingId);
    return isFree ? usual : fileNameFor(keyOf(entry.imagePath, entry.modelId, entry.preprocessingId));
}

Result<void> EmbeddingCache::State::openForWriting()
{
    if (!cacheFd.isOpen()) {
        PS_TRY(cacheFd, makeFolders(cacheFolder));
        PS_TRY(cacheFd, openFolder(cacheFolder));
    }
    if (!vectorFd.isOpen()) {
        PS_TRY(vectorFd, makeFolders(vectorFolder));
        PS_TRY(vectorFd, openFolder(vectorFolder));
    }
    return {};
}

/// Each file is whole or not there. One sync for all of them: one for each would take as long as computing what is in them.
Result<void> EmbeddingCache::State::writeVectors()
{
    for (const Pending& pending : vectors) {
        const std::string temporary = temporaryName();
        const UniqueFd file(::openat(vectorFd.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!file.isOpen())
            return errnoError("cannot write the embedding", joinPath(vectorFolder, pending.name), errno);
        auto written = writeAll(file.get(), pending.bytes);
        if (written && ::renameat(vectorFd.get(), temporary.c_str(), vectorFd.get(), pending.name.c_str()) != 0)
            written = errnoError("cannot rename the embedding", joinPath(vectorFolder, pending.name), errno);
        if (!written) {
            discard(removeFile(vectorFd.get(), temporary), "the first failure is the one to tell");
            return written.error();
        }
    }
    if (!vectors.empty() && ::syncfs(vectorFd.get()) != 0)
        return errnoError("cannot make the embeddings durable", vectorFolder, errno);
    vectors.clear();
    return {};
}

EmbeddingCache::EmbeddingCache(std::unique_ptr<State> state) : m_state(std::move(state)) {}
EmbeddingCache::EmbeddingCache(EmbeddingCache&&) noexcept = default;
EmbeddingCache& EmbeddingCache::operator=(EmbeddingCache&&) noexcept = default;
EmbeddingCache::~EmbeddingCache() = default;

Result<EmbeddingCache> EmbeddingCache::open(std::string cacheFolder, std::string_view shard)
{
    auto state = std::make_unique<State>();
    std::filesystem::path path = std::filesystem::absolute(cacheFolder).lexically_normal();
    if (path.filename().empty())
        path = path.parent_path();
    state->cacheFolder = path.string();
    state->vectorFolder = (path.parent_path() / "embeddings").string();
    if (!shard.empty())
        state->shard = '.' + std::string(shard);
    PS_TRY_VOID(state->readIndexes());
    return EmbeddingCache(std::move(state));
}

const std::string& EmbeddingCache::cacheFolder() const
{
    return m_state->cacheFolder;
}

const std::string& EmbeddingCache::vectorFolder() const
{
    return m_state->vectorFolder;
}

std::size_t EmbeddingCache::size() const
{
    return m_state->aliveCount;
}

std::size_t EmbeddingCache::skippedLines() const
{
    return m_state->skippedLines;
}

const EmbeddingCache::Entry* EmbeddingCache::findByContent(std::string_view sha256, std::string_view modelId,
                                                           std::string_view preprocessingId) const
{
    const auto [first, last] = m_state->byContent.equal_range(keyOf(sha256, modelId, preprocessingId));
    for (auto found = first; found != last; ++found) {
        const State::Stored& stored = m_state->entries[found->second];
        if (stored.isAlive)
            return &stored.entry;
    }
    return nullptr;
}

const EmbeddingCache::Entry* EmbeddingCache::findByPath(std::string_view imagePath,
                                                        const std::optional<FileIdentity>& identity,
                                                        std::string_view modelId,
                                                        std::string_view preprocessingId) const
{
    const auto found = m_state->byPath.find(keyOf(imagePath, modelId, preprocessingId));
    if (found == m_state->byPath.end() || !m_state->entries[found->second].isAlive)
        return nullptr;
    const Entry& entry = m_state->entries[found->second].entry;
    return !identity || isUnchanged(entry.identity, *identity) ? &entry : nullptr;
}

const EmbeddingCache::Entry* EmbeddingCache::findByFile(std::string_view embeddingFile) const
{
    const auto found = m_state->byFile.find(std::string(embeddingFile));
    return found == m_state->byFile.end() || !m_state->entries[found->second].isAlive
               ? nullptr
               : &m_state->entries[found->second].entry;
}

Result<std::vector<float>> EmbeddingCache::load(const Entry& entry) const
{
    for (const State::Pending& pending : m_state->vectors) {
        if (pending.name == entry.embeddingFile)
            return readNpy(pending.bytes);
    }
    const std::string path = joinPath(m_state->vectorFolder, entry.embeddingFile);
    PS_TRY(const std::string bytes, readFile(path, kMaxVectorBytes));
    auto values = readNpy(bytes);
    if (!values)
        return values.error().in(path);
    if (!std::ranges::all_of(*values, [](float value) { return std::isfinite(value); }))
        return Error{ErrorCode::Corrupt, "the embedding has values that are not finite", path, 0};
    return values;
}

Result<Embedding> EmbeddingCache::loadEmbedding(const Entry& entry) const
{
    Embedding embedding;
    PS_TRY(embedding.values, load(entry));
    embedding.sha256 = entry.sha256;
    embedding.size = entry.size;
    embedding.measures = entry.measures;
    return embedding;
}

Result<void> EmbeddingCache::add(const ModelSpec& model, std::string_view imagePath, const FileIdentity& identity,
                                 const Embedding& embedding, ScriptLine scriptLine)
{
    IndexLine line;
    Entry& entry = line.entry;
    entry.sha256 = embedding.sha256;
    entry.modelId = model.id();
    entry.preprocessingId = model.preprocessing.id();
    entry.imagePath = std::string(imagePath);
    entry.identity = identity;
    entry.size = embedding.size;
    entry.measures = embedding.measures;
    entry.embeddingFile = m_state->chooseFile(entry, scriptLine);
    line.embeddedAt = formatTimestamp(m_state->clock->now());
    m_state->vectors.push_back({entry.embeddingFile, npyBytes(embedding.values)});
    m_state->indexLines += formatIndexLine(line);
    if (scriptLine == ScriptLine::Write)
        m_state->scriptLines += scriptLineOf(entry, m_state->vectorFolder);
    m_state->insert(std::move(line));
    return m_state->vectors.size() < kMostPending ? Result<void>() : flush();
}

Result<void> EmbeddingCache::flush()
{
    if (m_state->indexLines.empty())
        return {};
    PS_TRY_VOID(m_state->openForWriting());
    PS_TRY_VOID(m_state->writeVectors()); // first, so that no line names a file that is not there
    const auto nameOf = [this](std::string_view prefix) {
        return std::string(prefix) + m_state->shard + std::string(kSuffix);
    };
    PS_TRY_VOID(appendLines(m_state->cacheFd.get(), nameOf(kScriptPrefix), m_state->scriptLines));
    m_state->scriptLines.clear();
    PS_TRY_VOID(appendLines(m_state->cacheFd.get(), nameOf(kIndexPrefix), m_state->indexLines));
    m_state->indexLines.clear();
    return {};
}

std::vector<const EmbeddingCache::Entry*> EmbeddingCache::entriesOf(std::string_view modelId,
                                                                    std::string_view preprocessingId) const
{
    std::vector<const Entry*> found;
    for (const State::Stored& stored : m_state->entries) {
        const bool isWanted = stored.isAlive && stored.entry.modelId == modelId &&
                              stored.entry.preprocessingId == preprocessingId;
        if (isWanted)
            found.push_back(&stored.entry);
    }
    std::ranges::sort(found, {}, &Entry::imagePath);
    return found;
}

std::vector<const EmbeddingCache::Entry*> EmbeddingCache::allEntries() const
{
    std::vector<const Entry*> found;
    for (const State::Stored& stored : m_state->entries) {
        if (stored.isAlive)
            found.push_back(&stored.entry);
    }
    return found;
}

} // namespace ps
