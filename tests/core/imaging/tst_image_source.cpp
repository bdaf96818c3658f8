// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_source.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace ps;

namespace {

constexpr std::int64_t kLimit = 1000;

ErrorCode codeOf(const Result<OpenImage>& image)
{
    return image ? ErrorCode::Internal : image.error().code;
}

bool isReadOnly(const OpenImage& image)
{
    return (::fcntl(image.file->get(), F_GETFL) & O_ACCMODE) == O_RDONLY;
}

} // namespace

class TestImageSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensBeneathItsFolder()
    {
        test::TempFolder folder;
        folder.write("a/b.jpg", "bytes");
        const auto image = ImageSource(folder.handle(), "a/b.jpg").open(kLimit);
        QVERIFY(image);
        QVERIFY(isReadOnly(*image));
        QCOMPARE(image->identity.sizeBytes, std::int64_t{5});
        QCOMPARE(image->name, std::string("a/b.jpg"));
        QVERIFY(image->checkUnchanged());
    }

    void refusesWhatIsNoPlainFileBeneath()
    {
        test::TempFolder folder;
        folder.write("real.jpg", "bytes");
        folder.write("sub/other.jpg", "bytes");
        folder.makeSymlink("link.jpg", "real.jpg");
        folder.makeSymlink("folder-link", folder.pathOf("sub"));
        folder.makeFifo("fifo.jpg");
        const auto open = [&](const char* path) { return codeOf(ImageSource(folder.handle(), path).open(kLimit)); };
        QVERIFY(open("link.jpg") == ErrorCode::Refused);
        QVERIFY(open("folder-link/other.jpg") == ErrorCode::Refused);
        QVERIFY(open("fifo.jpg") == ErrorCode::Refused); // and does not wait for somebody to write
        QVERIFY(open("sub") == ErrorCode::Refused);
        QVERIFY(open("../etc/passwd") == ErrorCode::Refused);
        QVERIFY(open("/etc/passwd") == ErrorCode::Refused);
        QVERIFY(open("missing.jpg") == ErrorCode::NotFound);
        QVERIFY(open("missing/real.jpg") == ErrorCode::NotFound);
    }

    void namesNeedNotBeUtf8()
    {
        test::TempFolder folder;
        folder.write("\xff\xfe name\n.jpg", "bytes");
        QVERIFY(ImageSource(folder.handle(), "\xff\xfe name\n.jpg").open(kLimit));
    }

    void descriptorsThatCanWriteAreOpenedAgain()
    {
        test::TempFolder folder;
        const std::string path = folder.write("image.jpg", "bytes");
        UniqueFd writable = test::openReadWrite(path);
        const int number = writable.get();
        const ImageSource source(std::move(writable));
        const auto image = source.open(kLimit);
        QVERIFY(image);
        QVERIFY(image->file->get() != number);
        QVERIFY(isReadOnly(*image));
        QVERIFY(::write(image->file->get(), "x", 1) < 0);

        UniqueFd readable(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        const int readableNumber = readable.get();
        const ImageSource plain(std::move(readable));
        QCOMPARE(plain.open(kLimit)->file->get(), readableNumber); // nothing to gain
    }

    void descriptorsOfOtherThingsAreRefused()
    {
        test::TempFolder folder;
        QVERIFY(codeOf(ImageSource(UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC))).open(kLimit)) ==
                ErrorCode::Refused);
        QVERIFY(codeOf(ImageSource(*openFolder(folder.path())).open(kLimit)) == ErrorCode::Refused);
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd writeEnd(ends[1]);
        QVERIFY(codeOf(ImageSource(UniqueFd(ends[0])).open(kLimit)) == ErrorCode::Refused);
    }

    void filesAboveTheLimitAreTooLarge()
    {
        test::TempFolder folder;
        folder.write("big.jpg", std::string(kLimit + 1, 'x'));
        folder.write("fits.jpg", std::string(kLimit, 'x'));
        const auto image = ImageSource(folder.handle(), "big.jpg").open(kLimit);
        QVERIFY(codeOf(image) == ErrorCode::TooLarge);
        QCOMPARE(image.error().message, std::string("1001 bytes exceed the limit of 1000 bytes"));
        QVERIFY(ImageSource(folder.handle(), "fits.jpg").open(kLimit));
    }

    void changesAreNoticedAndMakeAnotherItem()
    {
        test::TempFolder folder;
        folder.write("image.jpg", "bytes");
        const ImageSource source(folder.handle(), "image.jpg");
        const auto before = source.open(kLimit);
        QVERIFY(before);
        QCOMPARE(before->itemKey(), source.open(kLimit)->itemKey());
        folder.write("image.jpg", "other bytes");
        const auto outcome = before->checkUnchanged();
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::Conflict);
        QVERIFY(before->itemKey() != source.open(kLimit)->itemKey());
    }
};

QTEST_GUILESS_MAIN(TestImageSource)
#include "tst_image_source.moc"
