// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/decide.h"
#include "core/decisions/decision_store.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_clock.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ps::test {

/// The shapes of ai_decisions that scripts have left behind. Source: formats/decisions_v3.md 1.4.
struct SchemaVariant {
    std::string name;
    std::string sql;    ///< makes the table, with its odd rows
    bool canBeWorkedOn; ///< every column that a decision writes is there
    std::int64_t rowCount;
};
const std::vector<SchemaVariant>& schemaVariants();

/// Writes one of them as `fileName` and returns its path.
std::string makeVariant(const TempFolder& folder, const SchemaVariant& variant, const std::string& fileName);

/// A decision about the group number `number`, which has `imageCount` images in the folder photos/: approve image 0.
DecisionRequest decisionAbout(int number, int imageCount = 3);

/// Every row of a database as JSON text in key order, read as the viewer reads it.
std::vector<std::string> rowTexts(const std::string& databasePath);
std::vector<std::string> rowTexts(const Connection& connection);

/// A decision database with everything that a store needs around it.
class StoreFixture
{
public:
    /// With an empty new database.
    StoreFixture();
    /// With a database that exists already.
    explicit StoreFixture(const std::function<void(const std::string& databasePath)>& makeDatabase);

    StoreOptions options() const;
    /// Starts a store on the database. The caller waits for it.
    std::unique_ptr<DecisionStore> start() const { return DecisionStore::start(options()); }
    /// Starts one and waits; a failure ends the test function.
    std::unique_ptr<DecisionStore> startReady() const;

    const std::string& databasePath() const { return m_databasePath; }
    std::string snapshotFolder() const { return m_folder->pathOf("backups/p1"); }
    std::vector<std::string> snapshotFiles() const;
    const TempFolder& folder() const { return *m_folder; }
    TestClock& clock() const { return *m_clock; }

private:
    std::unique_ptr<TempFolder> m_folder;
    std::unique_ptr<TestClock> m_clock;
    std::string m_databasePath;
};

/// Decides through a store and waits.
Result<DecisionReceipt> decideIn(DecisionStore& store, const DecisionRequest& request);

/// Takes away what later schemas of our tables brought, so that a database is as an earlier release left it: 1 to 3.
void goBackToSchema(const std::string& databasePath, int version);

/// A value that a job reads from the writing connection.
std::string askWriter(DecisionStore& store, const std::string& sql);

} // namespace ps::test
