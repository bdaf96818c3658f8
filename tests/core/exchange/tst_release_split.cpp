// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/split.h"
#include "core/exchange/split_leaks.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace ps;
using namespace ps::test;

namespace {

struct SplitImage {
    std::string key;
    std::string stratum;
    std::optional<ReleaseSide> published;
    std::vector<std::pair<LinkKind, std::string>> links;
};

using SideOfKey = std::map<std::string, ReleaseSide>;

SplitMaker::Sides makeSides(const std::vector<SplitImage>& images, const TempFolder& folder, SplitShares shares = {},
                            std::uint64_t seed = 7)
{
    SplitMaker maker(shares, seed, folder.path());
    for (const SplitImage& image : images) {
        const auto number = maker.addImage(image.key, image.key + ".png", image.stratum, image.published);
        if (!number)
            return {};
        for (const auto& [kind, value] : image.links) {
            if (!maker.addLink(*number, kind, value))
                return {};
        }
    }
    auto sides = maker.make();
    return sides ? *std::move(sides) : SplitMaker::Sides{};
}

SideOfKey byKey(const std::vector<SplitImage>& images, const SplitMaker::Sides& sides)
{
    SideOfKey found;
    for (std::size_t i = 0; i < images.size() && i < sides.ofImage.size(); ++i)
        found[images[i].key] = sides.ofImage[i];
    return found;
}

/// Images with random links: `valueCount` values of each kind, so that components of many sizes come about.
std::vector<SplitImage> randomImages(std::mt19937& random, int count, int valueCount)
{
    std::vector<SplitImage> images;
    for (int i = 0; i < count; ++i) {
        SplitImage image{"k" + std::to_string(random()), random() % 3 == 0 ? "crop" : "approve", {}, {}};
        for (int kind = 0; kind < 5; ++kind) {
            if (random() % 3 == 0)
                image.links.emplace_back(static_cast<LinkKind>(kind),
                                         std::to_string(random() % static_cast<unsigned>(valueCount)));
        }
        images.push_back(std::move(image));
    }
    return images;
}

/// Pairs of images with an equal link on different sides.
int crossings(const std::vector<SplitImage>& images, const SideOfKey& sides)
{
    std::map<std::pair<LinkKind, std::string>, std::set<ReleaseSide>> sidesOfLink;
    for (const SplitImage& image : images) {
        for (const auto& link : image.links)
            sidesOfLink[link].insert(sides.at(image.key));
    }
    return static_cast<int>(
        std::ranges::count_if(sidesOfLink, [](const auto& link) { return link.second.size() > 1; }));
}

std::array<int, kReleaseSideCount> counts(const SideOfKey& sides)
{
    std::array<int, kReleaseSideCount> found{};
    for (const auto& [key, side] : sides)
        ++found.at(static_cast<std::size_t>(side));
    return found;
}

} // namespace

class TestReleaseSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noComponentCrosses()
    {
        const TempFolder folder;
        std::mt19937 random(1);
        for (int round = 0; round < 60; ++round) {
            const auto images = randomImages(random, 200, 40 + round * 20);
            const auto sides = makeSides(images, folder, {}, static_cast<std::uint64_t>(round));
            QCOMPARE(sides.ofImage.size(), images.size());
            QCOMPARE(crossings(images, byKey(images, sides)), 0);
        }
    }

    void theControlFindsACrossing()
    {
        const std::vector<SplitImage> images{{"a", "", {}, {{LinkKind::Group, "1"}}},
                                             {"b", "", {}, {{LinkKind::Group, "1"}}}};
        QCOMPARE(crossings(images, {{"a", ReleaseSide::Train}, {"b", ReleaseSide::Test}}), 1);
    }

    void addingDataNeverMovesAPublishedImage()
    {
        const TempFolder folder;
        std::mt19937 random(2);
        for (int round = 0; round < 30; ++round) {
            std::vector<SplitImage> images = randomImages(random, 100, 2000);
            SideOfKey published;
            for (int release = 0; release < 4; ++release) {
                const auto sides = makeSides(images, folder);
                if (!sides.leaks
                         .empty()) // the new images tie two published ones together: refused, nothing is published
                    break;
                const SideOfKey now = byKey(images, sides);
                for (const auto& [key, side] : published)
                    QCOMPARE(now.at(key), side);
                QCOMPARE(crossings(images, now), 0);
                for (SplitImage& image : images)
                    image.published = published[image.key] = now.at(image.key);
                for (SplitImage& image : randomImages(random, 50, 2000))
                    images.push_back(std::move(image));
            }
        }
    }

    void anotherOrderGivesTheSameSides()
    {
        const TempFolder folder;
        std::mt19937 random(3);
        for (int round = 0; round < 20; ++round) {
            auto images = randomImages(random, 150, 120);
            for (SplitImage& image : images) {
                if (random() % 40 == 0)
                    image.published = ReleaseSide::Test;
            }
            const SideOfKey first = byKey(images, makeSides(images, folder));
            std::ranges::shuffle(images, random);
            QVERIFY(byKey(images, makeSides(images, folder)) == first);
        }
    }

    void aPublishedImagePullsItsComponent()
    {
        const TempFolder folder;
        const std::vector<SplitImage> images{{"a", "", ReleaseSide::Test, {{LinkKind::Group, "1"}}},
                                             {"b", "", {}, {{LinkKind::Group, "1"}, {LinkKind::Content, "c"}}},
                                             {"c", "", {}, {{LinkKind::Content, "c"}}},
                                             {"d", "", {}, {}}};
        const SideOfKey sides = byKey(images, makeSides(images, folder, SplitShares{{1, 0, 0}}));
        QCOMPARE(sides.at("b"), ReleaseSide::Test);
        QCOMPARE(sides.at("c"), ReleaseSide::Test);
        QCOMPARE(sides.at("d"), ReleaseSide::Train);
    }

    void aPlantedLeakGivesItsShortestChain()
    {
        const TempFolder folder;
        // A long way round from a to z, and a short one over m.
        std::vector<SplitImage> images{
            {"a", "", ReleaseSide::Train, {{LinkKind::Group, "1"}, {LinkKind::NearDuplicate, "s"}}},
            {"b", "", {}, {{LinkKind::Group, "1"}, {LinkKind::Content, "2"}}},
            {"c", "", {}, {{LinkKind::Content, "2"}, {LinkKind::Source, "3"}}},
            {"m", "", {}, {{LinkKind::NearDuplicate, "s"}, {LinkKind::Companion, "t"}}},
            {"z", "", ReleaseSide::Test, {{LinkKind::Source, "3"}, {LinkKind::Companion, "t"}}},
            {"other", "", ReleaseSide::Val, {}},
        };
        std::mt19937 random(4);
        for (int round = 0; round < 5; ++round) {
            const auto sides = makeSides(images, folder);
            QCOMPARE(sides.leaks.size(), std::size_t{1});
            QCOMPARE(leakText(sides.leaks.front()),
                     std::string("a.png (train) -[near duplicate]- m.png -[companion]- z.png (test)"));
            std::ranges::shuffle(images, random);
        }
    }

    void sharesAreMetInEveryStratum()
    {
        const TempFolder folder;
        std::vector<SplitImage> images;
        for (int i = 0; i < 3000; ++i)
            images.push_back({"k" + std::to_string(i), i % 10 == 0 ? "crop" : "approve", {}, {}});
        const auto sides = makeSides(images, folder);
        std::map<std::string, std::array<int, kReleaseSideCount>> found;
        for (std::size_t i = 0; i < images.size(); ++i)
            ++found[images[i].stratum].at(static_cast<std::size_t>(sides.ofImage[i]));
        QCOMPARE(found["crop"], (std::array{210, 60, 30}));
        QCOMPARE(found["approve"], (std::array{1890, 540, 270}));
        QVERIFY(byKey(images, makeSides(images, folder, {}, 8)) != byKey(images, sides)); // another seed, other sides
    }

    void manySmallStrataTogetherMeetTheShares()
    {
        const TempFolder folder;
        std::vector<SplitImage> images;
        for (int i = 0; i < 1000; ++i)
            images.push_back({"k" + std::to_string(i), "class " + std::to_string(i), {}, {}});
        QCOMPARE(counts(byKey(images, makeSides(images, folder))), (std::array{700, 200, 100}));
    }

    void aSideWithoutAShareGetsNothing()
    {
        const TempFolder folder;
        std::mt19937 random(5);
        const auto images = randomImages(random, 500, 300);
        QCOMPARE(counts(byKey(images, makeSides(images, folder, SplitShares{{0.8, 0.2, 0}})))[2], 0);
        const auto onlyTest = counts(byKey(images, makeSides(images, folder, SplitShares{{0, 0, 1}})));
        QCOMPARE(onlyTest, (std::array{0, 0, static_cast<int>(byKey(images, {}).size()) + onlyTest[2]}));
    }

    void nothingGivesNothing()
    {
        const TempFolder folder;
        QCOMPARE(makeSides({}, folder).componentCount, 0);
    }
};

QTEST_APPLESS_MAIN(TestReleaseSplit)
#include "tst_release_split.moc"
