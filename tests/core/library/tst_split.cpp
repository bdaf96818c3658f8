// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/decisions/ledger.h"
#include "core/library/project_session.h"
#include "tests/core/library/session_helpers.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/python.h"

#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSetOfNineIsSplitBeforeItIsDecided()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"0", "1", "1.5", "2", "3", "4", "5", "6", "7"});
        const auto session = fixture.open();
        const GroupDetail set = must(session->groupAt(0));
        QVERIFY(set.entry.kind == GroupKind::Oversize && set.images.size() == 9);
        PS_CHECK_ERROR(ErrorCode::Refused, makeRequest(*session, set, approve(0)));
        const auto parts = must(splitGroup(*session, set, {}));
        QCOMPARE(parts.size(), std::size_t{3});
        std::vector<std::string> order;
        for (const std::string& key : parts) {
            const GroupDetail part = must(session->findGroup(key));
            QVERIFY(part.images.size() <= 4 && part.entry.kind != GroupKind::Oversize);
            for (const GroupImage& image : part.images)
                order.push_back(image.path);
            PS_CHECK_OK(decide(*session, must(makeRequest(*session, part, approve(0)))));
        }
        std::vector<std::string> expected;
        for (const GroupImage& image : set.images)
            expected.push_back(image.path);
        QVERIFY(order == expected); // in stage order, nothing lost
        QCOMPARE(must(session->counts()).decided(), std::int64_t{3});
        PS_CHECK_ERROR(ErrorCode::NotFound, session->findGroup(set.entry.key));
    }

    void aSplitIsUndoneAndMadeAgainWithItsDecisions()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"0", "1", "1.5", "2", "3"});
        fixture.addGroup(2, {"1", "2"});
        const auto session = fixture.open();
        const auto before = keys(*session);
        const GroupDetail set = groupWith(*session, stamp(1));
        const auto parts = must(splitGroup(*session, set, {}));
        const auto split = keys(*session);
        QVERIFY(split != before);
        const auto receipt = decide(*session,
                                    must(makeRequest(*session, must(session->findGroup(parts[0])), approve(1))));
        PS_CHECK_OK(receipt);
        PS_CHECK_OK(undo(*session));
        const auto undone = undo(*session);
        PS_CHECK_OK(undone);
        QVERIFY(undone->changesGroups);
        QVERIFY(keys(*session) == before);
        QCOMPARE(must(session->findGroup(set.entry.key)).images.size(), std::size_t{5});
        PS_CHECK_OK(redo(*session));
        QVERIFY(keys(*session) == split);
        PS_CHECK_OK(redo(*session));
        const GroupDetail part = must(session->findGroup(parts[0]));
        QCOMPARE(part.entry.groupId, receipt->groupId);
        QCOMPARE(decide(*session, must(makeRequest(*session, part, reject()))).value_or({}).groupId, receipt->groupId);
        QVERIFY(verify(fixture.databasePath()).isSound());
    }

    void onlyOversizeSetsAreSplit()
    {
        const ProjectFixture fixture;
        fixture.addGroup(1, {"1", "1.5", "2", "3"});
        const auto session = fixture.open();
        PS_CHECK_ERROR(ErrorCode::Refused, splitGroup(*session, must(session->groupAt(0)), {}));
    }

    // ---- ends ------------------------------------------------------------------------------------------------------
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
