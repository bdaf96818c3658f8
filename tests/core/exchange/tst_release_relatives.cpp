// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/exchange/release_helpers.h"
#include "tests/support/images.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

namespace fs = std::filesystem;

constexpr int kPairs = 8;

/// Pictures of different numbers look like nothing of each other.
std::string picture(int number)
{
    return encodedAs(ImageFormat::Png, noiseRaster({64 + number, 48 + 3 * number}));
}

/// The same pixels in other bytes.
std::string nearDuplicate(int number)
{
    return withPngChunk(picture(number), pngChunk("tEXt", std::string_view("a\0b", 3)));
}

std::string numbered(const char* name, int number)
{
    return name + std::to_string(number) + ".png";
}

/// The sides of the images of a release by their own names.
std::map<std::string, std::string> sidesOf(const TempFolder& folder, const std::string& release)
{
    std::map<std::string, std::string> sides;
    for (const std::string& line : split(folder.read(release + "/release_items.jsonl"), '\n')) {
        if (line.empty())
            continue;
        const Json item = must(parseJson(line));
        sides[item["name"].toString()] = item["side"].toString();
    }
    return sides;
}

ExportRequest splitRequest(ExportFormat format, SplitShares shares)
{
    ExportRequest request = requestFor(format);
    request.split = shares;
    return request;
}

constexpr SplitShares kHalves{{0.5, 0.5, 0}};
constexpr SplitShares kAllTest{{0, 0, 1}};
constexpr SplitShares kAllTrain{{1, 0, 0}};

} // namespace

/// What hangs together is on one side, whatever the program happens to have looked at, and whatever became of the files since.
class TestReleaseRelatives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_images = startImageService(); }

    void rowsAreSplitByNearDuplicatesThatNobodySurveyed()
    {
        const ProjectFixture fixture;
        for (int i = 0; i < kPairs; ++i) {
            fixture.addFile(numbered("one", i), picture(i));
            fixture.addFile(numbered("other", i), nearDuplicate(i));
        }
        fixture.addFile("unreadable.png", "no picture");
        const auto session = fixture.open();
        for (int i = 0; i < kPairs; ++i) {
            decideGroup(*session, numbered("one", i), approve());
            decideGroup(*session, numbered("other", i), approve());
        }
        decideGroup(*session, "unreadable", reject()); // what cannot be surveyed stops nothing
        must(exportRelease(*session, *m_images, splitRequest(ExportFormat::Jsonl, kHalves),
                           exportTo(fixture.folder().pathOf("r")), {}));
        const auto sides = sidesOf(fixture.folder(), "r");
        QCOMPARE(sides.size(), std::size_t{2 * kPairs + 1});
        for (int i = 0; i < kPairs; ++i)
            QCOMPARE(sides.at(numbered("one", i)), sides.at(numbered("other", i)));
        QVERIFY(std::ranges::any_of(sides, [](const auto& side) { return side.second == "val"; }));
    }

    /// The winners of two groups have nothing in common but the loser of one of them.
    void losersTieGroupsTogether()
    {
        const ProjectFixture fixture;
        for (int i = 0; i < kPairs; ++i) {
            fixture.addGroup(2 * i, {"1", "2"});
            fixture.addFile(fixture.imageName(2 * i, "1", 0), picture(4 * i));
            fixture.addFile(fixture.imageName(2 * i, "2", 1), picture(4 * i + 1));
            fixture.addGroup(2 * i + 1, {"1", "2"});
            fixture.addFile(fixture.imageName(2 * i + 1, "1", 0), picture(4 * i + 1));
            fixture.addFile(fixture.imageName(2 * i + 1, "2", 1), picture(4 * i + 2));
        }
        const auto session = fixture.open();
        for (int i = 0; i < 2 * kPairs; ++i)
            decideGroup(*session, fixture.stamp(i) + "00", approve(0));
        const auto receipt = must(exportRelease(*session, *m_images, splitRequest(ExportFormat::Yolo, kHalves),
                                                exportTo(fixture.folder().pathOf("r")), {}));
        const auto sides = sidesOf(fixture.folder(), "r");
        for (int i = 0; i < kPairs; ++i)
            QCOMPARE(sides.at(fixture.imageName(2 * i, "1", 0)), sides.at(fixture.imageName(2 * i + 1, "1", 0)));
        // Losers tie, and are not in the release.
        QCOMPARE(receipt.written.images, std::int64_t{2 * kPairs});
        QCOMPARE(receipt.preview.bySide.at(0), std::int64_t{kPairs});
    }

    void relativesOfAPublishedImageFollowItWithoutTheCache()
    {
        const ProjectFixture fixture;
        fixture.addFile("a.png", picture(1));
        fixture.addFile("b.png", picture(2));
        {
            const auto session = fixture.open();
            decideGroup(*session, "a.png", approve());
            decideGroup(*session, "b.png", approve());
            must(exportRelease(*session, *m_images, splitRequest(ExportFormat::Yolo, kAllTest),
                               exportTo(fixture.folder().pathOf("first")), {}));
        }
        fs::remove_all(fixture.folder().pathOf("cache"));
        QVERIFY(fs::remove(fixture.pathInImages("a.png")));
        QVERIFY(fs::remove(fixture.pathInImages("b.png")));
        fixture.addFile("copies/A.jpeg", picture(3)); // the stem of one
        fixture.addFile("like_b.png", nearDuplicate(2));
        fixture.addFile("unrelated.png", picture(4)); // the control
        const auto session = fixture.open();
        for (const char* name : {"A.jpeg", "like_b", "unrelated"})
            decideGroup(*session, name, approve());
        must(exportRelease(*session, *m_images, splitRequest(ExportFormat::Yolo, kAllTrain),
                           exportTo(fixture.folder().pathOf("second")), {}));
        const std::map<std::string, std::string> expected{
            {"A.png", "test"}, {"like_b.png", "test"}, {"unrelated.png", "train"}};
        QCOMPARE(sidesOf(fixture.folder(), "second"), expected);
    }

    void anEditedImageKeepsItsSide()
    {
        const ProjectFixture fixture;
        fixture.addFile("a.png", picture(1));
        fixture.addFile("loser/20250101_000000_stage1_x.png", picture(5));
        fixture.addFile("loser/20250101_000001_stage2_x.png", picture(6));
        const ExportRequest first = splitRequest(ExportFormat::Jsonl, kAllTest);
        {
            const auto session = fixture.open();
            decideGroup(*session, "a.png", approve());
            decideGroup(*session, "stage1", approve(0));
            must(exportRelease(*session, *m_images, first, exportTo(fixture.folder().pathOf("first")), {}));
        }
        fs::remove_all(fixture.folder().pathOf("cache"));
        fixture.addFile("a.png", picture(7)); // saved again by another program
        fixture.addFile("loser/20250101_000000_stage1_x.png", picture(8));
        fixture.addFile("like_the_loser.png", nearDuplicate(6));
        fixture.addFile("unrelated.png", picture(9)); // the control
        const auto session = fixture.open();
        decideGroup(*session, "like_the_loser", approve());
        decideGroup(*session, "unrelated", approve());
        ExportRequest second = splitRequest(ExportFormat::Jsonl, kAllTrain);
        must(exportRelease(*session, *m_images, second, exportTo(fixture.folder().pathOf("second")), {}));
        const std::map<std::string, std::string> expected{{"a.png", "test"},
                                                          {"20250101_000000_stage1_x.png", "test"},
                                                          {"like_the_loser.png", "test"},
                                                          {"unrelated.png", "train"}};
        QCOMPARE(sidesOf(fixture.folder(), "second"), expected);
    }

private:
    std::unique_ptr<ImageService> m_images;
};

QTEST_GUILESS_MAIN(TestReleaseRelatives)
#include "tst_release_relatives.moc"
