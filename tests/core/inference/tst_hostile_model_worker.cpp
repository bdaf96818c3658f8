// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program makes of workers that lie about models and images, hang, flood and die.
#include "core/inference/inference_service.h"
#include "tests/support/checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QTest>

using namespace ps;
using namespace std::chrono_literals;
using test::must;

namespace {

std::unique_ptr<InferenceService> startFake(const std::string& mode, std::chrono::milliseconds timeLimit = 20s)
{
    InferenceService::Options options;
    options.workerPath = test::testProgramPath("ps_fake_model_worker");
    options.workerCount = 1;
    options.workerEnvironment = {"PS_FAKE=" + mode};
    options.timeLimit = timeLimit;
    return must(InferenceService::start(options));
}

class Images
{
public:
    explicit Images(const std::vector<std::string>& contents)
    {
        for (const std::string& content : contents) {
            const std::string name = std::to_string(m_sources.size()) + ".png";
            m_folder.write(name, content);
            m_sources.emplace_back(m_folder.handle(), name);
        }
    }
    const std::vector<ImageSource>& sources() const { return m_sources; }
    const test::TempFolder& folder() const { return m_folder; }

private:
    test::TempFolder m_folder;
    std::vector<ImageSource> m_sources;
};

ModelSpec detectorIn(const test::TempFolder& folder)
{
    ModelSpec model;
    model.kind = ModelKind::Detector;
    model.engine = ModelEngine::OnnxRuntime;
    model.path = folder.write("model.onnx", "not looked at");
    return model;
}

} // namespace

class TestHostileModelWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_descriptorsBefore = test::openDescriptorCount(); }
    void cleanup()
    {
        QCOMPARE(test::openDescriptorCount(), m_descriptorsBefore);
        QVERIFY(test::hasNoChildren());
    }

    void honestAnswersAreTaken()
    {
        const Images images({"a", "b"});
        const auto answers = must(startFake("")->embed({}, images.sources()));
        QCOMPARE(answers.size(), std::size_t{2});
        QVERIFY(answers[0] && answers[1]);
    }

    void liesAreFound_data()
    {
        QTest::addColumn<QByteArray>("mode");
        for (const char* mode : {"nan", "no-size", "one-less", "one-more"})
            QTest::newRow(mode) << QByteArray(mode);
    }
    void liesAreFound()
    {
        QFETCH(QByteArray, mode);
        const Images images({"a", "b"});
        PS_CHECK_ERROR(ErrorCode::Corrupt, startFake(mode.toStdString())->embed({}, images.sources()));
    }

    void embeddingsOfAnotherLengthAreNoneOfTheBuiltInOne()
    {
        const Images images({"a"});
        const auto answers = must(startFake("short")->embed({}, images.sources()));
        PS_CHECK_ERROR(ErrorCode::Corrupt, answers.front());
    }

    void thousandRandomAnswersAreSafe()
    {
        const Images images({"a", "b"});
        const auto service = startFake("random-bytes");
        for (int i = 0; i < 1000; ++i) {
            const auto answers = service->embed({}, images.sources());
            QVERIFY2(answers ? answers->size() == 2 : answers.error().code == ErrorCode::Corrupt,
                     test::outcomeText(answers).c_str());
        }
        QCOMPARE(service->health().restartCount, std::uint64_t{0});
    }

    /// The others of its batch have their answers, and it is not tried a third time.
    void oneImageThatKillsWorkersIsAlone()
    {
        const Images images({"a", "poison", "c"});
        const auto service = startFake("crash");
        const auto answers = must(service->embed({}, images.sources()));
        QCOMPARE(answers.size(), std::size_t{3});
        QVERIFY(answers[0]);
        PS_CHECK_ERROR(ErrorCode::WorkerCrashed, answers[1]);
        QVERIFY(answers[2]);
        QCOMPARE(service->health().quarantinedCount, std::size_t{1});
        const auto restarts = service->health().restartCount;
        const auto again = must(service->embed({}, {images.sources()[1]}));
        PS_CHECK_ERROR(ErrorCode::WorkerCrashed, again.front());
        QCOMPARE(service->health().restartCount, restarts);
    }

    void oneImageThatHangsIsAlone()
    {
        const Images images({"a", "poison", "c"});
        const auto answers = must(startFake("hang", 300ms)->embed({}, images.sources()));
        QVERIFY(answers[0]);
        PS_CHECK_ERROR(ErrorCode::Timeout, answers[1]);
        QVERIFY(answers[2]);
    }

    void floodOfLogsIsNoAnswerButNoHarm()
    {
        const Images images({"a"});
        const auto answers = must(startFake("flood", 60s)->embed({}, images.sources()));
        QVERIFY(answers.front());
    }

    void inspectionOfAnotherModelIsALie()
    {
        const test::TempFolder folder;
        ModelSpec model = detectorIn(folder);
        model.sha256 = std::string(64, '1');
        PS_CHECK_ERROR(ErrorCode::Corrupt, startFake("")->inspect(model));
        model.sha256 = std::string(64, '0'); // what the worker says
        QVERIFY(startFake("")->inspect(model));
    }

    void boxesAreChecked()
    {
        const Images images({"a"});
        const ModelSpec model = detectorIn(images.folder());
        const auto honest = must(startFake("")->detect(model, images.sources(), {}));
        QVERIFY(honest.front());
        PS_CHECK_ERROR(ErrorCode::Corrupt, startFake("sure")->detect(model, images.sources(), {}));
        const auto tooMany = must(startFake("million-boxes")->detect(model, images.sources(), {}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, tooMany.front());
    }

    void tensorsAreChecked()
    {
        const Images images({"checkpoint"});
        const ImageSource& file = images.sources().front();
        QCOMPARE(must(startFake("")->readCheckpoint(file)).front().values.size(), std::size_t{2});
        PS_CHECK_ERROR(ErrorCode::Corrupt, startFake("short")->readCheckpoint(file));
        PS_CHECK_ERROR(ErrorCode::Corrupt, startFake("talk")->readCheckpoint(file));
    }

private:
    std::size_t m_descriptorsBefore = 0;
};

QTEST_GUILESS_MAIN(TestHostileModelWorker)
#include "tst_hostile_model_worker.moc"
