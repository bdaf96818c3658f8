// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/db/connection.h"
#include "core/decisions/schema.h"
#include "core/exchange/format_writers.h"

#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>

namespace ps {

namespace {

/// A decision database of its own with exactly the rows of the release. Rows go in by group_id, and the file is rebuilt at the
/// end, so that equal rows give equal bytes.
class V3Writer final : public FormatWriter
{
public:
    explicit V3Writer(FormatContext context) : m_context(std::move(context)) {}

    Result<void> begin() override
    {
        const QString place = m_context.scratchFolder.empty()
                                  ? QString()
                                  : QFile::decodeName(QByteArray::fromStdString(m_context.scratchFolder)) +
                                        QStringLiteral("/v3-XXXXXX");
        m_folder = place.isEmpty() ? std::make_unique<QTemporaryDir>() : std::make_unique<QTemporaryDir>(place);
        if (!m_folder->isValid())
            return Error{ErrorCode::Io, "cannot make a temporary folder", m_folder->errorString().toStdString(), 0};
        const std::string path = pathOf("rows.db");
        PS_TRY_VOID(createDecisionDatabase(path));
        PS_TRY(Connection connection, Connection::open(path, OpenMode::ReadWrite));
        m_connection = std::make_unique<Connection>(std::move(connection));
        // Nobody reads this file when the program ends early.
        PS_TRY_VOID(m_connection->execute("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"));
        PS_TRY(m_known, readDecisionTable(*m_connection));
        // With the same rules, so that a row that breaks one is known at once.
        PS_TRY(const std::string sql,
               m_connection->queryText("SELECT sql FROM sqlite_master WHERE name = 'ai_decisions'"));
        return m_connection->execute(("CREATE TEMP TABLE arrived " + sql.substr(sql.find('(')) + "; BEGIN").c_str());
    }

    Result<void> add(const ReleaseGroup& group) override
    {
        if (m_context.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", m_context.releaseName, 0};
        if (!m_insert || !hasPreparedColumns(group.row))
            PS_TRY_VOID(prepareFor(group.row));
        const auto& cells = group.row.cells();
        m_insert->reset();
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_insert->bindAt(static_cast<int>(i) + 1, cells[i].second);
        if (auto inserted = m_insert->finish(); !inserted)
            return std::move(inserted).error().in(group.groupId);
        ++m_counts.lines;
        return {};
    }

    Result<void> finish() override
    {
        m_insert.reset();
        PS_TRY_VOID(m_connection->execute("COMMIT"));
        PS_TRY_VOID(m_connection->execute(
            ("INSERT INTO ai_decisions SELECT " + columnList(m_known.columns) + " FROM arrived ORDER BY group_id")
                .c_str()));
        const std::string rebuilt = pathOf("rebuilt.db");
        PS_TRY(Statement vacuum, m_connection->prepare("VACUUM INTO ?1"));
        PS_TRY_VOID(vacuum.run(rebuilt));
        const UniqueFd file(::open(rebuilt.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.isOpen())
            return errnoError("cannot open a temporary database", rebuilt, errno);
        return m_context.sink->copyFile(m_context.projectId + ".db", file.get(), m_context.stop);
    }

private:
    std::string pathOf(const char* name) const
    {
        return QFile::encodeName(m_folder->filePath(QString::fromLatin1(name))).toStdString();
    }

    static std::string columnList(const std::vector<std::string>& columns)
    {
        std::vector<std::string> quoted;
        for (const std::string& column : columns)
            quoted.push_back(quotedIdentifier(column));
        return join(quoted, ", ");
    }

    bool hasPreparedColumns(const DecisionRow& row) const
    {
        const auto& cells = row.cells();
        if (cells.size() != m_prepared.size())
            return false;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].first != m_prepared[i])
                return false;
        }
        return true;
    }

    /// Columns that somebody added to the table go with the rows, behind ours.
    Result<void> prepareFor(const DecisionRow& row)
    {
        m_insert.reset();
        m_prepared.clear();
        std::vector<std::string> places;
        for (const auto& [column, value] : row.cells()) {
            if (!m_known.has(column)) {
                for (const char* table : {"main.ai_decisions", "temp.arrived"}) {
                    PS_TRY_VOID(m_connection->execute(
                        ("ALTER TABLE " + std::string(table) + " ADD COLUMN " + quotedIdentifier(column)).c_str()));
                }
                m_known.columns.push_back(column);
            }
            m_prepared.push_back(column);
            places.push_back("?" + std::to_string(m_prepared.size()));
        }
        PS_TRY(Statement insert, m_connection->prepare("INSERT INTO arrived (" + columnList(m_prepared) + ") VALUES (" +
                                                       join(places, ", ") + ")"));
        m_insert = std::make_unique<Statement>(std::move(insert));
        return {};
    }

    FormatContext m_context;
    std::unique_ptr<QTemporaryDir> m_folder; // goes last
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Statement> m_insert;
    DecisionTable m_known;
    std::vector<std::string> m_prepared; ///< columns of the statement
};

} // namespace

std::unique_ptr<FormatWriter> makeV3Writer(FormatContext context)
{
    return std::make_unique<V3Writer>(std::move(context));
}

} // namespace ps
