// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Export and Import in the whole window, over a double of the core: what is counted, what forbids an export and is said,
// progress and stopping, releases, and that nothing of an import is written before it is applied.
#include "tests/ui/fake_exchange.h"
#include "tests/ui/window_fixture.h"
#include "ui/exchange/check_rules.h"
#include "ui/exchange/diff_page.h"
#include "ui/exchange/export_form.h"
#include "ui/exchange/export_view.h"
#include "ui/exchange/format_list.h"
#include "ui/exchange/import_detail.h"
#include "ui/exchange/import_form.h"
#include "ui/exchange/import_items_model.h"
#include "ui/exchange/import_view.h"
#include "ui/exchange/preview_panel.h"
#include "ui/exchange/releases_page.h"
#include "ui/exchange/rules_table.h"
#include "ui/exchange/share_fields.h"
#include "ui/shell/banner.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTreeWidget>

using namespace ps;
using namespace ps::test;

namespace {

constexpr int kWaitMs = 20'000;

} // namespace

class TestExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_shared<FakeExchange>();
        m_fake->answer.release = samplePreview();
        m_window = std::make_unique<WindowFixture>(2, m_fake);
    }
    void cleanup()
    {
        m_fake->exporting.open();
        m_fake->reading.open();
        m_fake->script->applying.open();
        m_window.reset();
    }

    // ---- what would be exported

    void theCountsReconcile()
    {
        showExport();
        QCOMPARE(view().preview().headline(), QStringLiteral("12 in view = 9 exported + 3 left out"));
        QVERIFY(view().exportButton().isEnabled());
        QCOMPARE(view().reasonShown(), QString());
        QCOMPARE(view().form().name().placeholderText(), QStringLiteral("p1-yolo-1"));
    }

    void countsThatDoNotAddUpAreSaid()
    {
        m_fake->answer.release.inView = 13;
        showExport();
        QVERIFY2(view().preview().headline().contains(QStringLiteral("do not add up")),
                 qPrintable(view().preview().headline()));
    }

    void aLeakForbidsTheExportAndShowsItsChain()
    {
        m_fake->answer.release.leaks = {sampleLeak()};
        showExport();
        QVERIFY(!view().exportButton().isEnabled());
        QVERIFY(view().reasonShown().contains(QStringLiteral("leak")));
        const QString chain = view().preview().leaks();
        for (const char* part :
             {"a.png (published as Train)", "same bytes", "b.png", "same group", "c.png (published as Test)"})
            QVERIFY2(chain.contains(QLatin1String(part)), qPrintable(chain));
        view().startOrCancel(); // by its key
        QVERIFY(!view().exports().isExporting());
    }

    void aCheckBlocksUntilItsRuleIsAnother()
    {
        m_fake->answer.release.checks = {{"final_crop_range", 3, CheckRule::Block, {"g1: [0.1, 0.2, 1.4, 0.9]"}}};
        showExport();
        QVERIFY(!view().exportButton().isEnabled());
        QVERIFY(view().reasonShown().contains(QStringLiteral("Blocked by a check")));
        QComboBox* const rule = view().preview().checks().fieldOf("final_crop_range");
        QVERIFY(rule);
        rule->setFocus();
        QTest::keyClick(rule, Qt::Key_Down); // Warn
        QTRY_VERIFY_WITH_TIMEOUT(view().exports().isPreviewCurrent() && view().exportButton().isEnabled(), kWaitMs);
        const std::lock_guard lock(m_fake->mutex);
        QCOMPARE(m_fake->lastPreviewed.checkRules.at("final_crop_range"), CheckRule::Warn);
    }

    void aQueryThatCannotBeReadIsSaidAtOnce()
    {
        showExport();
        const int before = previews();
        view().form().query().setText(QStringLiteral("state:("));
        QVERIFY(!view().exportButton().isEnabled());
        QVERIFY2(view().reasonShown().contains(QStringLiteral("cannot be read")), qPrintable(view().reasonShown()));
        view().form().query().setText(QStringLiteral("state:approved"));
        QTRY_VERIFY_WITH_TIMEOUT(view().exports().isPreviewCurrent(), kWaitMs);
        QCOMPARE(previews(), before + 1); // never with the one that cannot be read
        const std::lock_guard lock(m_fake->mutex);
        QCOMPARE(m_fake->lastPreviewed.query, std::string("state:approved"));
    }

    void nothingToExportSaysWhatToDo()
    {
        m_fake->answer.release = {};
        m_fake->answer.release.name = "p1-yolo-1";
        showExport();
        QVERIFY(!view().exportButton().isEnabled());
        QVERIFY(view().reasonShown().contains(QStringLiteral("decide groups in Review")));
    }

    void aTakenPlaceIsSaid()
    {
        m_fake->answer.isPlaceTaken = true;
        showExport();
        QVERIFY(!view().exportButton().isEnabled());
        QVERIFY(view().reasonShown().contains(QStringLiteral("p1-yolo-1 is there already")));
    }

    // ---- the form

    void sharesAlwaysAddUp()
    {
        ShareFields shares(nullptr);
        const auto sum = [&] {
            return shares.field(ReleaseSide::Train).value() + shares.field(ReleaseSide::Val).value() +
                   shares.field(ReleaseSide::Test).value();
        };
        for (const auto& [side, value] : std::initializer_list<std::pair<ReleaseSide, int>>{
                 {ReleaseSide::Train, 95}, {ReleaseSide::Test, 60}, {ReleaseSide::Val, 100}, {ReleaseSide::Val, 0}}) {
            shares.field(side).setValue(value);
            QCOMPARE(shares.field(side).value(), value);
            QCOMPARE(sum(), 100);
        }
    }

    void aFormatShowsOnlyWhatItKnows()
    {
        showExport();
        ExportForm& form = view().form();
        form.formats().setFormat(ExportFormat::Yolo);
        QVERIFY(form.crops().isVisible() && form.split().isVisible());
        form.formats().setFormat(ExportFormat::Csv);
        QVERIFY(!form.crops().isVisible() && !form.split().isVisible());
        form.split().setChecked(true); // left over from another format
        QVERIFY(!form.order().request.split);
        form.formats().setFormat(ExportFormat::YoloClassification);
        QCOMPARE(form.order().request.crops, CropMode::Applied); // it has no boxes
    }

    // ---- exporting

    void anExportShowsItsProgressAndItsResult()
    {
        showExport();
        view().form().split().setChecked(true);
        view().form().shares().field(ReleaseSide::Test).setValue(20);
        QTRY_VERIFY_WITH_TIMEOUT(view().exportButton().isEnabled(), kWaitMs);
        m_fake->exporting.close();
        m_window->press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view().reasonShown().contains(QStringLiteral("Writing: 3 of 9")), kWaitMs);
        QVERIFY(!view().form().isEnabled());
        m_fake->exporting.open();
        QTRY_VERIFY_WITH_TIMEOUT(!view().resultShown().isEmpty(), kWaitMs);
        for (const char* part : {"p1-yolo-1 is published", "9 groups", "20 files", "/exports/p1-yolo-1"})
            QVERIFY2(view().resultShown().contains(QLatin1String(part)), qPrintable(view().resultShown()));
        QTRY_COMPARE_WITH_TIMEOUT(view().releases().list().topLevelItemCount(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(view().exports().isPreviewCurrent(), kWaitMs);
        QVERIFY(!view().exportButton().isEnabled());
        QCOMPARE(view().reasonShown(), QString()); // that it is there now is said already
        const std::lock_guard lock(m_fake->mutex);
        QVERIFY(m_fake->lastExported.split);
        QCOMPARE(m_fake->lastExported.split->share.at(2), 0.2);
    }

    void anExportThatIsCancelledLeavesNothing()
    {
        showExport();
        m_fake->exporting.close();
        view().startOrCancel();
        QTRY_VERIFY_WITH_TIMEOUT(view().reasonShown().contains(QStringLiteral("Writing")), kWaitMs);
        view().startOrCancel();
        QTRY_VERIFY_WITH_TIMEOUT(!view().exports().isExporting(), kWaitMs);
        QVERIFY(view().resultShown().isEmpty());
        QVERIFY(m_window->window().banner().isHidden()); // it was wanted: no failure
        const std::lock_guard lock(m_fake->mutex);
        QCOMPARE(m_fake->exportsStopped, 1);
        QVERIFY(m_fake->published.empty());
    }

    void closingTheProjectStopsAnExport()
    {
        showExport();
        m_fake->exporting.close();
        view().startOrCancel();
        QTRY_VERIFY_WITH_TIMEOUT(view().reasonShown().contains(QStringLiteral("Writing")), kWaitMs);
        m_window->window().controller().close();
        const auto stopped = [this] {
            const std::lock_guard lock(m_fake->mutex);
            return m_fake->exportsStopped;
        };
        QTRY_COMPARE_WITH_TIMEOUT(stopped(), 1, kWaitMs);
        QVERIFY(!view().exports().isExporting());
    }

    // ---- releases

    void aReleaseThatWasChangedNamesTheFile()
    {
        publishTwo();
        m_fake->verdict = {"second", "yolo", 20, 1000, {{"labels/train/a.txt", "sha256 differs"}}};
        QCOMPARE(view().releases().list().selectedItems().size(), 1); // the newest, from the start
        QTest::mouseClick(&view().releases().verifyButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(view().releases().verdictShown().contains(QStringLiteral("not as it was published")),
                                 kWaitMs);
        const auto* const problems = view().releases().findChild<QPlainTextEdit*>();
        QVERIFY(problems && problems->toPlainText().contains(QStringLiteral("labels/train/a.txt: sha256 differs")));
    }

    void twoReleasesAreCompared()
    {
        publishTwo();
        ReleaseDiff& diff = m_fake->difference;
        diff.first = "first";
        diff.second = "second";
        diff.changes = {{"added", "g1", "a.png", "", "approve", {}},
                        {"re-cropped", "g2", "b.png", "[0.1, 0.1, 0.5, 0.5]", "[0.1, 0.1, 0.6, 0.5]", 0.8}};
        diff.counts = {{"added", 1}, {"re-cropped", 1}};
        diff.unchanged = 7;
        QCOMPARE(view().releases().list().selectedItems().size(), 1);          // the newest, from the start
        QTest::mouseClick(&view().releases().compareButton(), Qt::LeftButton); // with the one before
        DiffPage& page = view().releases().diff();
        QTRY_VERIFY_WITH_TIMEOUT(page.isVisible(), kWaitMs);
        QCOMPARE(page.headline(), QStringLiteral("From first to second"));
        QCOMPARE(page.table().model()->rowCount(), 2);
        page.kinds().setCurrentIndex(2);
        Q_EMIT page.kinds().activated(2);
        QCOMPARE(page.table().model()->rowCount(), 1);
        QVERIFY(page.table().model()->index(0, 5).data().toString().startsWith(QStringLiteral("0")));
    }

    // ---- importing

    void theWizardShowsRowsAndWhatItCouldNotRead()
    {
        openWizard();
        QVERIFY2(wizard().headline().contains(QStringLiteral("1 would change the project, 1 could not be read")),
                 qPrintable(wizard().headline()));
        QAbstractItemModel& rows = *wizard().table().model();
        QTRY_COMPARE_WITH_TIMEOUT(rows.rowCount(), 2, kWaitMs);
        wizard().outcomes().setCurrentIndex(wizard().outcomes().count() - 1); // the quarantine
        QTRY_COMPARE_WITH_TIMEOUT(rows.rowCount(), 1, kWaitMs);
        QCOMPARE(rows.index(0, ImportItemsModel::WhereColumn).data().toString(), QStringLiteral("log.csv:17"));
        QCOMPARE(rows.index(0, ImportItemsModel::AfterColumn).data().toString(), QStringLiteral("only,nine,fields"));
        QCOMPARE(rows.index(0, ImportItemsModel::NotesColumn).data().toString(),
                 QStringLiteral("9 fields, expected 19"));
        wizard().table().selectRow(0);
        QVERIFY(wizard().detail().isVisible());
        QCOMPARE(wizard().detail().rawShown(), QStringLiteral("only,nine,fields"));
    }

    void leavingBeforeApplyingLeavesNothing()
    {
        openWizard();
        auto* const discard = buttonNamed(QStringLiteral("Discard"));
        QVERIFY(discard);
        QTest::mouseClick(discard, Qt::LeftButton);
        QCOMPARE(wizard().import().state(), ImportController::State::Idle);
        const auto alive = [this] {
            const std::lock_guard lock(m_fake->script->mutex);
            return m_fake->script->alive;
        };
        QTRY_COMPARE_WITH_TIMEOUT(alive(), 0, kWaitMs); // and its temporary files with it
        QCOMPARE(m_fake->script->applied, 0);
        QVERIFY(m_window->window().controller().isOpen());
    }

    void readingCanBeCancelled()
    {
        m_window->open();
        m_fake->reading.close();
        startReading();
        QTRY_VERIFY_WITH_TIMEOUT(wizard().statusShown().contains(QStringLiteral("5 of 10")), kWaitMs);
        wizard().import().cancel();
        QTRY_COMPARE_WITH_TIMEOUT(wizard().import().state(), ImportController::State::Idle, kWaitMs);
        QVERIFY(!wizard().import().error());
    }

    void whatCannotBeReadSaysWhy()
    {
        m_window->open();
        m_fake->readError = Error{ErrorCode::Unsupported, "no format fits; looked for data.yaml", "x.zip", 0};
        startReading();
        QTRY_VERIFY_WITH_TIMEOUT(wizard().statusShown().contains(QStringLiteral("no format fits")), kWaitMs);
    }

    void anAppliedImportOffersUndo()
    {
        openWizard();
        QVERIFY(wizard().applyButton().isEnabled());
        QTest::mouseClick(&wizard().applyButton(), Qt::LeftButton);
        MainWindow& window = m_window->window();
        QTRY_COMPARE_WITH_TIMEOUT(wizard().import().state(), ImportController::State::Applied, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(window.controller().isOpen(), kWaitMs); // opened again
        QTRY_VERIFY_WITH_TIMEOUT(window.banner().isVisible(), kWaitMs);
        QVERIFY(wizard().isVisible());
        bool offersUndo = false;
        for (const auto* button : window.banner().findChildren<QPushButton*>())
            offersUndo |= button->isVisible() && button->text() == QStringLiteral("Undo");
        QVERIFY(offersUndo);
        QCOMPARE(m_fake->script->applied, 1);
    }

    void anImportThatIsCancelledWhileApplyingOpensTheProjectAgain()
    {
        m_fake->script->applying.close();
        openWizard();
        QTest::mouseClick(&wizard().applyButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(wizard().statusShown().contains(QStringLiteral("1 of 2")), kWaitMs);
        QVERIFY(wizard().isVisible() && !m_window->window().controller().isOpen());
        wizard().import().cancel();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->window().controller().isOpen(), kWaitMs);
        QCOMPARE(wizard().import().state(), ImportController::State::Read); // it can be applied after all
        QCOMPARE(m_fake->script->applied, 0);
    }

    void projectRulesAreHandedOnWhenTheyWereChanged()
    {
        RulesTable rules(nullptr);
        rules.setRules(m_fake->knownRules());
        QVERIFY(rules.rules().isNull()); // untouched: the known ones
        rules.table().item(0, RulesTable::ProjectColumn)->setText(QStringLiteral("other"));
        QCOMPARE(rules.rules()["names"]["mojo1"].toString(), std::string("other"));
    }

    void theFormSaysWhatIsMissing()
    {
        m_window->open();
        m_window->window().openImport({});
        QVERIFY(!wizard().form().readButton().isEnabled());
        QVERIFY(wizard().form().problem().contains(QStringLiteral("Choose a file")));
        wizard().form().setSource(QStringLiteral("/somewhere/log.csv"));
        QVERIFY(wizard().form().readButton().isEnabled());
        wizard().form().target().setCurrentText(QStringLiteral("not / a name"));
        QVERIFY(!wizard().form().readButton().isEnabled());
    }

private:
    ExportView& view() { return m_window->window().exporter(); }
    ImportView& wizard() { return m_window->window().importer(); }
    int previews()
    {
        const std::lock_guard lock(m_fake->mutex);
        return m_fake->previews;
    }

    void showExport()
    {
        m_window->open();
        m_window->press(Qt::Key_6, Qt::ControlModifier);
        QVERIFY(view().isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(view().exports().isPreviewCurrent(), kWaitMs);
    }

    void publishTwo()
    {
        m_fake->published = {{"second", "yolo", "2026-01-03T03:04:05Z", "s2", 9, false, "", {}},
                             {"first", "yolo", "2026-01-02T03:04:05Z", "s1", 8, false, "", {}}};
        showExport();
        ExportController::rememberPlace("s1", QStringLiteral("/tmp/first"));
        ExportController::rememberPlace("s2", QStringLiteral("/tmp/second"));
        QTRY_COMPARE_WITH_TIMEOUT(view().releases().list().topLevelItemCount(), 2, kWaitMs);
        view().tabs().setCurrentIndex(1);
    }

    void startReading()
    {
        m_window->window().openImport(QStringLiteral("/somewhere/log.csv"));
        QVERIFY(wizard().isVisible());
        QTest::mouseClick(&wizard().form().readButton(), Qt::LeftButton);
    }

    void openWizard()
    {
        fillImport(*m_fake->script);
        m_window->open();
        startReading();
        QTRY_COMPARE_WITH_TIMEOUT(wizard().import().state(), ImportController::State::Read, kWaitMs);
    }

    QPushButton* buttonNamed(const QString& text)
    {
        for (QPushButton* button : wizard().findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }

    std::shared_ptr<FakeExchange> m_fake;
    std::unique_ptr<WindowFixture> m_window;
};

QTEST_MAIN(TestExchange)
#include "tst_exchange.moc"
