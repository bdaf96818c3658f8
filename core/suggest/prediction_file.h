// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/library/suggestions.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace ps {

/// Writes {id}_ai_predictions_temp.db as the scripts' batch_add_ai_predictions.py does: a table ai_decisions of six columns
/// (decisions_v3 1.4, variant E), which their batch_merge_predictions.py takes over. The rows gather in a hidden file beside it, so
/// that a run that was stopped goes on; publish() puts it in its place durably. One thread.
class PredictionFile
{
public:
    /// Starts or resumes; a hidden file of another model is begun anew.
    /// Errors: AlreadyExists when the finished file is there and `mayReplace` is not set; Io, NoSpace.
    static Result<PredictionFile> open(std::string path, std::string_view modelId, bool mayReplace);

    /// True when this group was written before the run was stopped.
    bool has(std::string_view groupId) const { return m_written.contains(groupId); }
    std::size_t rowCount() const { return m_written.size(); }

    struct Row {
        std::string groupId;
        std::string imagesText; ///< JSON list of file names, as in the decision database
        Suggestion suggestion;  ///< its index refers to that list, whatever images are missing (R68)
    };
    /// One transaction. A group that is there already is replaced.
    Result<void> add(std::string_view projectId, const std::vector<Row>& rows);
    /// Makes the file durable under its name. Errors: AlreadyExists as above, when one came meanwhile.
    Result<void> publish();

private:
    PredictionFile(std::string path, std::string hiddenPath, Connection connection, bool mayReplace)
        : m_path(std::move(path)), m_hiddenPath(std::move(hiddenPath)), m_connection(std::move(connection)),
          m_mayReplace(mayReplace)
    {
    }

    std::string m_path;
    std::string m_hiddenPath;
    std::optional<Connection> m_connection;
    bool m_mayReplace = false;
    std::set<std::string, std::less<>> m_written;
};

} // namespace ps
