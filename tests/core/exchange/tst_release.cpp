// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/exchange/release_store.h"
#include "core/exchange/split_leaks.h"
#include "tests/core/exchange/release_helpers.h"
#include "tests/support/images.h"

#include <QTest>

#include <set>

using namespace ps;
using namespace ps::test;

namespace {

namespace fs = std::filesystem;

std::string picture(int number)
{
    return encodedAs(ImageFormat::Png, noiseRaster({64 + number, 48 + 3 * number}));
}

/// Ten photographs, each another one; all are kept.
ProjectFixture photographs()
{
    ProjectFixture fixture;
    for (int i = 0; i < 10; ++i)
        fixture.addSingle("photo" + std::to_string(i) + ".png");
    for (int i = 0; i < 10; ++i)
        fixture.addFile("photo" + std::to_string(i) + ".png", picture(i));
    const auto session = fixture.open();
    for (int i = 0; i < 10; ++i)
        decideGroup(*session, "photo" + std::to_string(i), approve());
    return fixture;
}

/// Approval, crop, crop later and reject.
ProjectFixture rows()
{
    ProjectFixture fixture;
    for (int i = 1; i <= 5; ++i)
        fixture.addGroup(i, {"1", "2"});
    const auto session = fixture.open();
    decideGroup(*session, ProjectFixture::stamp(1), approve(1));
    decideGroup(*session, ProjectFixture::stamp(2), crop(Crop{0.1, 0.1, 0.9, 0.9}));
    decideGroup(*session, ProjectFixture::stamp(3), crop(std::nullopt));
    decideGroup(*session, ProjectFixture::stamp(4), reject());
    return fixture;
}

std::string sideOf(const std::string& release, const std::string& stem)
{
    for (const char* side : {"train", "val", "test"}) {
        if (fs::exists(release + "/images/" + side + "/" + stem + ".png"))
            return side;
    }
    return "";
}

/// Replaces an image file that a stopped export left, and what its journal says of it.
void plantLeftover(const TempFolder& folder, const std::string& path, const std::string& bytes)
{
    std::string temporary;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        if (const std::string name = entry.path().filename(); entry.is_directory() && name.starts_with("."))
            temporary = name;
    }
    const std::string before = sha256Hex(folder.read(temporary + "/" + path));
    folder.write(temporary + "/" + path, bytes);
    std::string journal = folder.read(temporary + ".journal");
    journal.replace(journal.find(before), before.size(), sha256Hex(bytes));
    folder.write(temporary + ".journal", journal);
}

} // namespace

class TestRelease : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_images = startImageService(); }

    void rowsGoOutWithCountsThatReconcile()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const std::string target = fixture.folder().pathOf("out");
        const auto receipt = must(
            exportRelease(*session, *m_images, requestFor(ExportFormat::Jsonl), exportTo(target), {}));
        QCOMPARE(receipt.preview.exported, std::int64_t{4});
        QCOMPARE(receipt.preview.inView, accountedFor(receipt.preview));
        QVERIFY(problemPaths(target).empty());
        const auto releases = must(listReleases(*session));
        QCOMPARE(releases.size(), std::size_t{1});
        QCOMPARE(releases.front().name, receipt.name);
        // The query names undecided ones too, and they are accounted for.
        ExportRequest everything = requestFor(ExportFormat::Jsonl);
        everything.query = "kind:group";
        const auto preview = must(previewRelease(*session, *m_images, everything, exportTo(""), {}));
        QCOMPARE(preview.inView, std::int64_t{5});
        QCOMPARE(preview.excluded.at("undecided"), std::int64_t{1});
        QCOMPARE(preview.inView, accountedFor(preview));
    }

    void cropsLeaveOutWhatIsNoCrop()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const auto preview = must(
            previewRelease(*session, *m_images, requestFor(ExportFormat::Crops), exportTo(""), {}));
        QCOMPARE(preview.exported, std::int64_t{1});
        QCOMPARE(preview.excluded,
                 (std::map<std::string, std::int64_t>{{"crop later", 1}, {"no crop", 1}, {"rejected", 1}}));
    }

    void twoExportsAreTheSameBytes_data()
    {
        QTest::addColumn<QString>("format");
        for (const char* format : {"jsonl", "csv", "yolo", "coco", "yolo-cls", "imagefolder"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }
    void twoExportsAreTheSameBytes()
    {
        QFETCH(const QString, format);
        const auto session = m_photographs.open();
        ExportRequest request = requestFor(must(parseExportFormat(format.toStdString())));
        if (exportFormatInfo(request.format).hasSides)
            request.split = SplitShares{{0.5, 0.3, 0.2}};
        const TempFolder first;
        const TempFolder second;
        const auto one = must(exportRelease(*session, *m_images, request, exportTo(first.pathOf("a")), {}));
        const auto two = must(exportRelease(*session, *m_images, request, exportTo(second.pathOf("elsewhere")), {}));
        QCOMPARE(differences(takeCensus(first.pathOf("a")), takeCensus(second.pathOf("elsewhere"))), std::string());
        QCOMPARE(one.manifestSha256, two.manifestSha256);
        const auto zipped = must(exportRelease(*session, *m_images, request, exportTo(first.pathOf("a.zip")), {}));
        must(exportRelease(*session, *m_images, request, exportTo(second.pathOf("b.zip")), {}));
        QVERIFY(first.read("a.zip") == second.read("b.zip"));
        QCOMPARE(zipped.manifestSha256, one.manifestSha256);
        QCOMPARE(must(listReleases(*session)).back().name, one.name); // stored once
    }

    void oneFlippedBitIsFound()
    {
        const auto session = m_photographs.open();
        const TempFolder folder;
        const std::string target = folder.pathOf("r");
        must(exportRelease(*session, *m_images, requestFor(ExportFormat::Yolo), exportTo(target), {}));
        QVERIFY(problemPaths(target).empty()); // the control
        for (const auto& [path, what] : takeCensus(target)) {
            if (!what.starts_with("file") || what.starts_with("file 0 "))
                continue;
            const auto size = static_cast<std::int64_t>(fs::file_size(target + "/" + path));
            constexpr std::int64_t kEndBytes = 90; // of the manifest: its own hash, which nothing else watches over
            const std::int64_t step = std::max<std::int64_t>(size / 5, 1);
            for (std::int64_t at = size - 1; at >= 0; at -= path == kManifestName && at > size - kEndBytes ? 1 : step) {
                flipBit(target + "/" + path, at);
                QCOMPARE(problemPaths(target), std::vector<std::string>{path});
                flipBit(target + "/" + path, at);
            }
        }
        QVERIFY(problemPaths(target).empty());
        fs::remove(target + "/data.yaml");
        folder.write("r/more.txt", "x");
        QCOMPARE(problemPaths(target), (std::vector<std::string>{"data.yaml", "more.txt"}));
    }

    void anyFlippedBitOfAZipIsFound()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const TempFolder folder;
        const std::string target = folder.pathOf("r.zip");
        must(exportRelease(*session, *m_images, requestFor(ExportFormat::Jsonl), exportTo(target), {}));
        QVERIFY(problemPaths(target).empty()); // the control
        const auto size = static_cast<std::int64_t>(fs::file_size(target));
        std::vector<std::int64_t> missed;
        for (std::int64_t at = 0; at < size; at += 7) {
            flipBit(target, at);
            const auto verdict = verifyRelease(target, {});
            if (verdict && verdict->problems.empty())
                missed.push_back(at);
            flipBit(target, at);
        }
        // Only what a packer guesses may differ: whether an entry looks like text.
        QVERIFY2(missed.size() < 4, std::to_string(missed.size()).c_str());
    }

    void aLeakIsRefusedWithItsChain()
    {
        const ProjectFixture fixture = photographs();
        const TempFolder folder;
        ExportRequest request = requestFor(ExportFormat::Yolo);
        request.split = SplitShares{{0.5, 0.5, 0}};
        std::string onTrain;
        std::string onVal;
        {
            const auto session = fixture.open();
            must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("first")), {}));
        }
        for (int i = 0; i < 10; ++i) {
            const std::string stem = "photo" + std::to_string(i);
            (sideOf(folder.pathOf("first"), stem) == "train" ? onTrain : onVal) = stem;
        }
        QVERIFY(!onTrain.empty() && !onVal.empty());
        // The stem of one, and the bytes of the other: published on both sides at once.
        fixture.addFile("copies/" + onTrain + ".jpeg", picture(onVal.back() - '0'));
        const auto session = fixture.open();
        must(session->refresh({}, {}));
        decideGroup(*session, onTrain + ".jpeg", approve());
        const auto refused = exportRelease(*session, *m_images, request, exportTo(folder.pathOf("second")), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Refused);
        const std::string chain = "photos/" + onTrain + ".png (train) -[companion]- photos/copies/" + onTrain +
                                  ".jpeg (val)";
        QVERIFY2(refused.error().message.find(chain) != std::string::npos, refused.error().message.c_str());
        QVERIFY(takeCensus(folder.path(), {"first"}).empty()); // not even something temporary
        request.split.reset();                                 // the control
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("second")), {}));
    }

    void aPublishedImageKeepsItsSide()
    {
        const ProjectFixture fixture = photographs();
        const TempFolder folder;
        ExportRequest request = requestFor(ExportFormat::Yolo);
        request.split = SplitShares{{0.5, 0.3, 0.2}};
        {
            const auto session = fixture.open();
            must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("first")), {}));
        }
        for (int i = 10; i < 20; ++i)
            fixture.addFile("photo" + std::to_string(i) + ".png", picture(i));
        const auto session = fixture.open();
        must(session->refresh({}, {}));
        for (int i = 10; i < 20; ++i)
            decideGroup(*session, "photo" + std::to_string(i), approve());
        request.seed = 99;
        request.split = SplitShares{{0, 0, 1}};
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("second")), {}));
        for (int i = 0; i < 10; ++i) {
            const std::string stem = "photo" + std::to_string(i);
            QCOMPARE(sideOf(folder.pathOf("second"), stem), sideOf(folder.pathOf("first"), stem));
        }
        QCOMPARE(sideOf(folder.pathOf("second"), "photo15"), std::string("test"));
        const ReleaseDiff diff = must(diffReleases(folder.pathOf("first"), folder.pathOf("second"), {}));
        QCOMPARE(diff.counts.at("added"), std::int64_t{10});
        QCOMPARE(diff.counts.at("moved"), std::int64_t{0});
        QCOMPARE(diff.unchanged, std::int64_t{10});
    }

    void filesThatAreNotAsTheyWereAreLeftOutAndCounted()
    {
        const ProjectFixture fixture = photographs();
        QVERIFY(fs::remove(fixture.pathInImages("photo1.png")));
        fixture.addFile("photo2.png", picture(12));
        fixture.addFile("photo10.png", "broken, as no picture is");
        const auto session = fixture.open();
        must(session->refresh({}, {}));
        ExportRequest request = requestFor(ExportFormat::Coco);
        const TempFolder folder;
        const auto receipt = must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("r")), {}));
        QCOMPARE(receipt.preview.exported, std::int64_t{8});
        QCOMPARE(receipt.preview.excluded,
                 (std::map<std::string, std::int64_t>{{"file changed", 1}, {"file missing", 1}}));
        request.checkRules.clear(); // a missing file blocks unless it is allowed
        PS_CHECK_ERROR(ErrorCode::Refused,
                       exportRelease(*session, *m_images, request, exportTo(folder.pathOf("s")), {}));
        QVERIFY(!fs::exists(folder.pathOf("s")));
    }

    void nothingIsReplaced()
    {
        const auto session = m_photographs.open();
        const TempFolder folder;
        folder.write("there/file", "mine");
        folder.write("there.zip", "mine");
        const auto before = takeCensus(folder.path());
        for (const char* name : {"there", "there.zip"})
            PS_CHECK_ERROR(ErrorCode::AlreadyExists, exportRelease(*session, *m_images, requestFor(ExportFormat::Jsonl),
                                                                   exportTo(folder.pathOf(name)), {}));
        PS_CHECK_ERROR(ErrorCode::NotFound, exportRelease(*session, *m_images, requestFor(ExportFormat::Jsonl),
                                                          exportTo(folder.pathOf("no/such/place")), {}));
        QCOMPARE(differences(before, takeCensus(folder.path())), std::string());
    }

    void aNameBelongsToOneContent()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const TempFolder folder;
        ExportRequest request = requestFor(ExportFormat::Jsonl);
        request.name = "mine";
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("a")), {}));
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("b")), {}));
        decideGroup(*session, ProjectFixture::stamp(5), approve(0));
        PS_CHECK_ERROR(ErrorCode::AlreadyExists,
                       exportRelease(*session, *m_images, request, exportTo(folder.pathOf("c")), {}));
        request.name = "../mine";
        PS_CHECK_ERROR(ErrorCode::InvalidInput,
                       exportRelease(*session, *m_images, request, exportTo(folder.pathOf("c")), {}));
    }

    void aStoppedExportGoesOnWhereItWas()
    {
        const auto session = m_photographs.open();
        const TempFolder folder;
        const std::string target = folder.pathOf("r");
        std::stop_source stop;
        ExportOptions options = exportTo(target);
        options.onProgress = [&stop](const ExportProgress& progress) {
            if (progress.phase == "verify")
                stop.request_stop();
        };
        const ExportRequest request = requestFor(ExportFormat::Yolo);
        PS_CHECK_ERROR(ErrorCode::Cancelled, exportRelease(*session, *m_images, request, options, stop.get_token()));
        QVERIFY(!fs::exists(target));
        QVERIFY(!takeCensus(folder.path()).empty()); // it lies there for the next attempt
        must(exportRelease(*session, *m_images, request, exportTo(target), {}));
        QVERIFY(problemPaths(target).empty());
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("whole")), {})); // the control
        QCOMPARE(differences(takeCensus(target), takeCensus(folder.pathOf("whole"))), std::string());
        QCOMPARE(takeCensus(folder.path(), {"r", "whole"}), Census());
    }

    void whatAnotherVersionMadeIsMadeAgain()
    {
        const auto session = m_photographs.open();
        for (const bool isSameTool : {true, false}) {
            const TempFolder folder;
            std::stop_source stop;
            ExportOptions options = exportTo(folder.pathOf("r"));
            options.onProgress = [&stop](const ExportProgress& progress) {
                if (progress.phase == "verify")
                    stop.request_stop();
            };
            ExportRequest request = requestFor(ExportFormat::Yolo);
            request.name = isSameTool ? "same" : "another";
            PS_CHECK_ERROR(ErrorCode::Cancelled,
                           exportRelease(*session, *m_images, request, options, stop.get_token()));
            plantLeftover(folder, "images/train/photo1.png", "planted");
            options = exportTo(folder.pathOf("r"));
            options.tool = isSameTool ? options.tool : "proofsheet another test";
            must(exportRelease(*session, *m_images, request, options, {}));
            // With the same program the control: a leftover that the journal names is used.
            QCOMPARE(folder.read("r/images/train/photo1.png") == "planted", isSameTool);
        }
    }

    void aViewerPublishesWithoutASplitOnly()
    {
        const auto session = m_photographs.open(false);
        const TempFolder folder;
        ExportRequest request = requestFor(ExportFormat::Jsonl);
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("a")), {}));
        request.split = SplitShares{};
        PS_CHECK_ERROR(ErrorCode::ReadOnly,
                       exportRelease(*session, *m_images, request, exportTo(folder.pathOf("b")), {}));
    }

    void reDecidedAndReCroppedAreTold()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const TempFolder folder;
        const ExportRequest request = requestFor(ExportFormat::Jsonl);
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("a.zip")), {}));
        decideGroup(*session, ProjectFixture::stamp(1), reject());
        decideGroup(*session, ProjectFixture::stamp(2), crop(Crop{0.1, 0.1, 0.5, 0.9}));
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("b")), {}));
        const ReleaseDiff diff = must(diffReleases(folder.pathOf("a.zip"), folder.pathOf("b"), {}));
        QCOMPARE(diff.counts.at("re-decided"), std::int64_t{1});
        QCOMPARE(diff.counts.at("re-cropped"), std::int64_t{1});
        QCOMPARE(diff.unchanged, std::int64_t{2});
        QCOMPARE(*diff.changes.front().iou, 0.5);
    }

    void aReCroppedGroupMayHoldAnotherFileToo()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const TempFolder folder;
        ExportRequest request = requestFor(ExportFormat::Jsonl);
        request.split = SplitShares{};
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("a")), {}));
        decideGroup(*session, ProjectFixture::stamp(2), crop(Crop{0.1, 0.1, 0.5, 0.9}));
        fixture.addFile(ProjectFixture::imageName(2, "1", 0), "another picture");
        must(exportRelease(*session, *m_images, request, exportTo(folder.pathOf("b")), {}));
        const ReleaseDiff diff = must(diffReleases(folder.pathOf("a"), folder.pathOf("b"), {}));
        const std::map<std::string, std::int64_t> expected{
            {"added", 1}, {"moved", 0}, {"re-cropped", 1}, {"re-decided", 0}, {"removed", 1}};
        QCOMPARE(diff.counts, expected);
    }

    void whatChangesMeanwhileIsNotInIt()
    {
        const ProjectFixture fixture = rows();
        const auto session = fixture.open();
        const TempFolder folder;
        bool isDone = false;
        ExportOptions options = exportTo(folder.pathOf("a"));
        options.onProgress = [&](const ExportProgress& progress) {
            if (progress.phase == "write" && !isDone) {
                isDone = true;
                decideGroup(*session, ProjectFixture::stamp(4), approve(0));
                decideGroup(*session, ProjectFixture::stamp(5), approve(0));
            }
        };
        const auto receipt = must(exportRelease(*session, *m_images, requestFor(ExportFormat::Jsonl), options, {}));
        QVERIFY(isDone);
        QCOMPARE(receipt.preview.exported, std::int64_t{4});
        QCOMPARE(receipt.preview.byAction.at("reject"), std::int64_t{1}); // one state
        QVERIFY(problemPaths(folder.pathOf("a")).empty());
    }

private:
    std::unique_ptr<ImageService> m_images;
    ProjectFixture m_photographs = photographs();
};

QTEST_GUILESS_MAIN(TestRelease)
#include "tst_release.moc"
