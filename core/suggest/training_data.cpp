// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_data.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/viewing.h"
#include "core/library/filename.h"

#include <algorithm>

namespace ps {

// ---- embeddings ----------------------------------------------------------------------------------------------------

EmbeddingFinder::EmbeddingFinder(const EmbeddingCache& cache, std::string modelId, std::string preprocessingId)
    : m_cache(cache)
{
    for (const EmbeddingCache::Entry* entry : cache.entriesOf(modelId, preprocessingId)) {
        m_byPath[entry->imagePath] = entry;
        const auto [place, isNew] = m_byName.emplace(fileName(entry->imagePath), entry);
        if (!isNew && place->second && (entry->sha256.empty() || place->second->sha256 != entry->sha256))
            place->second = nullptr;
    }
}

Result<Embedding> EmbeddingFinder::find(std::string_view directory, std::string_view name) const
{
    const EmbeddingCache::Entry* entry = nullptr;
    if (const auto byPath = m_byPath.find(joinPath(directory, name)); byPath != m_byPath.end())
        entry = byPath->second;
    else if (const auto byName = m_byName.find(name); byName != m_byName.end())
        entry = byName->second;
    if (!entry)
        return Error{ErrorCode::NotFound, "there is no embedding of this image", std::string(name), 0};
    return m_cache.loadEmbedding(*entry);
}

// ---- rows ----------------------------------------------------------------------------------------------------------

namespace {

// Why a row is left out. They are keys of reports; texts for people are made from them.
constexpr const char* kUnreadable = "unreadable row";
constexpr const char* kNoDecision = "no decision";
constexpr const char* kRejected = "rejected";
constexpr const char* kSingle = "single image";
constexpr const char* kNoEmbedding = "no embedding of the pick";
constexpr const char* kTooFewEmbeddings = "fewer than two embeddings";
constexpr const char* kTwice = "group that another database has too";
constexpr const char* kNotCropped = "approved whole";
constexpr const char* kCropLater = "not cropped yet";
constexpr const char* kWholeFrame = "whole frame as crop";
constexpr const char* kInvalidCrop = "invalid crop";

bool isAbout(double a, double b)
{
    constexpr double kTolerance = 0.001;
    return std::abs(a - b) <= kTolerance;
}

/// Placeholders of extractions, and cuts that keep everything.
bool isWholeFrame(const Crop& crop)
{
    return isAbout(crop.x1, 0) && isAbout(crop.y1, 0) && isAbout(crop.x2, 1) && isAbout(crop.y2, 1);
}

/// Takes the rows of one database one after the other.
class RowTaker
{
public:
    RowTaker(std::string project, TrainingReport::Kind kind, const EmbeddingFinder& finder,
             const ProvenanceFinder& provenance, TrainingData& data)
        : m_project(std::move(project)), m_kind(kind), m_finder(finder), m_provenance(provenance), m_data(data)
    {
        for (const LabelledGroup& labelled : data.groups)
            m_known.insert(labelled.group.groupKey);
    }

    Result<void> take(const DecisionRow& row)
    {
        ++m_data.rows;
        PS_TRY(const char* const reason, labelled(row));
        if (reason)
            ++m_data.excluded[reason];
        return {};
    }

private:
    /// Adds the group, or says why not.
    Result<const char*> labelled(const DecisionRow& row)
    {
        LabelledGroup group;
        if (const char* reason = readLabel(row, group))
            return reason;
        PS_TRY(group.provenance, m_provenance.of(row));
        const auto names = row.imageNames();
        if (!names || names->empty() || group.selectedIndex >= static_cast<int>(names->size()))
            return kUnreadable;
        if (m_kind == TrainingReport::Kind::Ranker && names->size() < 2)
            return kSingle;
        PS_TRY_VOID(addCandidates(row, *names, group));
        const auto& candidates = group.group.candidates;
        if (!candidates[static_cast<std::size_t>(group.selectedIndex)].embedding)
            return kNoEmbedding;
        const auto embedded = std::ranges::count_if(
            candidates, [](const Candidate& candidate) { return candidate.embedding.has_value(); });
        if (m_kind == TrainingReport::Kind::Ranker && embedded < 2)
            return kTooFewEmbeddings;
        if (!m_known.insert(group.group.groupKey).second)
            return kTwice;
        ++m_data.provenance[std::string(provenanceName(group.provenance))];
        m_data.groups.push_back(std::move(group));
        return static_cast<const char*>(nullptr);
    }

    const char* readLabel(const DecisionRow& row, LabelledGroup& group) const
    {
        const auto action = row.action();
        const auto selected = row.integer("user_selected_index");
        if (!action || !selected)
            return row.isNull("user_action") || row.isNull("user_selected_index") ? kNoDecision : kUnreadable;
        if (row.groupId().empty() || *selected < 0 || *selected > 8)
            return kUnreadable;
        if (*action == Action::Reject)
            return kRejected;
        group.group.projectId = m_project;
        group.group.groupKey = row.groupId();
        group.action = *action;
        group.selectedIndex = static_cast<int>(*selected);
        return m_kind == TrainingReport::Kind::Crop ? readCrop(row, group) : nullptr;
    }

    static const char* readCrop(const DecisionRow& row, LabelledGroup& group)
    {
        const auto text = row.text("final_crop_coords");
        if (!text)
            return group.action == Action::Crop ? kCropLater : kNotCropped;
        const auto crop = parseCrop(*text);
        if (!crop)
            return kInvalidCrop;
        if (isWholeFrame(*crop))
            return kWholeFrame;
        group.crop = *crop;
        return nullptr;
    }

    /// Images without an embedding keep their place (R68); a crop needs that of the pick alone.
    Result<void> addCandidates(const DecisionRow& row, const std::vector<std::string>& names, LabelledGroup& group)
    {
        const std::string directory = row.text("directory").value_or("");
        for (std::size_t i = 0; i < names.size(); ++i) {
            Candidate candidate{joinPath(directory, names[i]), parseImageName(names[i]).stage, {}};
            if (m_kind == TrainingReport::Kind::Ranker || static_cast<int>(i) == group.selectedIndex) {
                auto embedding = m_finder.find(directory, names[i]);
                if (embedding)
                    candidate.embedding = *std::move(embedding);
                else if (embedding.error().code != ErrorCode::NotFound && embedding.error().code != ErrorCode::Corrupt)
                    return embedding.error();
            }
            group.group.candidates.push_back(std::move(candidate));
        }
        return {};
    }

    std::string m_project;
    TrainingReport::Kind m_kind;
    const EmbeddingFinder& m_finder;
    const ProvenanceFinder& m_provenance;
    TrainingData& m_data;
    std::set<std::string, std::less<>> m_known;
};

std::string_view withoutSuffix(std::string_view name, std::string_view suffix)
{
    return endsWith(name, suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

} // namespace

Result<void> readTrainingData(const std::string& databasePath, TrainingReport::Kind kind, const EmbeddingFinder& finder,
                              TrainingData& into, std::stop_token stop)
{
    const std::string name(fileName(databasePath));
    if (endsWith(name, "_temp.db") || name.find("backup") != std::string::npos)
        return Error{ErrorCode::Refused, "this is no database of decisions but a temporary one or a backup",
                     databasePath, 0};
    const std::string project(withoutSuffix(name, ".db"));
    PS_TRY(const Connection connection, openForViewing(databasePath));
    PS_TRY(const DecisionTable table, readDecisionTable(connection));
    PS_TRY(Statement statement, connection.prepare(selectRows(table) + " ORDER BY group_id"));
    into.projects.insert(project);
    PS_TRY(const ProvenanceFinder provenance, ProvenanceFinder::make(connection));
    RowTaker taker(project, kind, finder, provenance, into);
    for (;;) {
        PS_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return {};
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the reading of decisions was stopped", databasePath, 0};
        PS_TRY_VOID(taker.take(readRow(statement, table)));
    }
}

std::string fingerprintOf(std::span<const LabelledGroup> groups)
{
    Sha256 hash;
    const auto add = [&hash](std::string_view text) {
        hash.add(text);
        hash.add(std::string_view("\0", 1));
    };
    for (const LabelledGroup& labelled : groups) {
        add(labelled.group.projectId);
        add(labelled.group.groupKey);
        add(std::to_string(labelled.selectedIndex));
        add(labelled.crop ? cropText(*labelled.crop) : "");
        for (const Candidate& candidate : labelled.group.candidates)
            add(candidate.embedding ? candidate.embedding->sha256 : "-");
        hash.add("\n");
    }
    return hash.hex();
}

} // namespace ps
