// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/ledger.h"
#include "core/decisions/schema.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

enum class Acknowledge { AfterCommit, BeforeCommit };

/// Decides group after group and writes each group id to `output` when it is acknowledged. Never returns.
[[noreturn]] void decideForEver(const StoreFixture& fixture, int output, int firstNumber, Acknowledge acknowledge)
{
    const auto store = fixture.start();
    for (int number = firstNumber;; ++number) {
        const DecisionRequest request = decisionAbout(number);
        const std::string line = request.groupKey + "\n";
        if (acknowledge == Acknowledge::BeforeCommit)
            discard(writeAll(output, line), "the parent counts what it gets");
        const auto receipt = decideIn(*store, request);
        if (!receipt)
            ::_exit(1);
        if (acknowledge == Acknowledge::AfterCommit)
            discard(writeAll(output, line), "the parent counts what it gets");
    }
}

/// Starts such a process, reads `lineCount` acknowledgements, kills it, and returns all that it acknowledged.
std::set<std::string> acknowledgedBeforeDeath(const StoreFixture& fixture, int firstNumber, std::size_t lineCount,
                                              Acknowledge acknowledge)
{
    int ends[2];
    if (::pipe(ends) != 0)
        throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        decideForEver(fixture, ends[1], firstNumber, acknowledge);
    }
    ::close(ends[1]);
    const UniqueFd input(ends[0]);
    std::string text;
    char byte = 0;
    while (static_cast<std::size_t>(std::ranges::count(text, '\n')) < lineCount && ::read(input.get(), &byte, 1) == 1)
        text.push_back(byte);
    ::kill(child, SIGKILL);
    text += readAll(input.get(), 1 << 20).value_or("");
    ::waitpid(child, nullptr, 0);
    std::set<std::string> keys;
    for (const std::string& key : split(text, '\n')) {
        if (key.size() == 18)
            keys.insert(key);
    }
    return keys;
}

std::set<std::string> keysInDatabase(const StoreFixture& fixture)
{
    const Connection connection = must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly));
    Statement rows = must(
        connection.prepare("SELECT g.group_key FROM ps_groups g JOIN ai_decisions d USING (group_id)"));
    std::set<std::string> keys;
    while (must(rows.step()))
        keys.insert(std::string(rows.text(0)));
    return keys;
}

} // namespace

// design.md 6: no acknowledged decision is lost, whenever the process dies. The long version runs with the fault tests.
class TestStoreKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedDecisionsSurviveAKill()
    {
        SeededRandom random(81);
        const StoreFixture fixture;
        std::set<std::string> acknowledged;
        for (int round = 0; round < 25; ++round) {
            const auto now = acknowledgedBeforeDeath(fixture, round * 1000, random.below(12), Acknowledge::AfterCommit);
            acknowledged.insert(now.begin(), now.end());
            const auto found = keysInDatabase(fixture);
            for (const std::string& key : acknowledged)
                QVERIFY2(found.contains(key), (random.note() + ", round " + std::to_string(round)).c_str());
            QVERIFY2(found.size() <= acknowledged.size() + static_cast<std::size_t>(round) + 1, random.note().c_str());
        }
        const LedgerReport report = must(
            verifyLedger(must(Connection::open(fixture.databasePath(), OpenMode::ReadOnly)), {}));
        QVERIFY(report.isSound());
        QVERIFY(!acknowledged.empty());
    }

    void theTestSeesAnAcknowledgementThatComesTooEarly()
    {
        int lost = 0;
        for (int round = 0; round < 20 && lost == 0; ++round) {
            const StoreFixture fixture;
            const auto acknowledged = acknowledgedBeforeDeath(fixture, 0, 3, Acknowledge::BeforeCommit);
            const auto found = keysInDatabase(fixture);
            for (const std::string& key : acknowledged)
                lost += found.contains(key) ? 0 : 1;
        }
        QVERIFY(lost > 0);
    }
};

QTEST_GUILESS_MAIN(TestStoreKills)
#include "tst_store_kills.moc"
