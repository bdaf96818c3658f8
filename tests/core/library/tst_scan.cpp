// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/library/scan.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>
#include <set>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const std::vector<std::string>& oddNames()
{
    static const std::vector<std::string> names{
        "plain.png",
        "UPPER.PNG",
        "MiXeD.JpEg",
        "photo.JPG",
        "p.webp",
        "p.tif",
        "p.TIFF",
        "p.bmp",
        "caf\xE9.png",      // Latin-1
        "\xFF\xFE.png",     // no UTF-8 at all
        "caf\xC3\xA9.png",  // composed
        "cafe\xCC\x81.png", // the same to the eye, decomposed
        "new\nline.png",
        "tab\t.png",
        "bell\a.png",
        "back\\slash.png",
        "quote\"s'.png",
        "semi;colon.png",
        "$HOME.png",
        "`id`.png",
        "=SUM(A1).png",
        "-rf.png",
        "+1.png",
        "@at.png",
        " leading.png",
        "trailing .png",
        "dot..png",
        "a.b.c.png",
        "#hash?.png",
        "\xE2\x80\xAEgpj.png",                  // right-to-left override
        "\xF0\x9F\x98\x80\xF0\x9F\x91\x8D.png", // emoji
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D.png", // Hebrew
        "CON.png",
        "nul.png",
        "%41.png",
        std::string(251, 'n') + ".png",
        "_underscore.png",
    };
    return names;
}

std::set<std::string> pathsOf(const ScanResult& result)
{
    std::set<std::string> paths;
    for (const ScannedImage& image : result.images)
        paths.insert(image.path);
    return paths;
}

std::string skippedText(const ScanResult& result)
{
    std::set<std::string> lines;
    for (const SkippedEntry& entry : result.skipped)
        lines.insert(entry.path + ": " + std::string(skipReasonName(entry.reason)));
    return join({lines.begin(), lines.end()}, ", ");
}

ScanResult scan(const TempFolder& folder, ScanOptions options = {})
{
    return must(scanImages(folder.handle()->get(), options, {}));
}

} // namespace

class TestScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOfAnyBytesAreFoundAndOpen()
    {
        const TempFolder folder;
        std::set<std::string> expected;
        for (const std::string& name : oddNames()) {
            folder.write("deep/er/" + name, name);
            expected.insert("deep/er/" + name);
        }
        const ScanResult result = scan(folder);
        QCOMPARE(result.images.size(), oddNames().size());
        QVERIFY(pathsOf(result) == expected);
        QCOMPARE(skippedText(result), ""s);
        for (const ScannedImage& image : result.images) {
            QCOMPARE(must(readFileBeneath(folder.handle()->get(), image.path, 1000)),
                     std::string(fileName(image.path)));
            QVERIFY(must(identifyBeneath(folder.handle()->get(), image.path)) == image.identity);
        }
    }

    void linksAreReportedAndNotFollowed()
    {
        const TempFolder outside;
        outside.write("secret.png", "x");
        const TempFolder folder;
        folder.write("a.png", "x");
        folder.makeSymlink("link.png", folder.pathOf("a.png"));
        folder.makeSymlink("folder", outside.path());
        folder.makeSymlink("loop", folder.path());
        folder.makeSymlink("dangling.png", "nowhere");
        const ScanResult result = scan(folder);
        QVERIFY(pathsOf(result) == std::set<std::string>{"a.png"});
        QCOMPARE(skippedText(result),
                 "dangling.png: symbolic link, folder: symbolic link, link.png: symbolic link, loop: symbolic link"s);
    }

    void whatOnlyLooksLikeAPictureIsReported()
    {
        const TempFolder folder;
        folder.makeFifo("pipe.png");
        folder.write("folder.png/inside.png", "x"); // a folder may be called so
        folder.makeFifo("pipe.txt");
        const ScanResult result = scan(folder);
        QVERIFY(pathsOf(result) == std::set<std::string>{"folder.png/inside.png"});
        QCOMPARE(skippedText(result), "pipe.png: not a regular file"s);
    }

    void hiddenAndStagingFoldersAreLeftOut()
    {
        const TempFolder folder;
        for (const char* path :
             {"a.png", "_bin/b.png", ".hidden/c.png", ".d.png", "__selected/e.png", "sub/__crop/f.png", "__g.png",
              "data/h.png", "sub/data/i.png", "excluded/j.png", "sub/excluded/k.png"})
            folder.write(path, "x");
        QVERIFY((pathsOf(scan(folder, {{"data", "excluded"}, {}})) ==
                 std::set<std::string>{"_bin/b.png", "a.png", "sub/data/i.png", "sub/excluded/k.png"}));
    }

    void otherFilesAreCountedAndSidecarsListed()
    {
        const TempFolder folder;
        for (const char* path : {"a.png", "a.yaml", "a.decision", "sub/b.DECISION", "README", "sub/c.caption"})
            folder.write(path, "x");
        const ScanResult result = scan(folder);
        QCOMPARE(result.otherFileCount, std::int64_t{5});
        QCOMPARE((std::set<std::string>(result.sidecars.begin(), result.sidecars.end())),
                 (std::set<std::string>{"a.decision", "sub/b.DECISION"}));
    }

    void anUnreadableFolderIsReportedAndTheRestGoesOn()
    {
        const TempFolder folder;
        folder.write("a.png", "x");
        folder.write("closed/b.png", "x");
        folder.write("z/c.png", "x");
        if (::geteuid() == 0) {
            // Root may read everything: a chain that is too deep stands in for the folder that cannot be entered.
            std::string deep = "deep";
            for (int i = 0; i < 70; ++i)
                deep += "/d";
            folder.write(deep + "/too_deep.png", "x");
            const ScanResult result = scan(folder);
            QVERIFY((pathsOf(result) == std::set<std::string>{"a.png", "closed/b.png", "z/c.png"}));
            QCOMPARE(result.skipped.size(), std::size_t{1});
            QVERIFY(result.skipped.front().reason == SkippedEntry::Reason::TooDeep);
            return;
        }
        std::filesystem::permissions(folder.pathOf("closed"), std::filesystem::perms::none);
        const ScanResult result = scan(folder);
        std::filesystem::permissions(folder.pathOf("closed"), std::filesystem::perms::owner_all);
        QVERIFY((pathsOf(result) == std::set<std::string>{"a.png", "z/c.png"}));
        QCOMPARE(skippedText(result), "closed: cannot be read"s);
    }

    void aFolderThatIsGoneIsAnError()
    {
        const TempFolder folder;
        folder.write("sub/a.png", "x");
        const UniqueFd sub = must(openFolderBeneath(folder.handle()->get(), "sub"));
        std::filesystem::remove_all(folder.pathOf("sub"));
        const auto result = scanImages(sub.get(), {}, {});
        QVERIFY(!result || result->images.empty());
    }

    void itStopsWhenAskedTo()
    {
        const TempFolder folder;
        for (int i = 0; i < 3000; ++i)
            folder.write("f" + std::to_string(i / 500) + "/" + std::to_string(i) + ".png", "");
        std::stop_source stop;
        std::int64_t seen = 0;
        ScanOptions options;
        options.onProgress = [&](std::int64_t images) {
            seen = images;
            stop.request_stop();
        };
        PS_CHECK_ERROR(ErrorCode::Cancelled, scanImages(folder.handle()->get(), options, stop.get_token()));
        QVERIFY2(seen > 0 && seen < 2000, std::to_string(seen).c_str());
        options.onProgress = {};
        QCOMPARE(must(scanImages(folder.handle()->get(), options, {})).images.size(), std::size_t{3000});
    }

    void descriptorsAreGivenBack()
    {
        const TempFolder folder;
        folder.write("a/b/c/d.png", "x");
        folder.makeSymlink("a/loop", folder.path());
        const std::size_t before = openDescriptorCount();
        for (int i = 0; i < 20; ++i)
            scan(folder);
        std::stop_source stop;
        stop.request_stop();
        discard(scanImages(folder.handle()->get(), {}, stop.get_token()), "only the descriptors matter");
        QCOMPARE(openDescriptorCount(), before);
    }
};

QTEST_GUILESS_MAIN(TestScan)
#include "tst_scan.moc"
