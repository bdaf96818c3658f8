// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decide.h"
#include "core/decisions/ledger.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/python.h"

#include <future>
#include <latch>

// What the tests of the store share.

namespace ps::test {

using namespace std::string_literals;

/// Keeps the writer thread busy until it is released, so that everything submitted meanwhile becomes one batch.
class Gate
{
public:
    explicit Gate(DecisionStore& store)
    {
        store.submit(
            [this](StoreTransaction&) -> Result<void> {
                m_isReached.count_down();
                m_release.wait();
                return {};
            },
            [](Result<void>) {});
        m_isReached.wait();
    }
    ~Gate() { open(); }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void open()
    {
        if (!m_isOpen)
            m_release.count_down();
        m_isOpen = true;
    }

private:
    std::latch m_isReached{1};
    std::latch m_release{1};
    bool m_isOpen = false;
};

inline std::future<Result<DecisionReceipt>> submitDecision(DecisionStore& store, DecisionRequest request)
{
    auto promise = std::make_shared<std::promise<Result<DecisionReceipt>>>();
    auto receipt = std::make_shared<std::optional<DecisionReceipt>>();
    store.submit(
        [request = std::move(request), receipt](StoreTransaction& transaction) -> Result<void> {
            PS_TRY(*receipt, applyDecision(transaction, request));
            return {};
        },
        [promise, receipt](Result<void> outcome) {
            promise->set_value(outcome ? Result<DecisionReceipt>(**receipt) : Result<DecisionReceipt>(outcome.error()));
        });
    return promise->get_future();
}

std::string insertStatement(const std::string& groupId, const DecisionRequest& about,
                            const std::string& directory = "photos")
{
    Json::Array names;
    for (const GroupMember& member : about.members)
        names.emplace_back(fileName(member.path));
    return "INSERT INTO ai_decisions (group_id, timestamp, project_id, directory, images, user_selected_index, "
           "user_action, image_width, "
           "image_height) VALUES ('" +
           groupId + "', '2026-03-01T10:00:00Z', 'p1', '" + directory + "', '" + dumpJson(Json(std::move(names))) +
           "', 0, 'reject', 10, 10)";
}

inline std::string rowCount(const std::string& path)
{
    return runSqlElsewhere(path, {}, "SELECT count(*) FROM ai_decisions");
}

inline std::vector<std::string> ledgerKinds(const std::string& path)
{
    std::vector<std::string> kinds;
    const Connection connection = must(Connection::open(path, OpenMode::ReadOnly));
    auto entries = must(readLedgerEntries(connection, {}, {}, 1000));
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        kinds.push_back(entry->kind + (entry->groupId.starts_with("p1_group") ? "" : ":" + entry->groupId));
    return kinds;
}

inline void expectSoundLedger(const std::string& path)
{
    const LedgerReport report = must(verifyLedger(must(Connection::open(path, OpenMode::ReadOnly)), {}));
    QVERIFY(report.isSound());
}

inline void dropOwnTables(const std::string& path)
{
    const Connection connection = must(Connection::open(path, OpenMode::ReadWrite));
    std::vector<std::string> tables;
    {
        Statement names = must(
            connection.prepare("SELECT name FROM sqlite_schema WHERE type='table' AND name LIKE 'ps\\_%' ESCAPE '\\'"));
        while (must(names.step()))
            tables.emplace_back(names.text(0));
    }
    QVERIFY(tables.size() >= 8);
    for (const std::string& table : tables)
        must(connection.execute(("DROP TABLE " + quotedIdentifier(table)).c_str()));
}

} // namespace ps::test
