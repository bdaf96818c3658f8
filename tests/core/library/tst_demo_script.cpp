// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/demo/demo_script.h"
#include "core/library/filename.h"
#include "core/library/grouping.h"
#include "tests/support/checks.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// The list of the demo, as if every photograph had this size.
std::vector<Photograph> photographs(ImageSize size = {2560, 1600})
{
    std::vector<Photograph> list = must(demoPhotographs());
    for (Photograph& photograph : list)
        photograph.size = size;
    return list;
}

ImageSize sizeOf(const DemoImage& image)
{
    ImageSize size;
    for (const RecipeStep& step : image.recipe.steps) {
        if (const auto* resize = std::get_if<ResizeStep>(&step))
            size = resize->size;
    }
    return size;
}

/// Cut out and scaled, and nothing done to it that makes it worse.
bool isUntreated(const DemoImage& image)
{
    return image.recipe.steps.size() == 2 && std::max(sizeOf(image).width, sizeOf(image).height) > 700;
}

bool isSet(const DemoGroup& group)
{
    return group.images.size() >= 2 && group.images.size() <= 4;
}

std::string description(const DemoGroup& group)
{
    std::string text = std::to_string(group.photograph) + " " + std::to_string(group.bestIndex) + " " +
                       std::string(actionName(group.action)) + (group.crop ? " " + cropText(*group.crop) : "") +
                       (group.isDecided ? " decided" : "") + (group.hasSuggestion ? " suggested" : "") + " " +
                       std::to_string(group.suggestedIndex) + " " + cropText(group.suggestedCrop) + " " +
                       std::to_string(group.confidence);
    for (const DemoImage& image : group.images)
        text += " " + image.name;
    return text;
}

} // namespace

class TestDemoScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPhotographHasPackageAuthorAndLicence()
    {
        const auto list = must(demoPhotographs());
        std::set<std::string> packages;
        std::set<std::string> paths;
        for (const Photograph& photograph : list) {
            QVERIFY2(photograph.path.starts_with("/usr/share/"), photograph.path.c_str());
            QVERIFY2(isContainedPath(photograph.path.substr(1)), photograph.path.c_str());
            QVERIFY2(paths.insert(photograph.path).second, photograph.path.c_str());
            QVERIFY2(!photograph.author.empty() && !photograph.licence.empty(), photograph.path.c_str());
            QVERIFY(photograph.subjectX > 0 && photograph.subjectX < 1 && photograph.subjectY > 0 &&
                    photograph.subjectY < 1);
            packages.insert(photograph.package);
        }
        QVERIFY(list.size() >= 30);
        QVERIFY2(packages.size() >= 3, std::to_string(packages.size()).c_str());
    }

    void itIsTheSameEveryTime()
    {
        for (const bool decideAll : {false, true}) {
            const auto first = demoGroups(photographs(), decideAll);
            const auto second = demoGroups(photographs(), decideAll);
            QCOMPARE(first.size(), second.size());
            for (std::size_t i = 0; i < first.size(); ++i)
                QCOMPARE(description(first[i]), description(second[i]));
        }
    }

    void thereAreEnoughGroupsAndEverySizeOfThem()
    {
        const auto groups = demoGroups(photographs(), false);
        QVERIFY(std::ranges::count_if(groups, isSet) >= 120);
        for (const std::size_t size : {1U, 2U, 3U, 4U, 5U})
            QVERIFY2(std::ranges::any_of(groups, [&](const DemoGroup& group) { return group.images.size() == size; }),
                     std::to_string(size).c_str());
    }

    void theNamesGroupAsItIsPlanned()
    {
        for (const bool decideAll : {false, true}) {
            const auto groups = demoGroups(photographs(), decideAll);
            std::vector<std::string> paths;
            std::set<std::string> unique;
            std::vector<std::vector<std::string>> planned;
            for (const DemoGroup& group : groups) {
                std::vector<std::string> names;
                for (const DemoImage& image : group.images) {
                    names.push_back("images/" + image.name);
                    QVERIFY2(unique.insert(image.name).second, image.name.c_str());
                    QVERIFY2(isImageFile(image.name) && !parseImageName(image.name).timestamp.empty(),
                             image.name.c_str());
                }
                paths.insert(paths.end(), names.begin(), names.end());
                if (names.size() > 1)
                    planned.push_back(names);
            }
            std::ranges::reverse(paths); // the disk gives them in any order
            const GroupingResult result = must(groupImages(paths, {}, {}, false));
            std::vector<std::vector<std::string>> found;
            for (const ImageGroup& group : result.groups) {
                std::vector<std::string>& names = found.emplace_back();
                for (const std::size_t member : group.members)
                    names.push_back(paths[member]);
            }
            QVERIFY(found == planned);
            QCOMPARE(result.leftovers.size(), groups.size() - planned.size());
        }
    }

    void theRuleKeepsTheUntreatedVariantAndRejectsWhatHasNone()
    {
        int rejected = 0;
        for (const DemoGroup& group : demoGroups(photographs(), true)) {
            const auto untreated = std::ranges::count_if(group.images, isUntreated);
            if (group.action == Action::Reject) {
                QCOMPARE(untreated, std::ptrdiff_t{0});
                QCOMPARE(group.bestIndex, -1);
                ++rejected;
            } else {
                QCOMPARE(untreated, std::ptrdiff_t{1});
                QVERIFY(isUntreated(group.images[static_cast<std::size_t>(group.bestIndex)]));
            }
        }
        QVERIFY(rejected > 0);
    }

    void everyVariantIsTreatedSomewhere()
    {
        std::set<std::size_t> kinds;
        for (const DemoGroup& group : demoGroups(photographs(), false)) {
            for (const DemoImage& image : group.images) {
                for (const RecipeStep& step : image.recipe.steps)
                    kinds.insert(step.index());
            }
        }
        QCOMPARE(kinds.size(), std::variant_size_v<RecipeStep>);
    }

    void cropsKeepTheRatioAndTheSubject_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("landscape") << 2560 << 1600;
        QTest::newRow("portrait") << 1600 << 2560;
        QTest::newRow("small") << 900 << 700;
        QTest::newRow("panorama") << 6000 << 1500;
    }
    void cropsKeepTheRatioAndTheSubject()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        int crops = 0;
        for (const DemoGroup& group : demoGroups(photographs({width, height}), true)) {
            QCOMPARE(group.crop.has_value(), group.action == Action::Crop);
            QVERIFY(isValid(group.suggestedCrop));
            if (!group.crop)
                continue;
            ++crops;
            const ImageSize size = sizeOf(group.images[static_cast<std::size_t>(group.bestIndex)]);
            const PixelBox box = toPixels(*group.crop, size).value_or(PixelBox{});
            QVERIFY(isValid(*group.crop) && !coversEveryPixel(*group.crop, size));
            const double ratio = static_cast<double>(box.width()) / box.height();
            QVERIFY(std::abs(ratio / (static_cast<double>(size.width) / size.height) - 1) < 0.01);
            QVERIFY(box.width() > 0.7 * size.width && box.width() < 0.74 * size.width);
        }
        QVERIFY(crops >= 30);
    }

    void twoThirdsAreDecidedAndHalfOfThoseHaveASuggestion()
    {
        const auto groups = demoGroups(photographs(), false);
        std::ptrdiff_t sets = 0;
        std::ptrdiff_t decided = 0;
        std::ptrdiff_t suggested = 0;
        for (const DemoGroup& group : groups) {
            if (!isSet(group)) {
                QVERIFY(!group.isDecided);
                continue;
            }
            ++sets;
            decided += group.isDecided ? 1 : 0;
            suggested += group.isDecided && group.hasSuggestion ? 1 : 0;
            QVERIFY(group.isDecided || group.hasSuggestion); // who decides these has something to look at
        }
        QVERIFY(std::abs(3 * decided - 2 * sets) <= 3);
        QVERIFY(std::abs(2 * suggested - decided) <= 4);
    }

    void suggestionsAreOfTheHighestStageAndNotAlwaysRight()
    {
        int right = 0;
        int wrong = 0;
        for (const DemoGroup& group : demoGroups(photographs(), true)) {
            QCOMPARE(group.suggestedIndex + 1, static_cast<int>(group.images.size()));
            QVERIFY(group.confidence >= 0.5 && group.confidence <= 1);
            ++(group.suggestedIndex == group.bestIndex ? right : wrong);
        }
        QVERIFY(right > 20 && wrong > 20);
    }

    void decidedWhollyMeansEveryGroupAndNothingOdd()
    {
        for (const DemoGroup& group : demoGroups(photographs(), true))
            QVERIFY(group.isDecided && isSet(group));
    }
};

QTEST_GUILESS_MAIN(TestDemoScript)
#include "tst_demo_script.moc"
