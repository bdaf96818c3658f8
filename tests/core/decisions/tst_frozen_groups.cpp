// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/crop_record.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/schema.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

Connection emptyProject()
{
    Connection connection = must(Connection::open(":memory:", OpenMode::Create));
    must(connection.execute(decisionSchemaSql()));
    must(migrateOwnTables(connection));
    return connection;
}

void addRow(const Connection& connection, const std::string& groupId)
{
    Statement insert = must(
        connection.prepare("INSERT INTO ai_decisions (group_id, timestamp, project_id, images, user_selected_index, "
                           "user_action, image_width, image_height) VALUES (?1, 't', 'p1', '[]', 0, 'approve', 9, 9)"));
    must(insert.run(groupId));
}

DecisionRow croppedRow(const std::string& crop, std::int64_t width = 1000, std::int64_t height = 500,
                       std::int64_t index = 1)
{
    return DecisionRow({{"group_id", "g1"s},
                        {"images", "[\"a.png\", \"caf\\udce9.png\"]"s},
                        {"user_selected_index", index},
                        {"user_action", "crop"s},
                        {"final_crop_coords", crop},
                        {"image_width", width},
                        {"image_height", height}});
}

bool areRecorded(const std::vector<GroupMember>& recorded, const std::vector<GroupMember>& members)
{
    return std::ranges::equal(recorded, members, [](const GroupMember& a, const GroupMember& b) {
        return a.path == b.path && isUnchanged(a.identity, b.identity);
    });
}

std::string cropLine(const Connection& connection)
{
    const auto text = connection.queryText(
        "SELECT hex(image) || ' ' || x1 || ' ' || y1 || ' ' || x2 || ' ' || y2 || ' ' || state "
        "FROM ps_crops");
    return text.value_or("none");
}

} // namespace

class TestFrozenGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersReadBackWithAnyBytesAndLargeNumbers()
    {
        // Which device and inode it was is not recorded: both change when a workspace is copied.
        const std::vector<GroupMember> members{{"a/caf\xE9\n.png", {0, 0, 0, -1}},
                                               {"=b.png", {0, 0, std::numeric_limits<std::int64_t>::max(), 1}}};
        QVERIFY(must(membersFromJson(must(parseJson(dumpJson(membersJson(members)))))) == members);
        PS_CHECK_ERROR(ErrorCode::Corrupt, membersFromJson(must(parseJson("[{\"size\": 5}]"))));
    }

    void onlyALivingDecisionOrASplitFreezes()
    {
        const Connection connection = emptyProject();
        const DecisionRequest decided = decisionAbout(1);
        const DecisionRequest undone = decisionAbout(2);
        const DecisionRequest split = decisionAbout(3);
        must(freezeGroup(connection, decided.groupKey, "id1", decided.members));
        must(freezeGroup(connection, undone.groupKey, "id2", undone.members));
        must(freezeSplitGroup(connection, split.groupKey, split.members));
        addRow(connection, "id1");
        const auto groups = must(readFrozenGroups(connection));
        QCOMPARE(groups.size(), std::size_t{2});
        for (const FrozenGroup& group : groups) {
            QVERIFY(group.groupKey == (group.isSplit ? split.groupKey : decided.groupKey));
            QVERIFY(areRecorded(group.members, group.isSplit ? split.members : decided.members));
            QCOMPARE(group.groupId, group.isSplit ? ""s : "id1"s);
        }
        QVERIFY(must(frozenGroupId(connection, decided.groupKey)) == "id1");
        QVERIFY(!must(frozenGroupId(connection, split.groupKey)));
        QVERIFY(!must(frozenGroupId(connection, "g_0000000000000000")));
        QVERIFY(!must(findFrozenGroup(connection, "g_0000000000000000")));
    }

    void twoGroupsNeverShareAKey()
    {
        const Connection connection = emptyProject();
        const DecisionRequest first = decisionAbout(1);
        const DecisionRequest second = decisionAbout(2);
        must(freezeGroup(connection, first.groupKey, "id1", first.members));
        PS_CHECK_ERROR(ErrorCode::Conflict, freezeGroup(connection, first.groupKey, "id2", second.members));
        PS_CHECK_ERROR(ErrorCode::Conflict, freezeSplitGroup(connection, first.groupKey, second.members));
        QVERIFY(must(frozenGroupId(connection, first.groupKey)) == "id1");
        PS_CHECK_OK(freezeGroup(connection, first.groupKey, "id3", first.members));
        QVERIFY(must(frozenGroupId(connection, first.groupKey)) == "id3");
    }

    void letGoAreOnlySplitGroups()
    {
        const Connection connection = emptyProject();
        const DecisionRequest decided = decisionAbout(1);
        const DecisionRequest split = decisionAbout(2);
        must(freezeGroup(connection, decided.groupKey, "id1", decided.members));
        must(freezeSplitGroup(connection, split.groupKey, split.members));
        must(unfreezeSplitGroup(connection, decided.groupKey));
        must(unfreezeSplitGroup(connection, split.groupKey));
        QVERIFY(must(findFrozenGroup(connection, decided.groupKey)));
        QVERIFY(!must(findFrozenGroup(connection, split.groupKey)));
    }

    void aDatabaseOfTheScriptsHasNone()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        must(connection.execute(decisionSchemaSql()));
        QVERIFY(must(readFrozenGroups(connection)).empty());
    }

    void theCropOfARowIsItsPixels()
    {
        const auto record = cropOfRow(croppedRow("[0.1, 0.2, 0.9, 1.0]"));
        QVERIFY(record.has_value());
        QVERIFY((record->box == PixelBox{100, 100, 900, 500}));
        QCOMPARE(record->image, "caf\xE9.png"s);
        QVERIFY(!record->isVerified);
    }

    void rowsWithoutACropThatCanBeCutHaveNone()
    {
        QVERIFY(!cropOfRow(croppedRow("[0.0, 0.0, 1.0, 1.0]")));
        QVERIFY(!cropOfRow(croppedRow("5")));
        QVERIFY(!cropOfRow(croppedRow("[0.5, 0.0, 0.4, 1.0]")));
        QVERIFY(!cropOfRow(croppedRow("[0.1, 0.2, 0.9, 1.0]", 0)));
        QVERIFY(!cropOfRow(croppedRow("[0.1, 0.2, 0.9, 1.0]", std::int64_t{1} << 40)));
        QVERIFY(!cropOfRow(croppedRow("[0.1, 0.2, 0.9, 1.0]", 1000, 500, 2)));
        QVERIFY(!cropOfRow(croppedRow("[0.1, 0.2, 0.9, 1.0]", 1000, 500, -1)));
        DecisionRow row = croppedRow("[0.1, 0.2, 0.9, 1.0]");
        row.set("final_crop_coords", {});
        QVERIFY(!cropOfRow(row));
        row = croppedRow("[0.1, 0.2, 0.9, 1.0]");
        row.set("images", "not json"s);
        QVERIFY(!cropOfRow(row));
    }

    void theRecordFollowsTheRow()
    {
        const Connection connection = emptyProject();
        must(updateCropRecord(connection, "g1", croppedRow("[0.1, 0.2, 0.9, 1.0]")));
        QCOMPARE(cropLine(connection), "636166E92E706E67 100 100 900 500 pending"s);
        must(connection.execute("UPDATE ps_crops SET state='verified', file='x', sha256='y'"));
        must(updateCropRecord(connection, "g1", croppedRow("[0.1, 0.2, 0.9, 1.0]")));
        QCOMPARE(cropLine(connection), "636166E92E706E67 100 100 900 500 verified"s); // the same pixels need no new cut
        must(updateCropRecord(connection, "g1", croppedRow("[0.2, 0.2, 0.9, 1.0]")));
        QCOMPARE(cropLine(connection), "636166E92E706E67 200 100 900 500 pending"s);
        must(updateCropRecord(connection, "g1", croppedRow("[0.2, 0.2, 0.9, 1.0]", 1000, 500, 0)));
        QCOMPARE(cropLine(connection), "612E706E67 200 100 900 500 pending"s);
        must(updateCropRecord(connection, "g1", {}));
        QCOMPARE(cropLine(connection), "none"s);
    }
};

QTEST_GUILESS_MAIN(TestFrozenGroups)
#include "tst_frozen_groups.moc"
