// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/decisions/group_id.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_clock.h"

#include <QTest>

#include <regex>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

class TestGroupId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsHaveTheFormThatTheReviewerWrites()
    {
        const UtcTime time = *parseTimestamp("2025-10-21T17:04:44.198868Z");
        QCOMPARE(makeGroupId("mojo3", time, 1, 50), "mojo3_group_20251021T170444198868_batch001_img050"s);
        QCOMPARE(makeGroupId("a-b_c", time, 12, 1234), "a-b_c_group_20251021T170444198868_batch012_img1234"s);
        QCOMPARE(makeGroupId("p", time, 1000, 1), "p_group_20251021T170444198868_batch1000_img001"s);
    }

    void everyFormThatExistsIsTakenApart_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("project");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("rest");
        const auto row = [](const char* id, const char* project, const char* kind, const char* rest) {
            QTest::newRow(id) << QByteArray(id) << QByteArray(project) << QByteArray(kind) << QByteArray(rest);
        };
        row("mojo3_group_20251021T170444Z_batch001_img050", "mojo3", "group", "20251021T170444Z_batch001_img050");
        row("mojo3_group_20251021T170444198868_batch001_img050", "mojo3", "group",
            "20251021T170444198868_batch001_img050");
        row("mojo3_group_20251021_234530", "mojo3", "group", "20251021_234530");
        row("Aiko_raw_legacy_20251001_120000", "Aiko_raw", "legacy", "20251001_120000");
        row("Aiko_raw_legacy_0001", "Aiko_raw", "legacy", "0001");
        row("p_group_20250705_3", "p", "group", "20250705_3");
        row("a_group_b_group_1", "a_group_b", "group", "1");
        row("a_group_b_legacy_1", "a_group_b", "legacy", "1");
        row("a_legacy_b_group_1", "a_legacy_b", "group", "1");
        row("a_group__group_", "a", "group", "_group_");
    }
    void everyFormThatExistsIsTakenApart()
    {
        QFETCH(const QByteArray, id);
        QFETCH(const QByteArray, project);
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, rest);
        const auto parts = parseGroupId(id.toStdString());
        QVERIFY(parts.has_value());
        QCOMPARE(parts->project, project.toStdString());
        QCOMPARE(parts->kind, kind.toStdString());
        QCOMPARE(parts->rest, rest.toStdString());
    }

    void randomTextIsTakenApartAsTheDocumentedExpressionDoes()
    {
        const std::regex documented(
            "(.+)_(group|legacy)_(.+)"); // formats/decisions_v3.md 1.6, greedy on the first part
        const std::vector<std::string> pieces{"_group_", "_legacy_", "group", "legacy", "_", "a", "20251021", "x_"};
        SeededRandom random(51);
        int matches = 0;
        for (int i = 0; i < 5'000; ++i) {
            std::string id;
            for (std::size_t n = random.below(8); n > 0; --n)
                id += random.pick<std::string>(pieces);
            std::smatch expected;
            const bool isMatch = std::regex_match(id, expected, documented);
            const auto found = parseGroupId(id);
            QVERIFY2(found.has_value() == isMatch, (random.note() + ": " + id).c_str());
            if (isMatch) {
                ++matches;
                const bool isSame = found->project == expected[1] && found->kind == expected[2] &&
                                    found->rest == expected[3];
                QVERIFY2(isSame, (random.note() + ": " + id).c_str());
            }
        }
        QVERIFY(matches > 500);
    }

    void keysAreTheHashOfThePaths()
    {
        const std::vector<std::string> one{"photos/a.png"};
        const std::vector<std::string> two{"photos/a.png", "photos/caf\xE9.png"};
        QCOMPARE(makeGroupKey(one), "g_" + sha256Hex("photos/a.png").substr(0, 16));
        QCOMPARE(makeGroupKey(two), "g_" + sha256Hex("photos/a.png\0photos/caf\xE9.png"s).substr(0, 16));
        const std::vector<std::string> joined{"photos/a.pngphotos/caf\xE9.png"};
        QVERIFY(makeGroupKey(joined) != makeGroupKey(two));
        const std::vector<std::string> reversed{two[1], two[0]};
        QVERIFY(makeGroupKey(reversed) != makeGroupKey(two));
        QVERIFY(isGroupKey(makeGroupKey(two)));
        for (const char* text : {"", "g_", "g_0123456789abcde", "g_0123456789abcdef0", "g_0123456789ABCDEF",
                                 "x_0123456789abcdef", "mojo3_group_20251021"})
            QVERIFY2(!isGroupKey(text), text);
    }

    void projectIdsAreOfAFewCharacters()
    {
        for (const char* id : {"a", "mojo3", "TEST-1", "A_b-9", "_", "1101_Hailey"})
            QVERIFY2(isValidProjectId(id), id);
        for (const char* id : {"", "a b", "a/b", "../x", "a.b", "caf\xC3\xA9", "a\n", "=1"})
            QVERIFY2(!isValidProjectId(id), id);
        QVERIFY(!isValidProjectId("a\0b"s));
        QVERIFY(!isValidProjectId(std::string(1000, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestGroupId)
#include "tst_group_id.moc"
