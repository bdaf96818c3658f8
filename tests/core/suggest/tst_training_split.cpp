// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_split.h"
#include "tests/core/suggest/training_samples.h"
#include "tests/support/checks.h"

#include <QTest>

#include <map>
#include <set>

using namespace ps;
using namespace ps::test;

namespace {

std::vector<const std::vector<LabelledGroup>*> partsOf(const TrainingSplit& split)
{
    return {&split.training, &split.validation, &split.holdOut};
}

/// How many contents are in more than one part.
int leaks(const TrainingSplit& split)
{
    std::map<std::string, std::set<const void*>> partsOfContent;
    for (const auto* part : partsOf(split)) {
        for (const LabelledGroup& labelled : *part) {
            partsOfContent["group " + splitIdOf(labelled.group)].insert(part);
            for (const Candidate& candidate : labelled.group.candidates)
                partsOfContent[candidate.embedding->sha256].insert(part);
        }
    }
    int count = 0;
    for (const auto& [content, parts] : partsOfContent)
        count += parts.size() > 1 ? 1 : 0;
    return count;
}

/// Every third group shares an image with the one before it, under another name.
std::vector<LabelledGroup> groupsThatShare(int count)
{
    auto groups = sampleGroups(count);
    for (std::size_t i = 3; i < groups.size(); i += 3)
        groups[i].group.candidates[1].embedding->sha256 = groups[i - 1].group.candidates[2].embedding->sha256;
    return groups;
}

} // namespace

class TestTrainingSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noGroupAndNoContentIsOnBothSides()
    {
        const TrainingSplit split = splitGroups(groupsThatShare(600), {});
        QCOMPARE(leaks(split), 0);
        QCOMPARE(split.training.size() + split.validation.size() + split.holdOut.size(), std::size_t{600});
        QVERIFY(split.holdOut.size() > 50 && split.holdOut.size() < 140);
        QVERIFY(split.validation.size() > 50 && split.validation.size() < 140);

        // A split of rows, as the scripts make it, does leak: the check sees it.
        TrainingSplit careless;
        const auto groups = groupsThatShare(600);
        for (std::size_t i = 0; i < groups.size(); ++i)
            (i % 5 == 0 ? careless.holdOut : careless.training).push_back(groups[i]);
        QVERIFY(leaks(careless) > 0);
    }

    void whatWasHeldOutStaysHeldOut()
    {
        const auto before = splitGroups(sampleGroups(100), {});
        SplitOptions options;
        options.previous = before.ids();
        auto more = sampleGroups(300);
        // An image that joins a group that was held out with one that was learned from: both are held out now.
        const auto isHeld = [&](const LabelledGroup& labelled) {
            return std::ranges::binary_search(options.previous.holdOut, splitIdOf(labelled.group));
        };
        const auto held = std::ranges::find_if(more, isHeld);
        QVERIFY(held != more.end());
        more.back().group.candidates[0].embedding->sha256 = held->group.candidates[0].embedding->sha256;
        const auto after = splitGroups(more, options);
        const SplitIds ids = after.ids();
        for (const std::string& id : before.ids().holdOut)
            QVERIFY(std::ranges::binary_search(ids.holdOut, id));
        QVERIFY(std::ranges::binary_search(ids.holdOut, splitIdOf(more.back().group)));
        QCOMPARE(leaks(after), 0);
    }

    void theOrderOfTheGroupsDoesNotMatter()
    {
        auto turned = groupsThatShare(200);
        std::ranges::reverse(turned);
        QVERIFY(splitGroups(turned, {}).ids() == splitGroups(groupsThatShare(200), {}).ids());
    }

    void smallProjectsHaveAHoldOutToo()
    {
        for (int count = 3; count < 30; ++count) {
            const auto split = splitGroups(sampleGroups(count), {});
            QVERIFY(!split.training.empty() && !split.validation.empty() && !split.holdOut.empty());
        }
    }

    void aWholeProjectCanBeHeldOut()
    {
        auto groups = sampleGroups(50, 1, "p1");
        for (LabelledGroup& labelled : sampleGroups(50, 2, "p2"))
            groups.push_back(std::move(labelled));
        SplitOptions options;
        options.holdOutProjects = {"p2"};
        const auto split = splitGroups(groups, options);
        const auto isOfP2 = [](const LabelledGroup& labelled) { return labelled.group.projectId == "p2"; };
        QVERIFY(std::ranges::none_of(split.training, isOfP2));
        QVERIFY(std::ranges::none_of(split.validation, isOfP2));
        QCOMPARE(std::ranges::count_if(split.holdOut, isOfP2), std::ptrdiff_t{50});
    }
};

QTEST_GUILESS_MAIN(TestTrainingSplit)
#include "tst_training_split.moc"
