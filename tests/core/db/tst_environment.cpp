// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "core/db/environment.h"
#include "tests/support/checks.h"
#include "tests/support/python.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void localFileSystemsAreToldFromUnknownOnes()
    {
        QCOMPARE(must(isOnLocalFileSystem("/dev/shm")), true); // tmpfs
        QCOMPARE(must(isOnLocalFileSystem("/proc")), false);   // not on the list, so not trusted
        PS_CHECK_ERROR(ErrorCode::NotFound, isOnLocalFileSystem("/absent/file"));
    }

    void whoHoldsAFileIsFound()
    {
        const TempFolder folder;
        const std::string path = folder.pathOf("a.db");
        must(must(Connection::open(path, OpenMode::Create)).execute("CREATE TABLE t (a)"));
        QVERIFY(otherProcessesHolding(path).empty());
        const Connection own = must(Connection::open(path, OpenMode::ReadWrite));
        QVERIFY(otherProcessesHolding(path).empty()); // this process is no other
        {
            const DatabaseHolder holder(path, {"SELECT * FROM t"});
            QVERIFY(otherProcessesHolding(path) == std::vector<int>{holder.processId()});
            std::filesystem::create_hard_link(path, folder.pathOf("same.db"));
            QVERIFY(otherProcessesHolding(folder.pathOf("same.db")) == std::vector<int>{holder.processId()});
            folder.write("other.db", "");
            QVERIFY(otherProcessesHolding(folder.pathOf("other.db")).empty());
        }
        QVERIFY(otherProcessesHolding(path).empty());
        QVERIFY(otherProcessesHolding(folder.pathOf("absent")).empty());
    }

    void lookingForHoldersKeepsTheLocks()
    {
        // Opening and closing the file would drop SQLite's locks of this process.
        const TempFolder folder;
        const std::string path = folder.pathOf("a.db");
        const Connection own = must(Connection::open(path, OpenMode::Create));
        must(own.execute("CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"));
        QVERIFY(otherProcessesHolding(path).empty());
        QVERIFY(must(isOnLocalFileSystem(path)) || true);
        const std::string answer = runPython("import sqlite3, sys\n"
                                             "c = sqlite3.connect(sys.argv[1], timeout=0)\n"
                                             "try:\n"
                                             "    c.execute('INSERT INTO t VALUES (2)')\n"
                                             "    print('written')\n"
                                             "except sqlite3.OperationalError as e:\n"
                                             "    print(e)\n",
                                             {path});
        QCOMPARE(answer, "database is locked\n"s);
        must(own.execute("COMMIT"));
    }
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
