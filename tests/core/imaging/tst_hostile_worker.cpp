// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program makes of workers that lie, die and hang.
#include "core/imaging/image_service.h"
#include "tests/core/imaging/image_checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <future>
#include <thread>

using namespace ps;
using namespace std::chrono_literals;
using test::whyNot;

namespace {

std::unique_ptr<ImageService> startFake(const std::string& mode, std::chrono::milliseconds timeLimit = 5s)
{
    ImageService::Options options;
    options.workerPath = test::testProgramPath("ps_fake_image_worker");
    options.workerCount = 1;
    options.workerEnvironment = {"PS_FAKE=" + mode};
    options.interactiveTimeLimit = timeLimit;
    return *ImageService::start(options);
}

} // namespace

class TestHostileWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren());
    }

    void fileThatChangesMeanwhileIsAConflict()
    {
        test::TempFolder folder;
        folder.write("a.png", "old");
        const auto service = startFake("slow");
        std::promise<Result<Pixels>> promise;
        service->requestDecode({folder.handle(), "a.png"}, {10, 10}, Priority::Visible,
                               [&](Result<Pixels> pixels) { promise.set_value(std::move(pixels)); });
        QTRY_COMPARE(service->health().busyCount, std::size_t{1});
        std::this_thread::sleep_for(100ms);
        folder.write("a.png", "newer");
        const auto pixels = promise.get_future().get();
        QVERIFY(!pixels);
        QVERIFY2(pixels.error().code == ErrorCode::Conflict, whyNot(pixels));
    }

    void liesAreFound_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("part");
        QTest::newRow("another size") << "other-size" << "not of the size asked for";
        QTest::newRow("more than was asked for") << "larger-than-asked" << "not of the size asked for";
        QTest::newRow("memory that it can still change") << "keep-mapping" << "still write";
    }
    void liesAreFound()
    {
        QFETCH(QString, mode);
        QFETCH(QString, part);
        test::TempFolder folder;
        folder.write("a.png", "x");
        const auto service = startFake(mode.toStdString());
        const auto pixels = service->decode({folder.handle(), "a.png"}, {32, 32});
        QVERIFY(!pixels);
        QVERIFY(pixels.error().code == ErrorCode::Corrupt);
        QVERIFY2(QString::fromStdString(pixels.error().message).contains(part), whyNot(pixels));
    }

    void thousandRandomAnswersAreSafe_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("layouts") << "random-layout";
        QTest::newRow("bytes") << "random-bytes";
    }
    void thousandRandomAnswersAreSafe()
    {
        QFETCH(QString, mode);
        test::TempFolder folder;
        folder.write("a.png", "x");
        const auto service = startFake(mode.toStdString());
        int refusedCount = 0;
        for (int i = 0; i < 1000; ++i) {
            const auto pixels = service->decode({folder.handle(), "a.png"}, {64, 64});
            if (!pixels) {
                QVERIFY2(pixels.error().code == ErrorCode::Corrupt, whyNot(pixels));
                ++refusedCount;
                continue;
            }
            volatile std::uint8_t last = 0; // every byte can be read
            for (int y = 0; y < pixels->height(); ++y)
                last = pixels->row(y)[pixels->width() * 4 - 1];
            Q_UNUSED(last);
        }
        QVERIFY(refusedCount > 500);
        QCOMPARE(service->health().restartCount, std::uint64_t{0});
    }

    void answerToAComparisonMustBeEmpty()
    {
        test::TempFolder folder;
        folder.write("a.png", "x");
        const auto service = startFake("compare-lie");
        const ImageSource source(folder.handle(), "a.png");
        QVERIFY(service->compareCut(source, {0, 0, 1, 1}, source).error().code == ErrorCode::Corrupt);
    }

    void poisonIsQuarantinedByItsContent()
    {
        test::TempFolder folder;
        folder.write("poison.jpg", "x");
        const auto service = startFake("crash");
        const ImageSource source(folder.handle(), "poison.jpg");
        QVERIFY(service->decode(source, {9, 9}).error().code == ErrorCode::WorkerCrashed);
        QCOMPARE(service->health().quarantinedCount, std::size_t{1});
        const auto restarts = service->health().restartCount;
        const auto again = service->decode(source, {9, 9});
        QVERIFY(again.error().code == ErrorCode::WorkerCrashed);
        QVERIFY(again.error().message.find("quarantine") != std::string::npos);
        QCOMPARE(service->health().restartCount, restarts);
        folder.write("poison.jpg", "another file of the same name");
        QVERIFY(service->decode(source, {9, 9}).error().message.find("quarantine") == std::string::npos);
    }

    void slowFilesTimeOut()
    {
        test::TempFolder folder;
        folder.write("slow.jpg", "x");
        const auto service = startFake("hang", 150ms);
        const auto pixels = service->decode({folder.handle(), "slow.jpg"}, {9, 9});
        QVERIFY(pixels.error().code == ErrorCode::Timeout);
        QVERIFY(pixels.error().message.find("150 ms") != std::string::npos);
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestHostileWorker)
#include "tst_hostile_worker.moc"
