// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Quality panel: thresholds on histograms, and the filter that they write.
#include "ui/browse/quality_panel.h"

#include "tests/support/checks.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace ps;

namespace {

constexpr std::size_t kBins = 60;

/// One group in each bin.
std::vector<MeasureHistogram> evenHistograms()
{
    std::vector<MeasureHistogram> histograms;
    for (const QualityFilter& filter : qualityFilters())
        histograms.push_back({filter.low, filter.high, std::vector<std::int64_t>(kBins, 1), kBins});
    return histograms;
}

} // namespace

class TestQualityPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_filter = findQualityFilter("sharpness");
    }
    void init()
    {
        m_slider = std::make_unique<MeasureSlider>(*m_filter, QStringLiteral("Blurry"), *m_theme, nullptr);
        m_slider->resize(260, m_slider->sizeHint().height());
        m_slider->setHistogram(evenHistograms().front());
        m_slider->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_slider.get()));
    }
    void cleanup() { m_slider.reset(); }

    void arrowsMoveTheThresholdByABin()
    {
        QSignalSpy moved(m_slider.get(), &MeasureSlider::thresholdChanged);
        QCOMPARE(m_slider->term(), std::string("sharpness<6"));
        QCOMPARE(m_slider->beyond(), std::int64_t{6});
        QTest::keyClick(m_slider.get(), Qt::Key_Right);
        QCOMPARE(m_slider->term(), std::string("sharpness<7"));
        QCOMPARE(m_slider->beyond(), std::int64_t{7});
        QVERIFY2(m_slider->accessibleName().contains(QStringLiteral("sharpness<7")),
                 qPrintable(m_slider->accessibleName()));
        QTest::keyClick(m_slider.get(), Qt::Key_PageUp);
        QCOMPARE(m_slider->beyond(), std::int64_t{17});
        QTest::keyClick(m_slider.get(), Qt::Key_Home);
        QCOMPARE(m_slider->beyond(), std::int64_t{0});
        QTest::keyClick(m_slider.get(), Qt::Key_End);
        QCOMPARE(m_slider->beyond(), std::int64_t{kBins});
        const auto before = moved.count();
        QTest::keyClick(m_slider.get(), Qt::Key_End); // stays
        QCOMPARE(moved.count(), before);
        QTest::keyClick(m_slider.get(), Qt::Key_Backspace);
        QCOMPARE(m_slider->term(), std::string("sharpness<6"));
    }

    void theMouseDragsTheThreshold()
    {
        const int middle = m_slider->height() / 2;
        QTest::mousePress(m_slider.get(), Qt::LeftButton, {}, {m_slider->width() / 2, middle});
        QCOMPARE(m_slider->term(), std::string("sharpness<30"));
        QTest::mouseMove(m_slider.get(), {m_slider->width() - 1, middle});
        QTest::mouseRelease(m_slider.get(), Qt::LeftButton, {}, {m_slider->width() - 1, middle});
        QCOMPARE(m_slider->term(), std::string("sharpness<60"));
        QTest::mouseDClick(m_slider.get(), Qt::LeftButton, {}, {20, middle});
        QCOMPARE(m_slider->term(), std::string("sharpness<6"));
    }

    void withoutMeasuresItCannotBeMoved()
    {
        m_slider->setHistogram({0, 60, std::vector<std::int64_t>(kBins), 0});
        QVERIFY(!m_slider->isEnabled());
        QVERIFY(m_slider->accessibleName().contains(QStringLiteral("not measured")));
    }

    void partsOfTheFilter()
    {
        QCOMPARE(withPart("", "", "a<1"), std::string("a<1"));
        QCOMPARE(withPart("x", "", "a<1"), std::string("x a<1"));
        QCOMPARE(withPart("x a<1 y", "a<1", "(a<1 or b<2)"), std::string("x (a<1 or b<2) y"));
        QCOMPARE(withPart("x a<1 y", "a<1", ""), std::string("x y"));
        QCOMPARE(withPart("x a<1", "a<1", ""), std::string("x"));
        QCOMPARE(withPart("a<1", "a<1", ""), std::string(""));
        QCOMPARE(withPart("x", "a<1", "b<2"), std::string("x b<2"));
    }

private:
    std::unique_ptr<Theme> m_theme;
    const QualityFilter* m_filter = nullptr;
    std::unique_ptr<MeasureSlider> m_slider;
};

QTEST_MAIN(TestQualityPanel)
#include "tst_quality_panel.moc"
