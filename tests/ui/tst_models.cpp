// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Models workplace in the whole window: the list and its refusals, training through a double of the command line program,
// the map and its way to Browse, and that the window never waits for the disk.
#include "core/base/sha256.h"
#include "tests/ui/models_samples.h"
#include "tests/ui/window_fixture.h"
#include "ui/browse/browse_view.h"
#include "ui/common/program.h"
#include "ui/models/embeddings_row.h"
#include "ui/models/map_page.h"
#include "ui/models/models_panel.h"
#include "ui/models/models_view.h"
#include "ui/models/report_view.h"
#include "ui/models/state_chip.h"
#include "ui/models/training_page.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>

#include <semaphore>

using namespace ps;
using namespace ps::test;

namespace {

constexpr int kWaitMs = 20'000;

/// Answers from memory; every question waits for its turn when it is to.
class FakeBackend : public ModelsBackend
{
public:
    ModelListing listing;
    EmbeddingCoverage covered{8, 10};
    bool waits = false;
    std::counting_semaphore<100> turns{0};

    Result<ModelListing> list(const ProjectSession&) override
    {
        if (waits)
            turns.acquire();
        return listing;
    }
    Result<void> activate(const ProjectSession&, const std::string&, bool) override { return {}; }
    Result<std::string> rollBack(const ProjectSession&, SuggestionTask) override { return std::string(); }
    Result<EmbeddingCoverage> coverage(const ProjectSession&, const std::stop_token&) override { return covered; }
    Result<MapSource> mapSource(const ProjectSession& session, const std::stop_token&) override
    {
        MapSource source;
        source.points.contentVersion = session.contentVersion();
        for (std::uint32_t i = 0; i < 5; ++i) {
            source.points.ordinals.push_back(i);
            source.points.slots.push_back(0);
            source.points.states.push_back(GroupState::Undecided);
            source.points.names.push_back("image " + std::to_string(i));
        }
        return source;
    }
    Result<MapPoints> layOutMap(MapSource source, const std::function<void(double)>& progress,
                                const std::stop_token&) override
    {
        progress(0.5);
        source.points.x = {-0.8F, -0.7F, -0.6F, 0.7F, 0.8F};
        source.points.y = {0, 0, 0, 0, 0};
        return std::move(source.points);
    }
};

QMessageBox* openBox()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* box = qobject_cast<QMessageBox*>(widget); box && box->isVisible())
            return box;
    }
    return nullptr;
}

QPushButton* buttonOf(QMessageBox& box, QMessageBox::ButtonRole role)
{
    for (QAbstractButton* button : box.buttons()) {
        if (box.buttonRole(button) == role)
            return qobject_cast<QPushButton*>(button);
    }
    return nullptr;
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_window = std::make_unique<WindowFixture>(5); }
    void cleanup() { m_window.reset(); }

    void theListShowsEachModelWithItsState()
    {
        addModels();
        showModels();
        QAbstractItemModel& rows = *view().panel().list().model();
        QCOMPARE(rows.rowCount(), 3);
        QCOMPARE(rows.index(0, 0).data().toString(), QStringLiteral("ranker_v5")); // the newest first
        const QString refused = rows.index(0, 0).data(Qt::AccessibleDescriptionRole).toString();
        QVERIFY2(refused.contains(QStringLiteral("Not proposed")) && refused.contains(QStringLiteral("highest stage")),
                 qPrintable(refused));
        QVERIFY(rows.index(2, 0).data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("Imported")));
        QCOMPARE(view().chip().state(), StateChip::State::NoModel);
    }

    void aModelIsMadeActiveAndTakenBack()
    {
        addModels();
        showModels();
        view().panel().select(QStringLiteral("ranker_v4"));
        QCOMPARE(view().report().charts().views().size(), std::size_t{7});
        QTest::mouseClick(&view().panel().activateButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(activeId(), std::string("ranker_v4"), kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(view().chip().state(), StateChip::State::Ready, kWaitMs);
        QVERIFY(!view().panel().activateButton().isEnabled());
        QTest::mouseClick(&view().panel().backButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(activeId(), std::string(), kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(view().chip().state(), StateChip::State::NoModel, kWaitMs);
    }

    void theGateRefusesInPlainWordsAndCanBeOverruled()
    {
        addModels();
        showModels();
        view().panel().select(QStringLiteral("ranker_v5"));
        QTest::mouseClick(&view().panel().activateButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(openBox() != nullptr, kWaitMs);
        const QString words = openBox()->text() + openBox()->informativeText();
        QVERIFY2(words.contains(QStringLiteral("ranker_v5")) && words.contains(QStringLiteral("highest stage")),
                 qPrintable(words));
        buttonOf(*openBox(), QMessageBox::RejectRole)->click();
        QTRY_VERIFY_WITH_TIMEOUT(openBox() == nullptr, kWaitMs);
        QCOMPARE(activeId(), std::string());
        QTest::mouseClick(&view().panel().activateButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(openBox() != nullptr, kWaitMs);
        buttonOf(*openBox(), QMessageBox::DestructiveRole)->click();
        QTRY_COMPARE_WITH_TIMEOUT(activeId(), std::string("ranker_v5"), kWaitMs);
    }

    void aModelThatWasSwappedOnDiskIsNotUsed()
    {
        addModels();
        QFile file(modelsFolder() + QStringLiteral("/ranker_v4.pt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("something else");
        file.close();
        showModels();
        view().panel().select(QStringLiteral("ranker_v4"));
        QSignalSpy failed(&view(), &ModelsView::failed);
        QTest::mouseClick(&view().panel().activateButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QCOMPARE(activeId(), std::string());
    }

    void aTrainingIsSeenLiveAndCancelled()
    {
        useFakeBackend();
        // A double of the command line program: three epochs, then it goes on until it is told to end.
        m_view->setProgram(program("echo '{\"epoch\":1,\"epochs\":30,\"train_loss\":0.7,\"hold_out_loss\":0.6,"
                                   "\"hold_out_score\":0.5,\"variant\":\"512-64-1\"}' >&2\n"
                                   "echo '{\"epoch\":2,\"epochs\":30,\"train_loss\":0.5,\"hold_out_loss\":0.5,"
                                   "\"hold_out_score\":0.75,\"variant\":\"512-64-1\"}' >&2\n"
                                   "echo '{\"epoch\":3,\"epochs\":30,\"train_loss\":0.4,\"hold_out_loss\":0.45,"
                                   "\"hold_out_score\":0.8,\"variant\":\"512-64-1\"}' >&2\n"
                                   "exec tail -f /dev/null\n"));
        TrainingPage& page = m_view->training();
        QTRY_VERIFY_WITH_TIMEOUT(page.trainButton().isEnabled(), kWaitMs);
        page.startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(page.training().epochs().size(), std::size_t{3}, kWaitMs);
        QCOMPARE(page.charts().views().size(), std::size_t{2});
        QCOMPARE(page.charts().views()[0]->content().rows.size(), std::size_t{3});
        QCOMPARE(page.charts().views()[0]->content().rows[2][2], QStringLiteral("0.8"));
        QVERIFY(page.statusText().contains(QStringLiteral("epoch 3 of 30")));
        QCOMPARE(m_view->chip().state(), StateChip::State::Computing);
        QSignalSpy stopped(&page.training(), &TrainingRun::stopped);
        page.startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, kWaitMs);
        QVERIFY(page.statusText().startsWith(QStringLiteral("Cancelled")));
        QVERIFY(page.trainButton().isEnabled());
    }

    void whatIsTrainedIsAskedForInTheWordsOfTheCommandLine()
    {
        TrainingOrder order;
        order.workspacePath = QStringLiteral("/w");
        order.projectId = QStringLiteral("p1");
        order.databases = {QStringLiteral("/w/a.db"), QStringLiteral("/w/b.db")};
        order.epochs = 7;
        QCOMPARE(
            trainingArguments(order).join(QLatin1Char(' ')),
            QStringLiteral("train ranker --workspace /w --project p1 --db /w/a.db --db /w/b.db --epochs 7 --json"));
        order.task = SuggestionTask::Crop;
        order.isCompatible = true;
        QCOMPARE(trainingArguments(order).join(QLatin1Char(' ')),
                 QStringLiteral("train crop --workspace /w --project p1 --db /w/a.db --db /w/b.db --epochs 7 --head "
                                "corners --json"));
    }

    void aTrainingThatFailsSaysWhy()
    {
        useFakeBackend();
        m_view->setProgram(program("echo 'There are only 3 decisions. [Refused: 3 groups]' >&2\nexit 5\n"));
        TrainingPage& page = m_view->training();
        QTRY_VERIFY_WITH_TIMEOUT(page.trainButton().isEnabled(), kWaitMs);
        page.startOrStop();
        QTRY_VERIFY_WITH_TIMEOUT(!page.training().isRunning(), kWaitMs);
        QCOMPARE(page.statusText(), QStringLiteral("△ There are only 3 decisions."));
    }

    void aProgramThatIsMissingIsAClearSentence()
    {
        useFakeBackend();
        m_view->setProgram(QStringLiteral("/nowhere/proofsheet-cli"));
        TrainingPage& page = m_view->training();
        QTRY_VERIFY_WITH_TIMEOUT(page.trainButton().isEnabled(), kWaitMs);
        page.startOrStop();
        QTRY_VERIFY_WITH_TIMEOUT(page.statusText().contains(QStringLiteral("could not be started")), kWaitMs);
        QVERIFY(!page.training().isRunning());
    }

    void embeddingsAreComputedAndPaused()
    {
        useFakeBackend();
        m_view->setProgram(program("echo '{\"done\":9,\"total\":10,\"images_per_second\":40.0,\"seconds_left\":3.0}' "
                                   ">&2\nexec tail -f /dev/null\n"));
        EmbeddingsRow& row = m_view->training().embeddings();
        QTRY_VERIFY_WITH_TIMEOUT(row.text().contains(QStringLiteral("8 of 10")), kWaitMs);
        row.button().click();
        QTRY_VERIFY_WITH_TIMEOUT(row.text().contains(QStringLiteral("9 of 10")), kWaitMs);
        QCOMPARE(row.button().text(), QStringLiteral("Pause"));
        row.button().click();
        QTRY_VERIFY_WITH_TIMEOUT(!row.isRunning(), kWaitMs);
        QCOMPARE(row.button().text(), QStringLiteral("Go on"));
    }

    void theWindowDoesNotWaitForTheDisk()
    {
        auto backend = std::make_shared<FakeBackend>();
        backend->waits = true;
        useFakeBackend(backend);
        QVERIFY(!m_view->models().listing()); // the question is on its way, and nobody waits for it
        m_window->press(Qt::Key_Right);       // the window goes on meanwhile
        m_window->window().showWorkplace(MainWindow::WorkplaceReview);
        QVERIFY(QTest::qWaitFor([&] { return m_window->shows(0) || m_window->shows(1); }, kWaitMs));
        QVERIFY(!m_view->models().listing());
        backend->turns.release(100);
        QTRY_VERIFY_WITH_TIMEOUT(m_view->models().listing() != nullptr, kWaitMs);
    }

    void whatTheLassoMarksIsListedInBrowse()
    {
        addModels();
        m_window->open();
        auto backend = std::make_shared<FakeBackend>();
        BrowseList& list = m_window->window().browse().list();
        QTRY_COMPARE_WITH_TIMEOUT(list.source().count(), std::int64_t{5}, kWaitMs);
        list.showOnly(QStringLiteral("From the map"), {1, 3},
                      m_window->window().controller().session()->contentVersion());
        QTRY_VERIFY_WITH_TIMEOUT(list.isListed() && list.source().count() == 2, kWaitMs);
        QCOMPARE(list.ordinalOf(0), std::int64_t{1});
        QCOMPARE(list.ordinalOf(1), std::int64_t{3});
        list.showAll();
        QTRY_VERIFY_WITH_TIMEOUT(list.isListed() && list.source().count() == 5, kWaitMs);
        // Of another content of the project nothing is known.
        list.showOnly(QStringLiteral("From the map"), {1, 3}, ~0ULL);
        QTRY_VERIFY_WITH_TIMEOUT(list.isListed() && list.source().count() == 5, kWaitMs);
        QCOMPARE(list.onlyName(), QString());
    }

    void theMapLeadsToGroups()
    {
        useFakeBackend();
        m_view->tabs().setCurrentWidget(&m_view->map());
        QTRY_VERIFY_WITH_TIMEOUT(m_view->map().isShowingPoints(), kWaitMs);
        std::vector<std::uint32_t> wanted;
        connect(&m_view->map(), &MapPage::browseWanted, this,
                [&](const std::vector<std::uint32_t>& ordinals) { wanted = ordinals; });
        QVERIFY(!m_view->map().browseButton().isEnabled());
        m_view->map().map().setMarked({0, 2});
        m_view->map().browseButton().click();
        QCOMPARE(wanted, (std::vector<std::uint32_t>{0, 2}));
    }

private:
    ModelsView& view() { return m_window->window().models(); }
    QString modelsFolder() const { return m_window->address().workspacePath + QStringLiteral("/data/ai_data/models"); }

    void addModels()
    {
        QVERIFY(QDir().mkpath(modelsFolder()));
        ModelRegistry registry = must(ModelRegistry::open(localPath(modelsFolder())));
        ModelRecord records[] = {recordOf("ranker_v3", "2026-11-01T08:00:00Z", std::nullopt),
                                 recordOf("ranker_v4", "2026-11-20T09:30:00Z", rankerReport()),
                                 recordOf("ranker_v5", "2026-11-21T10:00:00Z", refusedReport())};
        for (ModelRecord& record : records) {
            const std::string bytes = "bytes of " + record.id;
            QFile file(modelsFolder() + QLatin1Char('/') + QString::fromStdString(record.file));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes.c_str());
            file.close();
            record.sha256 = sha256Hex(bytes);
            must(registry.add(record));
        }
    }

    void showModels()
    {
        m_window->open();
        m_window->window().showWorkplace(MainWindow::WorkplaceModels);
        QTRY_VERIFY_WITH_TIMEOUT(view().models().listing() != nullptr, kWaitMs);
    }

    std::string activeId() const
    {
        const ModelRegistry registry = must(ModelRegistry::open(localPath(modelsFolder())));
        const ModelRecord* const active = registry.active("p1", SuggestionTask::Pick);
        return active ? active->id : std::string();
    }

    /// The workplace alone, over the open project.
    void useFakeBackend(std::shared_ptr<FakeBackend> backend = std::make_shared<FakeBackend>())
    {
        m_window->open();
        backend->listing.projects = {{"p1", "/w/p1.db"}};
        MainWindow& window = m_window->window();
        m_view = new ModelsView(window.controller(), backend, window.pictures(), window.actions(), m_window->theme(),
                                window.centralWidget());
        m_view->show();
    }

    /// A program of the shell with these lines.
    QString program(const QByteArray& lines)
    {
        const QString path = m_window->address().workspacePath + QStringLiteral("/fake-cli");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\n" + lines);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    std::unique_ptr<WindowFixture> m_window;
    QPointer<ModelsView> m_view;
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
