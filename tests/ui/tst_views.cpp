// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the single views of the window show, and that they keep up with the data, the theme and the keys.
#include "core/decisions/crop.h"
#include "tests/support/images.h"
#include "tests/ui/window_fixture.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"
#include "ui/crop/crop_panel.h"
#include "ui/inspect/inspect_view.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTreeView>

using namespace ps;
using namespace ps::test;

namespace {

const std::string kLastRow = " FROM ai_decisions ORDER BY rowid DESC LIMIT 1";
constexpr ImageSize kThird{288, 192}; // size of the third picture

QStringList labelTexts(const QWidget& widget)
{
    QStringList texts;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        texts.append(label->text());
    return texts;
}

bool isSaid(const QWidget& widget, const QString& part)
{
    return labelTexts(widget).join(QLatin1Char('\n')).contains(part);
}

QLabel* mutedLabel(const QWidget& widget)
{
    for (QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->property("muted").toBool())
            return label;
    }
    return nullptr;
}

int gridRows(const QWidget& widget)
{
    int rows = 0;
    for (const QGridLayout* grid : widget.findChildren<QGridLayout*>())
        rows += grid->rowCount();
    return rows;
}

/// A report with one check that has two findings on the list and, when wanted, more that are not.
std::shared_ptr<InspectionReport> makeReport(std::int64_t unlisted = 0)
{
    auto report = std::make_shared<InspectionReport>();
    report->database = "p1.db";
    report->generatedAt = systemClock().now();
    const std::string_view check = "final_crop_range";
    report->findings.add(check, "group_a", 1, "x1 is 1.5");
    report->findings.add(check, "group_b", 2, "y2 is -3");
    if (unlisted > 0)
        report->findings.addUnlisted(check, unlisted);
    return report;
}

} // namespace

class TestViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(3); }
    void cleanup() { m_fixture.reset(); }

    // ---- inspector

    void theInspectorDoesNotGrow()
    {
        m_fixture->open();
        inspector().showGroup(0, 3, *table().group());
        const auto widgets = inspector().findChildren<QWidget*>().size();
        const int rows = gridRows(inspector());
        for (int i = 0; i < 20; ++i)
            inspector().showGroup(i % 3, 3, *table().group());
        QCOMPARE(inspector().findChildren<QWidget*>().size(), widgets);
        QCOMPARE(gridRows(inspector()), rows);
    }

    void movingThePicturesDoesNotBuildTheInspectorAnew()
    {
        m_fixture->open();
        const QList<QLabel*> before = inspector().findChildren<QLabel*>();
        table().zoomBy(2);
        QCOMPARE(inspector().findChildren<QLabel*>(), before);
    }

    void everyColumnOfFourLargeCandidatesIsInView()
    {
        for (std::size_t i = 0; i < 4; ++i) {
            const int side = static_cast<int>(i);
            m_fixture->project().addFile(
                ProjectFixture::imageName(9, std::array{"1", "1.5", "2", "2.5"}.at(i), i),
                encodedAs(ImageFormat::Png, patternRaster({1024 + side * 128, 640 + side * 80})));
        }
        m_fixture->open();
        m_fixture->press(Qt::Key_End);
        QTRY_VERIFY(m_fixture->shows(3));
        QVERIFY(isSaid(inspector(), QStringLiteral("1408×880")));
        QCoreApplication::processEvents();
        for (const QLabel* label : inspector().findChildren<QLabel*>()) {
            if (!label->isVisible())
                continue;
            const int right = label->mapTo(&inspector(), QPoint(label->width(), 0)).x();
            QVERIFY2(right <= inspector().width(), qPrintable(label->text()));
            QVERIFY2(label->wordWrap() || label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        }
    }

    void theSuggestionKeyReachesTheInspectorAndStays()
    {
        m_fixture->open();
        ReviewedGroup group = *table().group();
        group.suggestion = Suggestion{};
        group.suggestion->crop = Crop{0.1, 0.1, 0.9, 0.9};
        group.offer.visible = group.suggestion;
        table().showGroup(group);
        inspector().showGroup(0, 3, group);
        QVERIFY(isSaid(inspector(), QStringLiteral("proposed, shown")));
        m_fixture->press(Qt::Key_V);
        QVERIFY(!isSaid(inspector(), QStringLiteral("proposed, shown"))); // off is off
        m_fixture->press(Qt::Key_Space);
        QTRY_VERIFY(m_fixture->shows(1));
        QVERIFY(!table().isSuggestionVisible());
        m_fixture->press(Qt::Key_V);
        QVERIFY(table().isSuggestionVisible());
    }

    void mutedTextFollowsTheTheme()
    {
        m_fixture->open();
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light, ThemeMode::Dark}) {
            m_fixture->theme().setMode(mode);
            for (const QWidget* view : std::initializer_list<const QWidget*>{&inspector(), &window().inspector()}) {
                QLabel* const label = mutedLabel(*view);
                QVERIFY(label);
                label->ensurePolished();
                QCOMPARE(label->palette().color(label->foregroundRole()), m_fixture->theme().colors().mutedText);
            }
        }
    }

    // ---- light table

    void actualSizeIsActualForSmallPicturesToo()
    {
        m_fixture->open();
        const double ratio = table().devicePixelRatioF();
        QVERIFY(table().shownSize(0).width() > 96 / ratio + 1); // fitted, so enlarged
        table().zoomToActual();
        QVERIFY(std::abs(table().shownSize(0).width() * ratio - 96) < 0.01);
        table().zoomToFit();
        QVERIFY(table().shownSize(0).width() > 96 / ratio + 1);
    }

    void aGroupThatComesWhileThePointerDragsEndsTheDrag()
    {
        m_fixture->open();
        const QPoint at(table().width() * 5 / 6, table().height() / 2); // in the third picture
        QTest::mousePress(&table(), Qt::LeftButton, Qt::NoModifier, at);
        table().clear(QStringLiteral("nothing"));
        QMouseEvent move(QEvent::MouseMove, at + QPoint(30, 30), table().mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&table(), &move);
        QVERIFY(!table().group());
    }

    // ---- crop

    void aNumberThatIsOnlyTypedIsStored()
    {
        startCrop();
        typeInto(2, QStringLiteral("150"));
        QVERIFY(editor().canvas().box().isFullFrame()); // not ended with Return
        QTest::mouseClick(editor().panel().confirmButton(), Qt::LeftButton);
        QTRY_VERIFY(m_fixture->shows(1) && m_fixture->isSaved());
        const Crop stored = must(parseCrop(m_fixture->value("SELECT final_crop_coords" + kLastRow)));
        QVERIFY(toPixels(stored, kThird) == (PixelBox{0, 0, 150, 100})); // the ratio of the image is kept
    }

    void typedPlacesOnlyMove()
    {
        startCrop();
        typeInto(3, QStringLiteral("64"));
        editor().panel().commitNumbers();
        QVERIFY(editor().canvas().box().box() == (PixelBox{0, 0, 96, 64}));
        typeInto(0, QStringLiteral("20"));
        editor().panel().commitNumbers();
        typeInto(1, QStringLiteral("1000"));
        editor().panel().commitNumbers();
        QVERIFY(editor().canvas().box().box() == (PixelBox{20, 128, 116, 192}));
    }

    // ---- inspect

    void aClickOnAFindingStaysAndReturnLeaves()
    {
        m_fixture->open();
        const QModelIndex finding = showFindings(makeReport());
        QSignalSpy chosen(&window().inspector(), &InspectView::groupChosen);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, Qt::NoModifier, tree().visualRect(finding).center());
        QCOMPARE(tree().currentIndex().row(), finding.row());
        QCOMPARE(chosen.count(), 0);
        QTest::keyClick(&tree(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), QStringLiteral("group_a"));
    }

    void theEvidenceOfTheSelectionIsCopied()
    {
        m_fixture->open();
        const QModelIndex finding = showFindings(makeReport());
        tree().setFocus();
        tree().setCurrentIndex(finding);
        QTest::keyClick(&tree(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("x1 is 1.5\ny2 is -3"));
    }

    void whatIsNotListedIsSaid()
    {
        m_fixture->open();
        const QModelIndex check = showFindings(makeReport(7)).parent();
        QCOMPARE(tree().model()->rowCount(check), 3);
        QVERIFY(tree().model()->index(2, 0, check).data().toString().contains(QStringLiteral("7")));
        showFindings(makeReport());
        QCOMPARE(tree().model()->rowCount(tree().model()->index(0, 0)), 2);
    }

    void aReportThatIsOlderThanTheDataSaysSo()
    {
        m_fixture->open();
        const auto report = makeReport();
        window().inspector().showReport(report, QString());
        QVERIFY(!isSaid(window().inspector(), QStringLiteral("△")));
        m_fixture->press(Qt::Key_1);
        QTRY_VERIFY(m_fixture->isSaved());
        QTRY_VERIFY(isSaid(window().inspector(), QStringLiteral("△")));
        window().inspector().showReport(makeReport(), QString());
        QVERIFY(!isSaid(window().inspector(), QStringLiteral("△")));
    }

    void aReportWithoutProjectCanBeSavedAndNotRepaired()
    {
        window().inspector().showReport(makeReport(), QString());
        QPushButton* const save = button(InspectView::tr("Save report as..."));
        QPushButton* const repair = button(InspectView::tr("Repair..."));
        QVERIFY(save && save->isEnabled());
        QVERIFY(repair && repair->isHidden());
    }

    void theInspectPageCanBeNarrow()
    {
        m_fixture->open();
        QWidget page;
        page.resize(480, 500);
        InspectView view(window().controller(), m_fixture->theme(), &page);
        view.showReport(makeReport(), QString());
        view.setGeometry(page.rect());
        page.show();
        QVERIFY(view.minimumSizeHint().width() <= 480);
        for (const QLabel* label : view.findChildren<QLabel*>())
            QVERIFY2(label->isVisible() && label->mapTo(&page, label->rect().topRight()).x() < 480,
                     qPrintable(label->text()));
        for (const QPushButton* one : view.findChildren<QPushButton*>())
            QVERIFY2(one->isHidden() || one->geometry().right() < 480, qPrintable(one->accessibleName()));
    }

private:
    MainWindow& window() { return m_fixture->window(); }
    LightTable& table() { return window().review().lightTable(); }
    InspectorPanel& inspector() { return *window().review().findChild<InspectorPanel*>(); }
    CropEditor& editor() { return window().review().cropEditor(); }
    QTreeView& tree() { return *window().inspector().findChild<QTreeView*>(); }

    QPushButton* button(const QString& name)
    {
        for (QPushButton* one : window().inspector().findChildren<QPushButton*>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    /// Shows a report; returns its first finding.
    QModelIndex showFindings(const std::shared_ptr<const InspectionReport>& report)
    {
        window().showWorkplace(MainWindow::WorkplaceInspect);
        if (!QTest::qWaitFor([this] { return window().inspector().hasReport() && !window().controller().isBusy(); },
                             20'000))
            throw std::runtime_error("the project was not inspected");
        window().inspector().showReport(report, QString());
        return tree().model()->index(0, 0, tree().model()->index(0, 0));
    }

    void startCrop()
    {
        m_fixture->open();
        m_fixture->press(Qt::Key_E); // crop picture 3
        QTRY_VERIFY(window().review().isCropping());
        QTRY_VERIFY(editor().canvas().isPictureReady());
    }

    /// Types into one of the numbers left, top, width, height, without Return.
    void typeInto(int which, const QString& text)
    {
        QSpinBox* const number = editor().panel().findChildren<QSpinBox*>().at(which);
        number->setFocus();
        number->selectAll();
        QTest::keyClicks(number, text);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestViews)
#include "tst_views.moc"
