// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/library/filename.h"
#include "core/library/grouping.h"
#include "tests/support/checks.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

using Indexes = std::vector<std::size_t>;

/// The sentences of formats/decisions_v3.md 4.3, one after the other.
std::vector<Indexes> describedGroups(const std::vector<GroupingItem>& items, const GroupingOptions& options)
{
    std::vector<Indexes> groups;
    std::size_t following = 0;
    while (following < items.size()) {
        Indexes run{following}; // "start a run at item i whatever its stage"
        for (;;) {
            const GroupingItem& last = items[run.back()];
            Indexes scanned; // "scan forward at most 50 items"
            for (std::size_t i = run.back() + 1; i < items.size() && scanned.size() < options.lookahead; ++i) {
                if (items[i].stage <= last.stage) // "stopping at the first item with stage <= last accepted stage"
                    break;
                if (options.timeGapMinutes && last.timeSeconds &&
                    items[i].timeSeconds) { // "skipped when either time is missing"
                    const double minutes = static_cast<double>(*items[i].timeSeconds - *last.timeSeconds) / 60.0;
                    if (minutes > *options.timeGapMinutes) // "or later than last accepted time + gap", strictly
                        break;
                }
                scanned.push_back(i);
            }
            if (scanned.empty()) // "when nothing was scanned the run ends"
                break;
            // "pick the SMALLEST stage, earliest occurrence; accept it, continue after it"
            std::ranges::stable_sort(scanned, {}, [&](std::size_t i) { return items[i].stage; });
            run.push_back(scanned.front());
        }
        following = run.back() + 1;             // "the next run starts at the following item"
        if (run.size() >= options.minGroupSize) // "runs shorter than min_group_size vanish"
            groups.push_back(run);
    }
    return groups;
}

std::vector<GroupingItem> itemsOf(const std::string& stages, const std::string& minutes)
{
    std::vector<GroupingItem> items;
    for (const std::string& stage : split(stages, ','))
        items.push_back({*parseDouble(stage), {}});
    if (!minutes.empty()) {
        const auto times = split(minutes, ',');
        for (std::size_t i = 0; i < times.size(); ++i)
            items[i].timeSeconds = static_cast<std::int64_t>(*parseDouble(times[i]) * 60);
    }
    return items;
}

std::string text(const std::vector<Indexes>& groups)
{
    std::string out;
    for (const Indexes& group : groups) {
        std::vector<std::string> members;
        for (const std::size_t member : group)
            members.push_back(std::to_string(member));
        out += "[" + join(members, " ") + "]";
    }
    return out;
}

std::string repeated(const std::string& item, int count)
{
    std::string list;
    for (int i = 0; i < count; ++i)
        list += "," + item;
    return list;
}

/// "20250705_HHMMSS_stage<stage>_x.png" in a folder.
std::string path(const std::string& folder, int second, const std::string& stage)
{
    const std::string digits =
        std::to_string(1'000'000 + (second / 3600) * 10000 + (second / 60 % 60) * 100 + second % 60).substr(1);
    return folder + "20250705_" + digits + "_stage" + stage + "_x.png";
}

std::vector<std::string> namesOf(const std::vector<std::string>& paths, const Indexes& members)
{
    std::vector<std::string> names;
    for (const std::size_t member : members)
        names.push_back(paths[member]);
    return names;
}

/// Every input is in one group or among the leftovers, once.
bool isPartition(const GroupingResult& result, std::size_t count)
{
    std::multiset<std::size_t> seen(result.leftovers.begin(), result.leftovers.end());
    for (const ImageGroup& group : result.groups)
        seen.insert(group.members.begin(), group.members.end());
    if (seen.size() != count)
        return false;
    std::size_t expected = 0;
    return std::ranges::all_of(seen, [&](std::size_t index) { return index == expected++; });
}

std::vector<std::string> randomPaths(SeededRandom& random, std::size_t count, const std::string& mark)
{
    static const std::vector<std::string> stages{"1", "1.5", "2", "3", "4"};
    static const std::vector<std::string> folders{"", "a/", "b/"};
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < count; ++i) {
        std::string name = path(random.pick<std::string>(folders), random.intBetween(0, 4000),
                                random.pick<std::string>(stages));
        name.insert(name.size() - 4, mark + std::to_string(i));
        if (random.oneIn(12))
            name = "IMG_" + mark + std::to_string(i) + ".jpg";
        paths.push_back(name);
    }
    return paths;
}

} // namespace

class TestGrouping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentedSequencesGroupAsDocumented_data()
    {
        QTest::addColumn<QByteArray>("stages");
        QTest::addColumn<double>("gap");
        QTest::addColumn<QByteArray>("minutes");
        QTest::addColumn<QByteArray>("groups");
        const auto row = [](const std::string& stages, const char* groups, double gap = 0, const char* minutes = "") {
            QTest::newRow((stages.substr(0, 30) + " " + minutes).c_str())
                << QByteArray::fromStdString(stages) << gap << QByteArray(minutes) << QByteArray(groups);
        };
        row("1,2,3", "[0 1 2]");
        row("1,3,2,3", "[0 2 3]");
        row("1,1.5,2,2,3", "[0 1 2][3 4]");
        row("2,3,1,2", "[0 1][2 3]");
        row("1,2,3,1,2", "[0 1 2][3 4]");
        row("1,1.5,3,1,2", "[0 1 2][3 4]");
        row("1,1", "");
        row("2", "");
        row("3,2,1", "");
        row("1,3", "[0 1]");
        row("1,3,3,2", "[0 3]");
        row("2,3,3,1.5,3", "[0 1][3 4]");
        row("1,2,2,2,1.5,2", "[0 4 5]");
        row("0,1,1.5,2,3", "[0 1 2 3 4]");
        row("1,2,3", "[0 1]", 5, "0,1,20");
        row("1,2,3", "[0 1 2]", 5, "0,5,10");
        row("1,2,3", "[1 2]", 5, "0,5.1,10");
        row("1" + repeated("3", 49) + ",2", "[0 50]");
        row("1" + repeated("3", 50) + ",2", "[0 1]");
    }
    void documentedSequencesGroupAsDocumented()
    {
        QFETCH(const QByteArray, stages);
        QFETCH(const double, gap);
        QFETCH(const QByteArray, minutes);
        QFETCH(const QByteArray, groups);
        const auto items = itemsOf(stages.toStdString(), minutes.toStdString());
        GroupingOptions options;
        if (gap > 0)
            options.timeGapMinutes = gap;
        QCOMPARE(text(nearestUpGroups(items, options)), groups.toStdString());
        QCOMPARE(text(describedGroups(items, options)), groups.toStdString()); // the judge of the next test, too
    }

    void randomSequencesGroupAsTheDescriptionSays()
    {
        static const std::vector<double> stages{0, 1, 1.5, 2, 3};
        SeededRandom random(111);
        std::size_t groupCount = 0;
        for (int i = 0; i < 10'000; ++i) {
            std::vector<GroupingItem> items(random.below(i % 100 == 0 ? 400 : 40));
            std::int64_t time = 1'000'000;
            for (GroupingItem& item : items) {
                item.stage = random.oneIn(3) ? random.pick<double>(stages)
                                             : static_cast<double>(random.intBetween(1, 3));
                time += random.intBetween(0, 400);
                if (!random.oneIn(6))
                    item.timeSeconds = time;
            }
            GroupingOptions options;
            if (random.oneIn(2))
                options.timeGapMinutes = static_cast<double>(random.intBetween(1, 20)) / 2;
            if (random.oneIn(10))
                options.lookahead = random.below(4) + 1;
            if (random.oneIn(10))
                options.minGroupSize = random.below(4) + 1;
            const auto found = nearestUpGroups(items, options);
            const auto expected = describedGroups(items, options);
            QVERIFY2(found == expected, (random.note() + ", sequence " + std::to_string(i) + ": " + text(found) +
                                         ", not " + text(expected))
                                            .c_str());
            groupCount += found.size();
        }
        QVERIFY(groupCount > 10'000);
    }

    void nothingGroupsNothing()
    {
        QVERIFY(nearestUpGroups({}).empty());
        QVERIFY(must(groupImages({}, {}, {}, false)).groups.empty());
    }

    // formats/decisions_v3.md 4.2
    void imagesAreSortedByTimeThenStageThenName()
    {
        const std::vector<std::string> paths{
            "z/20250705_100000_stage2_b.png", // 3rd: same time, stage 2
            "20250705_100000_stage1_a.png",   // 1st
            "IMG_1.png",                      // no time: the very last
            "20250705_095959_stage3_a.png",   // 0th: earlier
            "20250705_100000_stage1_b.png",   // 2nd: by name
            "a/20250705_100000_stage2_c.png", // 4th: the name decides before the folder
        };
        GroupingOptions alone;
        alone.minGroupSize = 100; // everything is left over, in order
        const GroupingResult result = must(groupImages(paths, {}, alone, false));
        QVERIFY(result.groups.empty());
        QVERIFY((result.leftovers == Indexes{3, 1, 4, 0, 5, 2}));
    }

    void theOrderOfTheInputDoesNotMatter()
    {
        SeededRandom random(112);
        for (int round = 0; round < 100; ++round) {
            std::vector<std::string> paths = randomPaths(random, 60, "x");
            const auto asNames = [&paths](const GroupingResult& result) {
                std::vector<std::vector<std::string>> names;
                for (const ImageGroup& group : result.groups)
                    names.push_back(namesOf(paths, group.members));
                names.push_back(namesOf(paths, result.leftovers));
                return names;
            };
            const auto expected = asNames(must(groupImages(paths, {}, {}, false)));
            for (std::size_t i = paths.size(); i > 1; --i)
                std::swap(paths[i - 1], paths[random.below(i)]);
            QVERIFY2(asNames(must(groupImages(paths, {}, {}, false))) == expected, random.note().c_str());
        }
    }

    void leftoversAreWhatIsInNoGroup()
    {
        SeededRandom random(113);
        for (int round = 0; round < 300; ++round) {
            const auto paths = randomPaths(random, random.below(80), "x");
            const bool perFolder = random.oneIn(2);
            const GroupingResult result = must(groupImages(paths, {}, {}, perFolder));
            QVERIFY2(isPartition(result, paths.size()), random.note().c_str());
            for (const ImageGroup& group : result.groups)
                QVERIFY(group.members.size() >= 2 && !group.isFrozen);
        }
    }

    void aGroupMaySpanFoldersUnlessItIsAskedNotTo()
    {
        const std::vector<std::string> paths{path("a/", 1, "1"), path("b/", 2, "2"), path("a/", 3, "3"),
                                             path("b/", 4, "3")};
        const GroupingResult across = must(groupImages(paths, {}, {}, false));
        QCOMPARE(across.groups.size(), std::size_t{1});
        QVERIFY((across.groups[0].members == Indexes{0, 1, 2}));
        const GroupingResult within = must(groupImages(paths, {}, {}, true));
        QCOMPARE(within.groups.size(), std::size_t{2});
        QVERIFY((within.groups[0].members == Indexes{0, 2}));
        QVERIFY((within.groups[1].members == Indexes{1, 3}));
    }

    void moreThanFourStayTogetherForASplit()
    {
        std::vector<std::string> paths;
        for (const char* stage : {"0", "1", "1.5", "2", "3", "4", "5"})
            paths.push_back(path("", static_cast<int>(paths.size()), stage));
        const GroupingResult result = must(groupImages(paths, {}, {}, false));
        QCOMPARE(result.groups.size(), std::size_t{1});
        QCOMPARE(result.groups[0].members.size(), std::size_t{7});
        QVERIFY(result.leftovers.empty());
    }

    void frozenGroupsStayWhateverIsAdded()
    {
        SeededRandom random(114);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> paths = randomPaths(random, 50, "x");
            const bool perFolder = random.oneIn(2);
            const GroupingResult before = must(groupImages(paths, {}, {}, perFolder));
            std::vector<std::vector<std::string>> frozen;
            for (const ImageGroup& group : before.groups) {
                if (random.oneIn(2))
                    frozen.push_back(namesOf(paths, group.members));
            }
            const auto added = randomPaths(random, random.below(30), "new");
            paths.insert(paths.end(), added.begin(), added.end());
            const GroupingResult after = must(groupImages(paths, frozen, {}, perFolder));
            QVERIFY2(isPartition(after, paths.size()), random.note().c_str());
            std::multiset<std::vector<std::string>> found;
            for (const ImageGroup& group : after.groups) {
                if (group.isFrozen)
                    found.insert(namesOf(paths, group.members));
            }
            QVERIFY2(found == std::multiset<std::vector<std::string>>(frozen.begin(), frozen.end()),
                     random.note().c_str());
        }
    }

    void decidingOneGroupNeverRegroupsItsNeighbours()
    {
        SeededRandom random(115);
        for (int round = 0; round < 300; ++round) {
            const auto paths = randomPaths(random, 60, "x");
            const GroupingResult before = must(groupImages(paths, {}, {}, false));
            std::vector<std::vector<std::string>> frozen;
            for (const ImageGroup& group : before.groups) {
                if (random.oneIn(3))
                    frozen.push_back(namesOf(paths, group.members));
            }
            const GroupingResult after = must(groupImages(paths, frozen, {}, false));
            std::set<Indexes> expected;
            std::set<Indexes> found;
            for (const ImageGroup& group : before.groups)
                expected.insert(group.members);
            for (const ImageGroup& group : after.groups)
                found.insert(group.members);
            QVERIFY2(found == expected, random.note().c_str());
            QVERIFY2(after.leftovers == before.leftovers, random.note().c_str());
        }
    }

    void aNewFileNeverJoinsADecidedGroup()
    {
        const std::vector<std::string> decided{path("", 10, "1"), path("", 30, "2")};
        std::vector<std::string> paths = decided;
        paths.push_back(path("", 20, "1.5")); // fits in between
        const std::vector<std::vector<std::string>> frozen{decided};
        const GroupingResult result = must(groupImages(paths, frozen, {}, false));
        QCOMPARE(result.groups.size(), std::size_t{1});
        QVERIFY((result.groups[0].members == Indexes{0, 1}) && result.groups[0].isFrozen);
        QVERIFY((result.leftovers == Indexes{2}));
        paths.push_back(path("", 40, "1"));
        paths.push_back(path("", 41, "3"));
        const GroupingResult more = must(
            groupImages(paths, frozen, {}, false)); // two new ones behind it are a new group
        QCOMPARE(more.groups.size(), std::size_t{2});
        QVERIFY((more.groups[1].members == Indexes{3, 4}) && !more.groups[1].isFrozen);
    }

    void aDecidedSingleStaysASingle()
    {
        const std::vector<std::string> paths{path("", 10, "2"), path("", 20, "3"), path("", 30, "1")};
        const std::vector<std::vector<std::string>> frozen{{paths[0]}};
        const GroupingResult result = must(groupImages(paths, frozen, {}, false));
        QVERIFY(isPartition(result, 3));
        QVERIFY(result.groups.empty()); // without its partner the other one is left over, too
        QCOMPARE(result.leftovers.size(), std::size_t{3});
    }

    void aSplitSetStaysSplit()
    {
        std::vector<std::string> paths;
        for (const char* stage : {"0", "1", "1.5", "2", "3"})
            paths.push_back(path("", static_cast<int>(paths.size()), stage));
        const std::vector<std::vector<std::string>> frozen{{paths[0], paths[1], paths[2], paths[3]}, {paths[4]}};
        const GroupingResult result = must(groupImages(paths, frozen, {}, false));
        QCOMPARE(result.groups.size(), std::size_t{1});
        QVERIFY((result.groups[0].members == Indexes{0, 1, 2, 3}));
        QVERIFY((result.leftovers == Indexes{4}));
    }

    void groupsComeInTheOrderOfTheirFirstImages()
    {
        SeededRandom random(116);
        const auto paths = randomPaths(random, 200, "x");
        const GroupingResult result = must(groupImages(paths, {}, {}, true));
        std::vector<std::string> firstStamps;
        for (const ImageGroup& group : result.groups)
            firstStamps.push_back(
                parseImageName(paths[group.members.front()].substr(paths[group.members.front()].find('/') + 1))
                    .timestamp);
        for (std::string& stamp : firstStamps)
            stamp = stamp.empty() ? "99999999_999999" : stamp;
        QVERIFY(std::ranges::is_sorted(firstStamps));
    }
};

QTEST_GUILESS_MAIN(TestGrouping)
#include "tst_grouping.moc"
