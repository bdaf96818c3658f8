// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/exchange/tar_writer.h"
#include "tests/core/exchange/media_helpers.h"
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"
#include "tests/support/release_doubles.h"
#include "tests/support/small_disk.h"

#include <QObject>

#include <sys/stat.h>

using namespace ps;
using namespace ps::test;

namespace {

// Writes photographs as cameras and image generators do, with a place, texts and a thumbnail.
constexpr const char* kWriteWithMetadata = R"(
import sys
from PIL import Image
from PIL.PngImagePlugin import PngInfo
folder = sys.argv[1]
image = Image.new("RGB", (96, 64))
image.putdata([((x * 2) % 256, (y * 3) % 256, (x + y) % 256) for y in range(64) for x in range(96)])
exif = Image.Exif()
exif[271] = "Kamera SECRET"
exif[305] = "SECRET software"
exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 13.5), 3: "E", 4: (11.0, 34.0, 31.5)})
exif[0x8825] = exif.get_ifd(0x8825)
xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET</x:xmpmeta>"
image.save(folder + "/a.jpg", quality=90, exif=exif, comment=b"SECRET")
text = PngInfo()
text.add_text("parameters", "SECRET prompt")
text.add_text("zipped", "SECRET " * 50, zip=True)
text.add_itxt("XML:com.adobe.xmp", xmp.decode())
image.save(folder + "/b.png", pnginfo=text, exif=exif, dpi=(72, 72))
image.save(folder + "/c.webp", lossless=True, exif=exif, xmp=xmp)
image.save(folder + "/d.tif", tiffinfo={270: "SECRET", 305: "SECRET", 700: xmp}, exif=exif)
exif[274] = 6
image.save(folder + "/e.jpg", quality=90, exif=exif, subsampling=0)
)";

// What Pillow finds beside the pixels, and a hash of the pixels.
constexpr const char* kRead = R"(
import hashlib, json, sys
from PIL import Image
found = []
for path in sys.argv[1:]:
    image = Image.open(path)
    image.load()
    exif = image.getexif()
    texts = sorted(k for k in image.info if k in ("exif", "comment", "xmp", "parameters", "zipped", "XML:com.adobe.xmp"))
    tags = sorted(k for k in (271, 305, 0x8825, 270, 700) if k in exif)
    found.append([image.format, list(image.size), texts, tags, exif.get(274, 1), hashlib.sha256(image.convert("RGB").tobytes()).hexdigest()])
print(json.dumps(found))
)";

Json readByPillow(const std::vector<std::string>& paths)
{
    return must(parseJson(runDebianPython(kRead, paths)));
}

std::string textOf(const Json& value)
{
    return dumpJson(value);
}

/// Calls `meddle` when the bytes of an image are about to be copied, after everything has looked at it.
class MeddlingSink final : public ReleaseSink
{
public:
    MeddlingSink(ReleaseSink& inner, std::function<void()> meddle) : m_inner(inner), m_meddle(std::move(meddle)) {}
    Result<void> beginFile(std::string_view path) override { return m_inner.beginFile(path); }
    Result<void> write(std::string_view bytes) override
    {
        m_meddle();
        return m_inner.write(bytes);
    }
    Result<void> endFile() override { return m_inner.endFile(); }
    Result<void> copyFile(std::string_view path, int fromFd, std::stop_token stop) override
    {
        m_meddle();
        return m_inner.copyFile(path, fromFd, stop);
    }
    Result<UniqueFd> scratchFile() override { return m_inner.scratchFile(); }
    Result<void> finish() override { return m_inner.finish(); }

private:
    ReleaseSink& m_inner;
    std::function<void()> m_meddle;
};

} // namespace

class TestReleaseMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_service.reset(); }
    void metadataGoesUnlessItIsKept();
    void cleanFilesAreCopiedOrLinked();
    void cropsAreCutOrLeftToBoxes();
    void aCropOfEverythingIsACopy();
    void aChangedFileIsAConflict();
    void aFileThatChangesWhileItIsCopiedIsAConflict_data();
    void aFileThatChangesWhileItIsCopiedIsAConflict();
    void aBadFileLeavesTheSinkUsable();
    void goesIntoShardsToo();
    void sameBytesEveryTime();
    void stopsWhenAskedTo();
    void fullDiskIsAnError();

private:
    TempFolder m_originals;
    std::unique_ptr<ImageService> m_service;
};

void TestReleaseMedia::initTestCase()
{
    runDebianPython(kWriteWithMetadata, {m_originals.path()});
    m_originals.write("clean.jpg", encodedAs(ImageFormat::Jpeg, squaresRaster({80, 48})));
    m_service = startImageService();
}

void TestReleaseMedia::metadataGoesUnlessItIsKept()
{
    const std::vector<std::string> names{"a.jpg", "b.png", "c.webp", "d.tif", "e.jpg"};
    std::vector<std::string> originals;
    for (const std::string& name : names)
        originals.push_back(m_originals.pathOf(name));
    const Json before = readByPillow(originals);

    for (const bool keepsMetadata : {false, true}) {
        const TempFolder folder;
        const auto sink = folderSinkIn(folder);
        ReleaseMedia media(*m_service, CropMode::Boxes, keepsMetadata);
        std::vector<std::string> paths;
        for (const std::string& name : names) {
            const ReleaseImage image = releaseImage(m_originals, name);
            const MediaReport report = must(media.put(image, "images/" + name, *sink, {}));
            QVERIFY(report.size == image.size && !report.isCut && !report.isReencoded);
            QCOMPARE(report.lostMetadata, !keepsMetadata);
            paths.push_back(folder.pathOf("images/" + name));
        }
        PS_CHECK_OK(sink->finish());
        const Json after = readByPillow(paths);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const Json::Array& was = before.items()[i].items();
            const Json::Array& is = after.items()[i].items();
            const std::string file = textOf(after.items()[i]);
            QVERIFY2(was[2].items().size() + was[3].items().size() > 0, file.c_str()); // the control
            QVERIFY2(was[0] == is[0], file.c_str());
            QVERIFY2(is[4].toInteger() == 1, file.c_str());
            QCOMPARE(m_originals.read(names[i]).find("SECRET") != std::string::npos, true);
            if (keepsMetadata) {
                QVERIFY2(was[2] == is[2] && was[3] == is[3], file.c_str());
            } else {
                QVERIFY2(is[2].items().empty() && is[3].items().empty(), file.c_str());
                QVERIFY(folder.read("images/" + names[i]).find("SECRET") == std::string::npos);
            }
            if (names[i] == "e.jpg") // turned
                QVERIFY(is[1] == Json(Json::Array{Json(std::int64_t{64}), Json(std::int64_t{96})}));
            else
                QVERIFY2(was[5] == is[5], file.c_str());
        }
    }
}

void TestReleaseMedia::cleanFilesAreCopiedOrLinked()
{
    const auto inode = [](const std::string& path) {
        struct stat status{};
        return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
    };
    for (const bool hardLinks : {false, true}) {
        const TempFolder folder;
        const auto sink = folderSinkIn(folder, {.hardLinks = hardLinks});
        ReleaseMedia media(*m_service, CropMode::Applied, false);
        PS_CHECK_OK(media.put(releaseImage(m_originals, "clean.jpg"), "clean.jpg", *sink, {}));
        PS_CHECK_OK(media.put(releaseImage(m_originals, "a.jpg"), "a.jpg", *sink, {}));
        QVERIFY(folder.read("clean.jpg") == m_originals.read("clean.jpg"));
        QCOMPARE(inode(folder.pathOf("clean.jpg")) == inode(m_originals.pathOf("clean.jpg")), hardLinks);
        // Bytes change, so that a link would change the original.
        QVERIFY(inode(folder.pathOf("a.jpg")) != inode(m_originals.pathOf("a.jpg")));
    }
}

void TestReleaseMedia::cropsAreCutOrLeftToBoxes()
{
    const ReleaseImage image = releaseImage(m_originals, "e.jpg", Crop{0.25, 0.125, 0.75, 0.5});
    QVERIFY(image.size == (ImageSize{64, 96}));
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    ReleaseMedia applied(*m_service, CropMode::Applied, true);
    const MediaReport cut = must(applied.put(image, "cut.jpg", *sink, {}));
    QVERIFY(cut.isCut && cut.size == (ImageSize{32, 36}) && applied.sizeOf(image) == cut.size);
    ReleaseMedia boxes(*m_service, CropMode::Boxes, false);
    const MediaReport whole = must(boxes.put(image, "whole.jpg", *sink, {}));
    QVERIFY(!whole.isCut && whole.size == image.size && boxes.sizeOf(image) == image.size);
    const Json found = readByPillow({folder.pathOf("cut.jpg"), folder.pathOf("whole.jpg")});
    QCOMPARE(textOf(found.items()[0].items()[1]), std::string("[32, 36]"));
    QCOMPARE(textOf(found.items()[1].items()[1]), std::string("[64, 96]"));
    // Nothing of a camera goes into a cut, whatever was asked for.
    QVERIFY(folder.read("cut.jpg").find("SECRET") == std::string::npos);
}

void TestReleaseMedia::aCropOfEverythingIsACopy()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    ReleaseMedia media(*m_service, CropMode::Applied, false);
    const MediaReport report = must(media.put(releaseImage(m_originals, "clean.jpg", Crop{}), "a.jpg", *sink, {}));
    QVERIFY(!report.isCut && !report.isReencoded);
    QVERIFY(folder.read("a.jpg") == m_originals.read("clean.jpg"));
}

void TestReleaseMedia::aChangedFileIsAConflict()
{
    const TempFolder originals;
    const TempFolder folder;
    originals.write("a.jpg", m_originals.read("clean.jpg"));
    ReleaseImage image = releaseImage(originals, "a.jpg");
    const auto sink = folderSinkIn(folder);
    ReleaseMedia media(*m_service, CropMode::Boxes, false);
    originals.write("a.jpg", encodedAs(ImageFormat::Jpeg, squaresRaster({82, 48})));
    PS_CHECK_ERROR(ErrorCode::Conflict, media.put(image, "a.jpg", *sink, {}));
    image = releaseImage(originals, "a.jpg");
    image.size = {80, 48}; // the same file, but another size was decided on
    PS_CHECK_ERROR(ErrorCode::Conflict, media.put(image, "a.jpg", *sink, {}));
    image.place.reset();
    PS_CHECK_ERROR(ErrorCode::NotFound, media.put(image, "a.jpg", *sink, {}));
    image = releaseImage(originals, "a.jpg");
    PS_CHECK_OK(media.put(image, "a.jpg", *sink, {}));
}

void TestReleaseMedia::aFileThatChangesWhileItIsCopiedIsAConflict_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::newRow("a file of its own") << ExportFormat::Coco;
    QTest::newRow("in a shard") << ExportFormat::WebDataset;
}

/// Another program saves the picture again after the workers looked at it: their look says nothing about the new bytes.
void TestReleaseMedia::aFileThatChangesWhileItIsCopiedIsAConflict()
{
    QFETCH(const ExportFormat, format);
    for (const bool isChanged : {false, true}) {
        const TempFolder originals;
        originals.write("a.jpg", m_originals.read("clean.jpg"));
        MemorySink memory;
        MeddlingSink sink(memory, [&] {
            if (isChanged)
                originals.write("a.jpg", std::string(originals.read("clean.jpg").size(), 'x'));
        });
        originals.write("clean.jpg", m_originals.read("clean.jpg"));
        ReleaseMedia media(*m_service, CropMode::Boxes, false);
        FormatContext context = contextFor(format, sink, &media);
        const auto writer = must(makeFormatWriter(std::move(context)));
        must(writer->begin());
        ReleaseGroup group = GroupMaker{.imageCount = 1}.make(1);
        group.images = {releaseImage(originals, "a.jpg")};
        if (isChanged)
            PS_CHECK_ERROR(ErrorCode::Conflict, writer->add(group));
        else // the control
            PS_CHECK_OK(writer->add(group));
    }
}

void TestReleaseMedia::aBadFileLeavesTheSinkUsable()
{
    const TempFolder originals;
    const TempFolder folder;
    const std::string whole = m_originals.read("clean.jpg");
    originals.write("cut.jpg", whole.substr(0, whole.size() - 20));
    const auto sink = folderSinkIn(folder);
    ReleaseMedia media(*m_service, CropMode::Boxes, false);
    PS_CHECK_ERROR(ErrorCode::Corrupt, media.put(releaseImage(originals, "cut.jpg"), "cut.jpg", *sink, {}));
    PS_CHECK_OK(media.put(releaseImage(m_originals, "clean.jpg"), "clean.jpg", *sink, {}));
    PS_CHECK_OK(sink->finish());
}

void TestReleaseMedia::goesIntoShardsToo()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    ReleaseMedia media(*m_service, CropMode::Applied, false);
    PS_CHECK_OK(sink->beginFile("train-000000.tar"));
    TarWriter shard(*sink);
    for (const std::string name : {"clean.jpg", "b.png"}) {
        const ReleaseMedia::Prepared prepared = must(media.prepare(releaseImage(m_originals, name), *sink, {}));
        PS_CHECK_OK(shard.addEntry(name, prepared.file.get(), prepared.sizeBytes));
    }
    PS_CHECK_OK(shard.finish());
    PS_CHECK_OK(sink->finish());
    const std::string names = runDebianPython(
        "import sys, tarfile, io\nfrom PIL import Image\n"
        "with tarfile.open(sys.argv[1]) as t:\n"
        "    print([(e.name, Image.open(io.BytesIO(t.extractfile(e).read())).size) for e in t])",
        {folder.pathOf("train-000000.tar")});
    QCOMPARE(std::string(trimmed(names)), std::string("[('clean.jpg', (80, 48)), ('b.png', (96, 64))]"));
}

void TestReleaseMedia::sameBytesEveryTime()
{
    std::vector<std::vector<ReleaseFile>> runs(2);
    for (std::vector<ReleaseFile>& files : runs) {
        const TempFolder folder;
        const auto sink = zipSinkAt(folder.pathOf("a.zip"));
        recordFiles(*sink, files);
        ReleaseMedia media(*m_service, CropMode::Applied, false);
        for (const std::string name : {"a.jpg", "b.png", "c.webp", "d.tif", "e.jpg"}) {
            PS_CHECK_OK(media.put(releaseImage(m_originals, name), "whole/" + name, *sink, {}));
            PS_CHECK_OK(media.put(releaseImage(m_originals, name, Crop{0.1, 0.1, 0.9, 0.8}), "cut/" + name, *sink, {}));
        }
        PS_CHECK_OK(sink->finish());
        files.push_back({"archive", 0, sha256Hex(folder.read("a.zip"))});
    }
    QCOMPARE(runs[0].size(), 11U);
    for (std::size_t i = 0; i < runs[0].size(); ++i)
        QCOMPARE(runs[0][i].sha256, runs[1][i].sha256);
}

void TestReleaseMedia::stopsWhenAskedTo()
{
    const TempFolder folder;
    const auto sink = folderSinkIn(folder);
    ReleaseMedia media(*m_service, CropMode::Boxes, false);
    std::stop_source source;
    source.request_stop();
    PS_CHECK_ERROR(ErrorCode::Cancelled,
                   media.put(releaseImage(m_originals, "a.jpg"), "a.jpg", *sink, source.get_token()));
}

void TestReleaseMedia::fullDiskIsAnError()
{
    const SmallDisk disk(std::size_t{1} << 20);
    QVERIFY(disk.isMounted());
    const TempFolder originals;
    originals.write("noise.png", withPngChunk(encodedAs(ImageFormat::Png, noiseRaster({800, 700})),
                                              pngChunk("tEXt", std::string_view("a\0b", 3))));
    const auto sink = must(openFolderSink(must(openFolder(disk.path()))));
    ReleaseMedia media(*m_service, CropMode::Boxes, false);
    PS_CHECK_ERROR(ErrorCode::NoSpace, media.put(releaseImage(originals, "noise.png"), "a.png", *sink, {}));
    // With room it works: nothing of the first attempt stays behind.
    PS_CHECK_OK(media.put(releaseImage(m_originals, "b.png"), "b.png", *sink, {}));
}

QTEST_GUILESS_MAIN(TestReleaseMedia)
#include "tst_release_media.moc"
