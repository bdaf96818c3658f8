// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"
#include "core/library/staging.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr int kGroups = 8;

ProjectFixture makeProject()
{
    ProjectFixture fixture;
    for (int number = 1; number <= kGroups; ++number) {
        fixture.addGroup(number, number % 2 == 0 ? std::vector<std::string>{"1", "2"}
                                                 : std::vector<std::string>{"1", "1.5", "2"});
        const std::string name = ProjectFixture::imageName(number, "1", 0);
        fixture.addFile(name.substr(0, name.size() - 4) + ".yaml", "companion of " + name);
    }
    fixture.addGroup(kGroups + 1, {"0", "1", "1.5", "2", "3"}); // to be split
    fixture.addSingle("holiday.jpg");
    return fixture;
}

/// What must be the same again: every row and every file.
std::string stateOf(const ProjectFixture& fixture)
{
    std::string text = join(rowTexts(fixture.databasePath()), "\n");
    for (const auto& [path, what] : fixture.census())
        text += "\n" + path + " " + what;
    return text;
}

DecisionIntent randomIntent(SeededRandom& random)
{
    const int index = random.intBetween(0, 1);
    const Crop box{0.1, 0.1, 0.3 + 0.6 * random.fraction(), 0.9};
    switch (random.below(5)) {
    case 0: return approve(index);
    case 1: return crop(box, index);
    case 2: return crop({}, index);
    case 3: return acceptSuggestion(box, index);
    default: return reject();
    }
}

/// A random entry of the project.
GroupDetail randomGroup(const ProjectSession& session, SeededRandom& random)
{
    const GroupCounts counts = must(session.counts());
    return must(session.groupAt(random.between(0, counts.total() - 1)));
}

/// True for refusals that a person would meet too; anything else is a failure of the test.
template <typename T>
bool isDone(const Result<T>& result)
{
    static const std::set<ErrorCode> expected{ErrorCode::Refused, ErrorCode::InvalidInput};
    if (!result && !expected.contains(result.error().code))
        throw std::runtime_error("unexpected failure: " + outcomeText(result));
    return result.has_value();
}

} // namespace

class TestUndoEverything : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverWasDoneIsTakenBackToTheLastByte_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void whateverWasDoneIsTakenBackToTheLastByte()
    {
        QFETCH(const int, seed);
        SeededRandom random(static_cast<std::uint64_t>(seed));
        const ProjectFixture fixture = makeProject();
        const std::string start = stateOf(fixture);
        auto session = fixture.open();
        std::vector<std::string> history{start}; // the state after each step that is done
        std::size_t now = 0;
        std::set<std::string> kinds;
        const auto note = [&](const std::string& kind) {
            kinds.insert(kind);
            history.resize(++now);
            history.push_back(stateOf(fixture));
        };
        for (int action = 0; action < 45; ++action) {
            fixture.clock().advance(std::chrono::seconds(1));
            const std::string where = random.note() + ", action " + std::to_string(action);
            const std::size_t kind = random.below(20);
            if (kind < 8) {
                const auto request = makeRequest(*session, randomGroup(*session, random), randomIntent(random));
                if (isDone(request) && isDone(decide(*session, *request)))
                    note("decide");
            } else if (kind < 11) {
                const FinalizePlan plan = must(prepareFinalize(*session, false, {}));
                if (plan.summary.groupCount() > 0) {
                    QVERIFY2(must(finalize(*session, plan, {}, {})).report.failed.empty(), where.c_str());
                    note("finalize");
                }
            } else if (kind < 13) {
                if (isDone(confirmCrop(*session, randomGroup(*session, random), {0.2, 0.2, 0.7, 0.8})))
                    note("confirm");
            } else if (kind == 13) {
                const GroupDetail group = groupWith(*session, ProjectFixture::stamp(kGroups + 1));
                if (isDone(splitGroup(*session, group, {})))
                    note("split");
            } else if (kind == 14) {
                if (!must(listStaging(*session)).files.empty() && isDone(restoreStaging(*session, {})))
                    note("restore");
            } else if (kind < 18) {
                if (isDone(undo(*session)))
                    --now;
            } else if (kind == 18) {
                if (isDone(redo(*session)))
                    ++now;
            } else {
                session.reset(); // and all of it survives a restart
                session = fixture.open();
            }
            const std::string found = stateOf(fixture);
            QVERIFY2(found == history[now], (where + ":" + differences(history[now], found)).c_str());
        }
        while (isDone(redo(*session)))
            ++now;
        QCOMPARE(now + 1, history.size());
        const std::string end = stateOf(fixture);
        while (isDone(undo(*session))) {
            --now;
            QVERIFY2(stateOf(fixture) == history[now],
                     (random.note() + differences(history[now], stateOf(fixture))).c_str());
        }
        QCOMPARE(now, std::size_t{0});
        QVERIFY2(stateOf(fixture) == start, random.note().c_str());
        session.reset();
        session = fixture.open();
        while (isDone(redo(*session))) {
        }
        QVERIFY2(stateOf(fixture) == end, (random.note() + differences(end, stateOf(fixture))).c_str());
        QVERIFY(must(verifyLedger(must(session->openReader()), {})).isSound());
        s_kinds.insert(kinds.begin(), kinds.end());
    }

    void everyKindOfStepWasTaken()
    {
        QCOMPARE(s_kinds, (std::set<std::string>{"confirm", "decide", "finalize", "restore", "split"}));
    }

private:
    static std::string differences(const std::string& expected, const std::string& found)
    {
        std::string text;
        const auto wanted = split(expected, '\n');
        const auto seen = split(found, '\n');
        for (const std::string& line : wanted)
            text += std::ranges::find(seen, line) == seen.end() ? "\n  - " + line : "";
        for (const std::string& line : seen)
            text += std::ranges::find(wanted, line) == wanted.end() ? "\n  + " + line : "";
        return text;
    }

    inline static std::set<std::string> s_kinds;
};

QTEST_GUILESS_MAIN(TestUndoEverything)
#include "tst_undo_everything.moc"
