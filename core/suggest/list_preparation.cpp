// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/list_preparation.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/library/duplicates.h"
#include "core/suggest/embedding_items.h"

#include <filesystem>
#include <set>

namespace ps {

namespace {

constexpr std::string_view kDuplicateNote = "duplicates_of";  ///< so many surveyed images were compared
constexpr std::string_view kEmbeddingsNote = "embeddings_of"; ///< signature of the embeddings that were ranked
constexpr std::string_view kUpscalingNote = "upscaling_of";   ///< signature of those that were looked at

/// Changes whenever embeddings are added: names and sizes of the indexes in the cache.
std::string embeddingSignature(const std::string& cacheFolder)
{
    std::set<std::string> parts;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(cacheFolder, error)) {
        if (entry.path().extension() == ".jsonl")
            parts.insert(entry.path().filename().string() + ':' + std::to_string(entry.file_size(error)));
    }
    return join({parts.begin(), parts.end()}, ";");
}

std::string cacheFolderOf(const ProjectSession& session, const SimilarOptions& options)
{
    return options.cacheFolder.empty() ? joinPath(session.workspace().rootPath(), kEmbeddingCacheFolder)
                                       : options.cacheFolder;
}

/// What was ranked without the newest embeddings is ranked again. True when they changed.
Result<bool> forgetOldRanks(const ProjectSession& session, const std::string& cacheFolder)
{
    const std::string signature = embeddingSignature(cacheFolder);
    return session.withCatalogue([&](const Catalogue& catalogue) -> Result<bool> {
        PS_TRY(const std::string known, catalogue.meta(kEmbeddingsNote));
        if (known == signature)
            return false;
        PS_TRY_VOID(catalogue.connection().execute(
            "DELETE FROM similar; UPDATE groups SET representative=NULL WHERE representative IS NOT NULL"));
        PS_TRY_VOID(catalogue.setMeta(kEmbeddingsNote, signature));
        return true;
    });
}

/// So many rows are written while other look-ups wait.
constexpr std::int64_t kRowsAtOnce = 1000;

Error stopped(const ProjectSession& session)
{
    return {ErrorCode::Cancelled, "the search was stopped", session.projectId(), 0};
}

Result<void> putUpscaling(const ProjectSession& session, const std::vector<const EmbeddingCache::Entry*>& entries,
                          const std::stop_token& stop)
{
    for (std::int64_t first = 0; first < std::ssize(entries); first += kRowsAtOnce) {
        if (stop.stop_requested())
            return stopped(session);
        const std::int64_t end = std::min(std::ssize(entries), first + kRowsAtOnce);
        PS_TRY_VOID(session.withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
            PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue.connection()));
            for (std::int64_t i = first; i < end; ++i) {
                const EmbeddingCache::Entry& entry = *entries[static_cast<std::size_t>(i)];
                if (entry.modelId == kBuiltinEmbedderName) // the others measure nothing
                    PS_TRY_VOID(putImageUpscaling(catalogue.connection(), entry.imagePath, entry.identity,
                                                  entry.measures[QualityMeasure::Upscaling]));
            }
            return transaction.commit();
        }));
    }
    return {};
}

Result<void> prepareDuplicates(const ProjectSession& session, std::stop_token stop)
{
    const auto surveyed = [](const Catalogue& catalogue) {
        return catalogue.connection().queryText("SELECT count(*) FROM measures WHERE perceptual_hash IS NOT NULL");
    };
    const auto own = session.openCatalogue(); // look-ups do not wait for millions of rows
    PS_TRY(const std::string count, own ? surveyed(*own) : session.withCatalogue(surveyed));
    PS_TRY(const std::string known,
           session.withCatalogue([](const Catalogue& catalogue) { return catalogue.meta(kDuplicateNote); }));
    if (count == known)
        return {};
    PS_TRY(const DuplicateReport report, findDuplicates(session, ListPreparation::kDuplicateBits, std::move(stop)));
    PS_TRY_VOID(storeDuplicates(session, report));
    return session.withCatalogue([&](const Catalogue& catalogue) { return catalogue.setMeta(kDuplicateNote, count); });
}

/// The values of "similar:" in a query, as fieldCondition() writes them.
std::vector<std::string> similarAnchors(const ParsedQuery& query)
{
    constexpr std::string_view kBegin = "s.anchor = ?";
    std::vector<std::string> anchors;
    for (std::size_t at = query.condition.find(kBegin); at != std::string::npos;
         at = query.condition.find(kBegin, at + 1)) {
        const std::size_t digits = at + kBegin.size();
        const auto number = parseInteger(
            std::string_view(query.condition)
                .substr(digits, query.condition.find_first_not_of("0123456789", digits) - digits));
        if (!number || *number < 1 || *number > std::ssize(query.values))
            continue;
        if (const auto* const text = std::get_if<std::string>(&query.values[static_cast<std::size_t>(*number - 1)]))
            anchors.push_back(*text);
    }
    return anchors;
}

bool mentions(const ParsedQuery& query, std::string_view column)
{
    return query.condition.find(column) != std::string::npos;
}

} // namespace

Result<void> ListPreparation::prepare(const ProjectSession& session, const GroupQuery& query, std::stop_token stop)
{
    const auto parsed = parseGroupQuery(query.text);
    if (!parsed)
        return {};
    if (mentions(*parsed, "g.duplicate_set") || query.sort.by == GroupSort::By::Duplicates)
        PS_TRY_VOID(prepareDuplicates(session, stop));
    if (mentions(*parsed, "g.upscaling"))
        PS_TRY_VOID(prepareUpscaling(session, stop));
    for (const std::string& anchor : similarAnchors(*parsed))
        PS_TRY_VOID(prepareSimilar(session, anchor, stop));
    if (query.sort.by == GroupSort::By::Representative)
        PS_TRY_VOID(prepareRepresentatives(session, stop));
    return {};
}

Result<SimilarImages*> ListPreparation::similarImages(const ProjectSession& session, std::stop_token stop)
{
    if (!m_similar || m_projectId != session.projectId() || m_similar->contentVersion() != session.contentVersion()) {
        m_similar.reset(); // its lock, too
        PS_TRY(SimilarImages opened, SimilarImages::open(session, m_options, {}, std::move(stop)));
        m_similar = std::make_unique<SimilarImages>(std::move(opened));
        m_projectId = session.projectId();
    }
    return m_similar.get();
}

Result<void> ListPreparation::prepareSimilar(const ProjectSession& session, const std::string& anchor,
                                             std::stop_token stop)
{
    PS_TRY(const bool hasChanged, forgetOldRanks(session, cacheFolderOf(session, m_options)));
    if (hasChanged)
        m_similar.reset();
    PS_TRY(const bool isKnown, session.withCatalogue([&](const Catalogue& catalogue) {
        return useSimilar(catalogue.connection(), anchor);
    }));
    if (isKnown)
        return {};
    PS_TRY(SimilarImages* const similar, similarImages(session, std::move(stop)));
    PS_TRY(const std::vector<SimilarGroup> groups, similar->findGroups(anchor, kSimilarGroups));
    return session.withCatalogue(
        [&](const Catalogue& catalogue) { return storeSimilar(catalogue.connection(), anchor, groups); });
}

Result<void> ListPreparation::prepareRepresentatives(const ProjectSession& session, std::stop_token stop)
{
    PS_TRY(const bool hasChanged, forgetOldRanks(session, cacheFolderOf(session, m_options)));
    if (hasChanged)
        m_similar.reset();
    PS_TRY(const std::int64_t isThere, session.withCatalogue([](const Catalogue& catalogue) {
        return catalogue.connection().queryInteger(
            "SELECT EXISTS (SELECT 1 FROM groups WHERE representative IS NOT NULL)");
    }));
    if (isThere != 0)
        return {};
    PS_TRY(SimilarImages* const similar, similarImages(session, stop));
    PS_TRY(const std::vector<std::string> keys, similar->representatives(stop));
    return session.withCatalogue(
        [&](const Catalogue& catalogue) { return storeRepresentatives(catalogue.connection(), keys); });
}

Result<void> ListPreparation::prepareUpscaling(const ProjectSession& session, std::stop_token stop) const
{
    const std::string folder = cacheFolderOf(session, m_options);
    const std::string signature = embeddingSignature(folder);
    PS_TRY(const std::string known,
           session.withCatalogue([](const Catalogue& catalogue) { return catalogue.meta(kUpscalingNote); }));
    if (signature == known)
        return {};
    PS_TRY(const EmbeddingCache cache, EmbeddingCache::open(folder));
    PS_TRY_VOID(putUpscaling(session, cache.allEntries(), stop));
    PS_TRY(const GroupCounts counts, session.counts());
    for (std::int64_t first = 0; first < counts.total(); first += kRowsAtOnce) {
        if (stop.stop_requested())
            return stopped(session);
        PS_TRY_VOID(session.withCatalogue([&](const Catalogue& catalogue) {
            return restoreCoverMeasures(catalogue.connection(), first, first + kRowsAtOnce);
        }));
    }
    return session.withCatalogue(
        [&](const Catalogue& catalogue) { return catalogue.setMeta(kUpscalingNote, signature); });
}

} // namespace ps
