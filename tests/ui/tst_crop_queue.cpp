// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Crop workplace: from "crop later" to the cut file.
#include "tests/support/images.h"
#include "tests/ui/window_fixture.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/crop/crop_view.h"
#include "ui/review/review_view.h"

#include <QDir>
#include <QSignalSpy>

using namespace ps;
using namespace ps::test;

class TestCropQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>(2);
        m_fixture->open();
        for (int group = 0; group < 2; ++group) {
            QTRY_VERIFY(m_fixture->shows(group));
            m_fixture->press(Qt::Key_E, Qt::ShiftModifier);
        }
        QTRY_VERIFY(m_fixture->isSaved());
        QTRY_COMPARE(m_fixture->rowCount(), 2);
    }
    void cleanup() { m_fixture.reset(); }

    void confirmingFillsTheRowsOneAfterTheOther()
    {
        m_fixture->window().showWorkplace(MainWindow::WorkplaceCrop);
        confirmQuarter("1");
        confirmQuarter("2");
        QTRY_VERIFY(!m_fixture->window().crop().isShowingPicture());
        QCOMPARE(m_fixture->value(
                     "SELECT count(*) FROM ai_decisions WHERE user_action='crop' AND crop_timestamp IS NOT NULL"),
                 "2");
    }

    void aConfirmedCropIsCutWhenItsImageHasGoneToTheCropFolder()
    {
        QSignalSpy finalized(&m_fixture->window().controller(), &ProjectController::finalizeFinished);
        ProjectController& controller = m_fixture->window().controller();
        connect(&controller, &ProjectController::finalizePlanned, &controller,
                [&controller](const std::shared_ptr<FinalizePlan>& plan) { controller.runFinalize(*plan); });
        controller.planFinalize();
        QTRY_COMPARE_WITH_TIMEOUT(finalized.count(), 1, 20'000);
        QTRY_VERIFY(!controller.isBusy());
        QCOMPARE(filesIn("__crop", "*.png").size(), 2);
        QCOMPARE(filesIn("__crop", "*.decision").size(), 2);

        for (QWidget* dialog : QApplication::topLevelWidgets()) {
            if (dialog != &m_fixture->window() && dialog->isVisible())
                dialog->close();
        }
        m_fixture->window().activateWindow();
        m_fixture->window().showWorkplace(MainWindow::WorkplaceCrop);
        confirmQuarter("1");
        QTRY_COMPARE_WITH_TIMEOUT(filesIn("__cropped", "*.png").size(), 1, 20'000);
        QCOMPARE(filesIn("__crop", "*.png").size(), 1);
        const std::string cut = m_fixture->project().folder().read("ws/__cropped/" +
                                                                   filesIn("__cropped", "*.png").first().toStdString());
        const auto header = headerOf(cut);
        PS_CHECK_OK(header);
        QVERIFY(header->rawSize == (ImageSize{m_confirmed.width(), m_confirmed.height()}));
    }

    void closingBehindAConfirmationLeavesTheEditorUsable()
    {
        m_fixture->window().showWorkplace(MainWindow::WorkplaceCrop);
        CropView& view = m_fixture->window().crop();
        QTRY_VERIFY(view.isShowingPicture());
        view.findChild<CropCanvas*>()->setBox({10, 10, 154, 106});
        m_fixture->press(Qt::Key_Return);
        m_fixture->window().controller().close();
        m_fixture->open();
        QCOMPARE(m_fixture->value("SELECT count(*) FROM ai_decisions WHERE final_crop_coords IS NOT NULL"), "1");
        m_fixture->window().showWorkplace(MainWindow::WorkplaceCrop);
        confirmQuarter("2");
    }

private:
    QStringList filesIn(const char* folder, const char* pattern) const
    {
        const QString path = QString::fromStdString(m_fixture->project().folder().pathOf("ws/")) +
                             QLatin1String(folder);
        return QDir(path).entryList({QString::fromLatin1(pattern)}, QDir::Files);
    }

    void confirmQuarter(const std::string& rowsAfter)
    {
        CropView& view = m_fixture->window().crop();
        QTRY_VERIFY(view.isShowingPicture());
        CropCanvas* const canvas = view.findChild<CropCanvas*>();
        canvas->setBox({10, 10, 154, 106});
        m_confirmed = canvas->box().box();
        m_fixture->press(Qt::Key_Return);
        QTRY_COMPARE(m_fixture->value("SELECT count(*) FROM ai_decisions WHERE final_crop_coords IS NOT NULL"),
                     rowsAfter);
        QTRY_VERIFY(canvas->box().box() != m_confirmed || !view.isShowingPicture()); // the next one has come
    }

    PixelBox m_confirmed{};
    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestCropQueue)
#include "tst_crop_queue.moc"
