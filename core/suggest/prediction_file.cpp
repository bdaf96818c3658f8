// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/prediction_file.h"

#include "core/base/files.h"
#include "core/db/transaction.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>

namespace ps {

namespace {

constexpr const char* kMakeTables =
    "CREATE TABLE IF NOT EXISTS ai_decisions (group_id TEXT PRIMARY KEY, project_id TEXT, images TEXT NOT NULL, "
    "ai_selected_index INTEGER, ai_crop_coords TEXT, ai_confidence REAL); "
    "CREATE TABLE IF NOT EXISTS ps_run (model_id TEXT)";

std::string hiddenName(std::string_view path)
{
    return "." + std::string(fileName(path)) + ".unfinished";
}

bool exists(const std::string& path)
{
    return UniqueFd(::open(path.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW)).isOpen();
}

Result<std::string> modelOf(const Connection& connection)
{
    auto model = connection.queryText("SELECT model_id FROM ps_run");
    if (!model && model.error().code == ErrorCode::NotFound)
        return std::string();
    return model;
}

/// Removes what a run of another model has left.
Result<void> removeHidden(const std::string& hiddenPath)
{
    PS_TRY(const UniqueFd folder, openFolder(std::string(parentPath(hiddenPath))));
    PS_TRY_VOID(removeFile(folder.get(), std::string(fileName(hiddenPath)) + "-journal"));
    return removeFile(folder.get(), fileName(hiddenPath));
}

Result<Connection> openHidden(const std::string& hiddenPath, std::string_view modelId)
{
    auto connection = Connection::open(hiddenPath, OpenMode::Create);
    if (connection) {
        PS_TRY_VOID(connection->execute(kMakeTables));
        PS_TRY(const std::string model, modelOf(*connection));
        if (model == modelId)
            return connection;
        PS_TRY(const std::int64_t rowCount, connection->queryInteger("SELECT count(*) FROM ai_decisions"));
        if (model.empty() && rowCount == 0) { // rows without a name are another model's
            PS_TRY(Statement insert, connection->prepare("INSERT INTO ps_run VALUES (?1)"));
            PS_TRY_VOID(insert.run(modelId));
            return connection;
        }
    } else if (connection.error().code != ErrorCode::Corrupt) {
        return connection;
    }
    connection = Error{};
    PS_TRY_VOID(removeHidden(hiddenPath));
    PS_TRY(Connection fresh, Connection::open(hiddenPath, OpenMode::Create));
    PS_TRY_VOID(fresh.execute(kMakeTables));
    PS_TRY(Statement insert, fresh.prepare("INSERT INTO ps_run VALUES (?1)"));
    PS_TRY_VOID(insert.run(modelId));
    return fresh;
}

Error isThere(const std::string& path)
{
    return {ErrorCode::AlreadyExists, "predictions are there already", path, 0};
}

} // namespace

Result<PredictionFile> PredictionFile::open(std::string path, std::string_view modelId, bool mayReplace)
{
    if (!mayReplace && exists(path))
        return isThere(path);
    PS_TRY(const UniqueFd folder, makeFolders(std::string(parentPath(path))));
    const std::string hiddenPath = joinPath(parentPath(path), hiddenName(path));
    PS_TRY(Connection connection, openHidden(hiddenPath, modelId));
    PredictionFile file(std::move(path), hiddenPath, std::move(connection), mayReplace);
    PS_TRY(Statement query, file.m_connection->prepare("SELECT group_id FROM ai_decisions"));
    for (;;) {
        PS_TRY(const bool hasRow, query.step());
        if (!hasRow)
            break;
        file.m_written.emplace(query.text(0));
    }
    return file;
}

Result<void> PredictionFile::add(std::string_view projectId, const std::vector<Row>& rows)
{
    PS_TRY(Transaction transaction, Transaction::beginImmediate(*m_connection));
    PS_TRY(Statement upsert, m_connection->prepare("INSERT OR REPLACE INTO ai_decisions (group_id, project_id, images, "
                                                   "ai_selected_index, ai_crop_coords, ai_confidence) "
                                                   "VALUES (?1,?2,?3,?4,?5,?6)"));
    for (const Row& row : rows) {
        const auto crop = row.suggestion.crop ? std::optional(cropText(*row.suggestion.crop)) : std::nullopt;
        PS_TRY_VOID(upsert.run(row.groupId, projectId, row.imagesText, row.suggestion.imageIndex, crop,
                               row.suggestion.confidence));
    }
    PS_TRY_VOID(transaction.commit());
    for (const Row& row : rows)
        m_written.insert(row.groupId);
    return {};
}

Result<void> PredictionFile::publish()
{
    PS_TRY_VOID(m_connection->execute("DROP TABLE ps_run; VACUUM"));
    m_connection.reset();
    PS_TRY(const UniqueFd folder, openFolder(std::string(parentPath(m_path))));
    const std::string hidden(fileName(m_hiddenPath));
    const std::string name(fileName(m_path));
    PS_TRY(const UniqueFd file, openFileBeneath(folder.get(), hidden));
    PS_TRY_VOID(syncFile(file.get()));
    if (!m_mayReplace) {
        PS_TRY_VOID(renameNoReplace(folder.get(), hidden, folder.get(), name));
    } else if (::renameat(folder.get(), hidden.c_str(), folder.get(), name.c_str()) != 0) {
        return errnoError("cannot put the predictions in their place", m_path, errno);
    }
    return syncFolder(folder.get());
}

} // namespace ps
