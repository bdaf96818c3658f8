// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening, closing, finalizing and looking: the window as a whole.
#include "core/decisions/schema.h"
#include "tests/ui/window_fixture.h"
#include "ui/inspect/inspect_view.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"
#include "ui/shell/banner.h"
#include "ui/shell/finalize_dialog.h"
#include "ui/shell/key_map.h"
#include "ui/shell/project_dialogs.h"
#include "ui/shell/recent_projects.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>

using namespace ps;
using namespace ps::test;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(4); }
    void cleanup() { m_fixture.reset(); }

    void aDroppedWorkspaceOpens()
    {
        drop(QString::fromStdString(m_fixture->project().folder().pathOf("ws")));
        QTRY_VERIFY(m_fixture->shows(0));
        QVERIFY(window().windowTitle().startsWith(QStringLiteral("p1")));
    }

    void theKeyMapShowsWhatTheKeysDoHere()
    {
        m_fixture->open();
        QTRY_VERIFY(m_fixture->shows(0));
        const auto textOf = [this](const QString& keys) {
            for (const KeyMap::Line& line : window().findChild<KeyMap*>()->lines()) {
                if (line.keys == keys)
                    return line.text;
            }
            return QString();
        };
        m_fixture->press(Qt::Key_Question);
        QTRY_VERIFY(window().findChild<KeyMap*>()->isVisible());
        QVERIFY(textOf(QStringLiteral("1 2 3 4")).contains(QStringLiteral("as shown")));
        QVERIFY(textOf(QStringLiteral("Shift+Q W E R")).contains(QStringLiteral("1\u20134")));
        QVERIFY(textOf(QStringLiteral("Ctrl+D")).isEmpty()); // of Browse
        QVERIFY(!textOf(QStringLiteral("F1")).isEmpty());
        m_fixture->press(Qt::Key_Escape);
        window().showWorkplace(MainWindow::WorkplaceBrowse);
        m_fixture->press(Qt::Key_Question);
        QTRY_VERIFY(window().findChild<KeyMap*>()->isVisible());
        QVERIFY(textOf(QStringLiteral("1 2 3 4")).contains(QStringLiteral("of each")));
        QVERIFY(!textOf(QStringLiteral("Ctrl+D")).isEmpty());
    }

    void aDroppedDatabaseOpensItsProject()
    {
        drop(QString::fromStdString(m_fixture->project().databasePath()));
        QTRY_VERIFY(m_fixture->shows(0));
    }

    void aFolderOfImagesBecomesAProjectByOneConfirmation()
    {
        const std::string bytes = m_fixture->project().folder().read("ws/photos/" +
                                                                     ProjectFixture::imageName(1, "1", 0));
        const std::string folder = m_fixture->project().folder().pathOf("plain photos");
        m_fixture->project().folder().write("plain photos/a.png", bytes);
        m_fixture->project().folder().write("plain photos/b.png", bytes);
        window().openPath(QString::fromStdString(folder));
        NewProjectDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<NewProjectDialog*>()) != nullptr);
        QCOMPARE(dialog->project().projectId, QStringLiteral("plain_photos"));
        QVERIFY(!QDir(QString::fromStdString(folder)).exists(QStringLiteral("data"))); // nothing yet
        dialog->accept();
        QTRY_VERIFY(m_fixture->shows(0));
        QCOMPARE(window().controller().counts().total(), 2);
        QVERIFY(QFile::exists(QString::fromStdString(folder + "/data/training/ai_training_decisions/plain_photos.db")));
    }

    void aDatabaseWithoutProjectIsInspected()
    {
        const std::string path = m_fixture->project().folder().pathOf("elsewhere.db");
        PS_CHECK_OK(createDecisionDatabase(path));
        window().openPath(QString::fromStdString(path));
        QTRY_VERIFY(window().inspector().hasReport());
        QVERIFY(window().inspector().isVisible());
        QVERIFY(!window().controller().isOpen());
    }

    void whatIsNoDatabaseIsSaid()
    {
        const std::string path = m_fixture->project().folder().write(
            "wrong.db", "this is not a database, only a text of some length");
        window().openPath(QString::fromStdString(path));
        QTRY_VERIFY(window().banner().isVisible());
        QVERIFY(bannerText().contains(QStringLiteral("wrong.db")));
    }

    void aProjectThatAnotherWorksOnCanBeViewed()
    {
        const auto other = m_fixture->project().open();
        window().openProject(m_fixture->address());
        QTRY_VERIFY(m_fixture->shows(0));
        QVERIFY(window().controller().isViewing());
        QTRY_VERIFY(window().banner().isVisible());
        m_fixture->press(Qt::Key_1);
        QVERIFY(m_fixture->isSaved());
        QCOMPARE(m_fixture->rowCount(), 0);
        QVERIFY(m_fixture->shows(0));
    }

    void thePlaceIsRememberedForTheNextStart()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(2));
        QTRY_COMPARE(window().controller().counts().decided(), 1);
        m_fixture->closeWindow();
        m_fixture->makeWindow();
        window().resumeLastProject();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->shows(2), 20'000);
        QCOMPARE(loadRecentProjects().size(), 1);
        QCOMPARE(loadRecentProjects().first().percentDone, 25);
    }

    void finalizeShowsItsCountsBeforeAnythingMovesAndCanBeUndone()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->shows(1));
        m_fixture->press(Qt::Key_X);
        QTRY_VERIFY(m_fixture->shows(2) && m_fixture->isSaved());
        const Census before = m_fixture->project().census();

        m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
        FinalizeDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<FinalizeDialog*>()) != nullptr);
        QVERIFY(m_fixture->project().census() == before);
        QVERIFY(labelTexts(dialog).contains(QStringLiteral("__selected")));
        QVERIFY(labelTexts(dialog).contains(QStringLiteral("5"))); // two losers and three rejected images
        QSignalSpy finalized(&window().controller(), &ProjectController::finalizeFinished);
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(finalized.count(), 1, 20'000);
        QTRY_VERIFY(!window().controller().isBusy());
        QCOMPARE(filesIn("__selected"), 1);
        QCOMPARE(filesIn("__delete_staging"), 5);

        QSignalSpy undone(&window().controller(), &ProjectController::stepDone);
        window().controller().undo();
        QTRY_COMPARE_WITH_TIMEOUT(undone.count(), 1, 20'000);
        QCOMPARE(filesIn("__selected"), 0);
        QCOMPARE(filesIn("__delete_staging"), 0);
    }

    void cancellingFinalizeMovesNothing()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_2);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        const Census before = m_fixture->project().census();
        window().controller().planFinalize();
        FinalizeDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<FinalizeDialog*>()) != nullptr);
        dialog->reject();
        QVERIFY(m_fixture->project().census() == before);
    }

    void aRowThatAScriptWritesShowsUp()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        {
            const Connection script = must(Connection::open(m_fixture->project().databasePath(), OpenMode::ReadWrite));
            PS_CHECK_OK(script.execute("UPDATE ai_decisions SET user_action='reject'"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(
            window().controller().counts().byState[static_cast<std::size_t>(GroupState::Rejected)], 1, 20'000);
        QTRY_COMPARE(m_fixture->value("SELECT kind FROM ps_ledger ORDER BY seq DESC LIMIT 1"), "external change");
    }

    void inspectingShowsTheFindings()
    {
        m_fixture->open();
        window().showWorkplace(MainWindow::WorkplaceInspect);
        QTRY_VERIFY_WITH_TIMEOUT(window().inspector().hasReport(), 20'000);
        QTRY_VERIFY(!window().controller().isBusy());
    }

    void everyWorkplaceIsPaintedInBothThemes()
    {
        m_fixture->open();
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            m_fixture->theme().setMode(mode);
            for (int workplace = MainWindow::WorkplaceStart; workplace <= MainWindow::WorkplaceActivity; ++workplace) {
                window().showWorkplace(static_cast<MainWindow::Workplace>(workplace));
                const QImage picture = window().grab().toImage();
                const QColor corner = picture.pixelColor(2, picture.height() - 4);
                QCOMPARE(corner.lightness() < 128, mode == ThemeMode::Dark);
            }
        }
    }

    void everyButtonHasANameForScreenReaders()
    {
        m_fixture->open();
        for (const QAbstractButton* button : window().findChildren<QAbstractButton*>()) {
            if (button->isHidden())
                continue;
            const bool isNamed = !button->text().isEmpty() || !button->accessibleName().isEmpty();
            const bool isOfQt = button->objectName().startsWith(QLatin1String("qt_")) ||
                                button->inherits("QLineEditIconButton");
            QVERIFY2(isNamed || isOfQt, button->metaObject()->className());
        }
    }

private:
    MainWindow& window() { return m_fixture->window(); }

    void drop(const QString& path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &event);
    }

    QString bannerText() { return labelTexts(&window().banner()).join(QLatin1Char(' ')); }

    static QStringList labelTexts(const QWidget* widget)
    {
        QStringList texts;
        for (const QLabel* label : widget->findChildren<QLabel*>())
            texts.append(label->text());
        return texts;
    }

    qsizetype filesIn(const char* folder) const
    {
        const QString path = QString::fromStdString(m_fixture->project().folder().pathOf("ws/")) +
                             QLatin1String(folder);
        return QDir(path).entryList(QDir::Files).size();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
