// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The charts of the Models workplace: what they hold, where it is, and what the pointer, the keys and the clipboard get.
#include "tests/ui/models_samples.h"
#include "ui/common/theme.h"
#include "ui/models/chart_view.h"
#include "ui/models/model_list.h"
#include "ui/models/report_charts.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

constexpr QSize kSize{380, 262};

QString textAt(const ChartView& view, const QPointF& value)
{
    const ChartGeometry geometry = view.geometryOfChart();
    const int item = chartItemAt(view.content(), geometry, geometry.toPixel(value));
    return item < 0 ? QString() : view.content().items[static_cast<std::size_t>(item)].text;
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void ticksAreRoundNumbersInsideTheAxis()
    {
        QCOMPARE(niceTicks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
        QCOMPARE(niceTicks(0, 1, 5).size(), std::size_t{6}); // both ends are there
        QCOMPARE(niceTicks(1, 30, 6), (std::vector<double>{5, 10, 15, 20, 25, 30}));
        QVERIFY(niceTicks(1, 1, 5).empty());
    }

    void aLineTellsTheEpochUnderThePointer()
    {
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        const TrainingReport report = rankerReport();
        view.setContent(lossChart(report.epochs, report.bestEpoch));
        const QString text = textAt(view, {12.3, 0.4}); // a third of the way to the 13th
        QVERIFY2(text.startsWith(QStringLiteral("Epoch 12 of 30")), qPrintable(text));
        QVERIFY(text.contains(numberText(report.epochs[11].trainLoss)));
        QVERIFY(text.contains(numberText(report.epochs[11].holdOutLoss)));
    }

    void besideThePlotNothingIsTold()
    {
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        view.setContent(lossChart(rankerReport().epochs, 0));
        const ChartGeometry geometry = view.geometryOfChart();
        QCOMPARE(chartItemAt(view.content(), geometry, geometry.title.center()), -1);
    }

    void barsStandBesideTheirBaselines()
    {
        const ChartContent chart = baselineChart(rankerReport());
        QCOMPARE(chart.bars.size(), std::size_t{4});
        QCOMPARE(chart.bars[0].area.width(), 273.0 / 312);
        QCOMPARE((*chart.bars[1].interval)[0], 0.659);
        QVERIFY2(chart.subtitle.contains(QStringLiteral("312")), qPrintable(chart.subtitle));
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        view.setContent(chart);
        const QString text = textAt(view, {0.9, 2.5}); // right of the second bar, still on its line
        QVERIFY2(text.contains(QStringLiteral("highest stage")) && text.contains(percentText(0.712, 1)),
                 qPrintable(text));
    }

    void confusionCountsAddUpToTheHoldOut()
    {
        const TrainingReport report = rankerReport();
        const ChartContent chart = confusionChart(report);
        QCOMPARE(chart.cells.size(), std::size_t{16}); // four stages; what did not occur is a zero
        std::int64_t sum = 0;
        for (const ChartCell& cell : chart.cells)
            sum += cell.text.toInt();
        QCOMPARE(sum, report.holdOutGroups);
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        view.setContent(chart);
        const QString text = textAt(view, {3.5, 0.5}); // highest stage, at the bottom right
        QVERIFY2(text.contains(QStringLiteral("208")), qPrintable(text));
    }

    void calibrationShowsTheSizeOfItsBins()
    {
        const ChartContent chart = calibrationChart(rankerReport());
        QCOMPARE(chart.bars.size(), std::size_t{10});
        QCOMPARE(chart.bars.back().text, QStringLiteral("116"));
        QCOMPARE(chart.items.size(), std::size_t{7}); // empty bins have no point
        QCOMPARE(chart.lines[1].points.size(), std::size_t{7});
    }

    void histogramsHaveTheirBins()
    {
        const ChartContent chart = iouChart(cropReport());
        QCOMPARE(chart.bars.size(), std::size_t{10});
        QCOMPARE(chart.bars[8].area.height(), 71.0);
        QVERIFY2(chart.subtitle.contains(QStringLiteral("180")), qPrintable(chart.subtitle));
    }

    void whatIsMissingIsSaid()
    {
        TrainingReport empty;
        for (const ChartContent& chart : chartsOf(empty)) {
            QVERIFY2(chart.isEmpty(), qPrintable(chart.title));
            ChartView view(*m_theme, nullptr);
            view.resize(kSize);
            view.setContent(chart);
            QVERIFY(!view.picture().isNull());
            QCOMPARE(view.accessibleDescription(), chart.emptyText);
        }
    }

    void refusalsAreGivenInPlainWords()
    {
        QVERIFY(verdictText(refusedReport()).contains(QStringLiteral("highest stage")));
        TrainingReport weak = rankerReport();
        weak.isProposed = false;
        weak.model.value = 0.6;
        const QString text = verdictText(weak);
        QVERIFY2(text.contains(percentText(0.6, 1)) && text.contains(percentText(0.712, 1)), qPrintable(text));
    }

    void anotherNetworkIsNoBaselineWithoutAModel()
    {
        TrainingReport report = rankerReport();
        report.baselines.push_back({"512-256-64-1", 0.85, 312, {0.8, 0.9}});
        const ModelRecord record = recordOf("ranker_v4", "2026-11-20T09:30:00Z", report);
        QVERIFY(bestBaseline(record));
        QCOMPARE(bestBaseline(record)->name, std::string("highest stage"));
        QCOMPARE(baselineChart(report).bars.size(), std::size_t{5}); // the chart has both
    }

    void arrowKeysWalkThroughTheNumbers()
    {
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        view.setContent(baselineChart(rankerReport()));
        view.show();
        view.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.hovered(), 0);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.hovered(), 1);
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("highest stage")));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.hovered(), 3);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(view.hovered(), -1);
    }

    void numbersAreCopiedAsCsv()
    {
        ChartView view(*m_theme, nullptr);
        view.setContent(stageChart(rankerReport()));
        view.copyNumbers();
        const QStringList lines = QApplication::clipboard()->text().split(QStringLiteral("\r\n"));
        QCOMPARE(lines.value(0), QStringLiteral("stage,count,correct,accuracy,low,high"));
        QVERIFY2(lines.value(2).startsWith(QStringLiteral("1.5,29,21,0.724138,")), qPrintable(lines.value(2)));
    }

    void csvQuotesWhatNeedsIt()
    {
        ChartContent chart;
        chart.columns = {QStringLiteral("a,b"), QStringLiteral("c")};
        chart.rows = {{QStringLiteral("say \"x\""), QStringLiteral("1")}};
        QCOMPARE(chart.csv(), QStringLiteral("\"a,b\",c\r\n\"say \"\"x\"\"\",1\r\n"));
    }

    void intervalsAreThoseOfWilson()
    {
        const auto interval = wilsonInterval(8, 10); // published example: 0.490 to 0.943
        QVERIFY(std::abs(interval[0] - 0.4902) < 5e-4);
        QVERIFY(std::abs(interval[1] - 0.9433) < 5e-4);
        QCOMPARE(wilsonInterval(0, 0), (std::array<double, 2>{0, 1}));
    }

    void bothThemesArePainted()
    {
        ChartView view(*m_theme, nullptr);
        view.resize(kSize);
        view.setContent(confusionChart(rankerReport()));
        m_theme->setMode(ThemeMode::Dark);
        const QImage dark = view.picture().toImage();
        m_theme->setMode(ThemeMode::Light);
        const QImage light = view.picture().toImage();
        QVERIFY(dark != light);
        QVERIFY(qGray(light.pixel(5, 130)) > qGray(dark.pixel(5, 130)));
        m_theme->setMode(ThemeMode::System);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
