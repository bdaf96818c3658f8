// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether each measure says of real photographs what its name says: the reasons that people are shown stand on it.
#include "core/inference/model_spec.h"
#include "tests/core/inference/photographs.h"

#include <algorithm>
#include <functional>

using namespace ps;
using test::measured;

namespace {

constexpr std::size_t kPhotographs = 8;

cv::Mat blurred(const cv::Mat& picture, double sigma)
{
    cv::Mat result;
    cv::GaussianBlur(picture, result, {}, sigma);
    return result;
}

cv::Mat noisy(const cv::Mat& picture, double sigma)
{
    cv::Mat noise(picture.size(), CV_16SC3);
    cv::RNG random(7);
    random.fill(noise, cv::RNG::NORMAL, 0, sigma);
    cv::Mat sum;
    picture.convertTo(sum, CV_16SC3);
    sum += noise;
    cv::Mat result;
    sum.convertTo(result, CV_8UC3);
    return result;
}

/// So many levels in each channel.
cv::Mat posterised(const cv::Mat& picture, int levels)
{
    const int step = 256 / levels;
    cv::Mat table(1, 256, CV_8U);
    for (int i = 0; i < 256; ++i)
        table.at<std::uint8_t>(i) = static_cast<std::uint8_t>(i / step * step + step / 2);
    cv::Mat result;
    cv::LUT(picture, table, result);
    return result;
}

cv::Mat throughJpeg(const cv::Mat& picture, int quality)
{
    return test::must(test::decodedUpright(test::jpegOf(picture, quality))).pixels;
}

cv::Mat upscaled(const cv::Mat& picture, double factor)
{
    cv::Mat small;
    cv::resize(picture, small, {}, 1 / factor, 1 / factor, cv::INTER_AREA);
    cv::Mat large;
    cv::resize(small, large, picture.size(), 0, 0, cv::INTER_CUBIC);
    return large;
}

cv::Mat exposed(const cv::Mat& picture, double gain)
{
    cv::Mat result;
    picture.convertTo(result, CV_8U, gain);
    return result;
}

cv::Mat steeper(const cv::Mat& picture)
{
    cv::Mat result;
    picture.convertTo(result, CV_8U, 4, -3 * 128);
    return result;
}

cv::Mat flatter(const cv::Mat& picture)
{
    cv::Mat result;
    picture.convertTo(result, CV_8U, 0.5, 64);
    return result;
}

cv::Mat greyer(const cv::Mat& picture)
{
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
    return picture * 0.3 + grey * 0.7;
}

cv::Rect inPixels(const FractionBox& box, cv::Size size)
{
    const cv::Point from(static_cast<int>(box.x1 * size.width), static_cast<int>(box.y1 * size.height));
    return {from, cv::Point(static_cast<int>(box.x2 * size.width), static_cast<int>(box.y2 * size.height))};
}

struct Change {
    const char* name;
    QualityMeasure measure;
    bool becomesMore;
    std::function<cv::Mat(const cv::Mat&)> apply;
};

const std::vector<Change>& changes()
{
    using enum QualityMeasure;
    static const std::vector<Change> list{
        {"blur lowers sharpness", Sharpness, false, [](const cv::Mat& p) { return blurred(p, 2); }},
        {"blur lowers the subject's", SubjectSharpness, false, [](const cv::Mat& p) { return blurred(p, 2); }},
        {"noise raises noise", Noise, true, [](const cv::Mat& p) { return noisy(p, 14); }},
        {"few levels raise banding", Banding, true, [](const cv::Mat& p) { return posterised(p, 16); }},
        {"hard JPEG raises blockiness", Blockiness, true, [](const cv::Mat& p) { return throughJpeg(p, 20); }},
        {"too much contrast clips", Clipping, true, [](const cv::Mat& p) { return steeper(p); }},
        {"darkness is off the middle", ExposureOffset, true, [](const cv::Mat& p) { return exposed(p, 0.25); }},
        {"half the range has less contrast", Contrast, false, flatter},
        {"towards grey is less colourful", Colourfulness, false, greyer},
        {"enlarging raises upscaling", Upscaling, true, [](const cv::Mat& p) { return upscaled(p, 2.5); }},
        {"fewer pixels are fewer", Resolution, false,
         [](const cv::Mat& p) {
             cv::Mat half;
             cv::resize(p, half, {}, 0.5, 0.5, cv::INTER_AREA);
             return half;
         }},
    };
    return list;
}

} // namespace

class TestQualityMeasures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_photographs = test::realPhotographs(kPhotographs);
        QVERIFY2(m_photographs.size() >= 8, "the packages with photographs are not installed");
        for (const cv::Mat& photograph : m_photographs)
            m_before.push_back(measured(photograph));
    }

    void signsAreRight_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < changes().size(); ++i)
            QTest::newRow(changes()[i].name) << static_cast<int>(i);
    }
    void signsAreRight()
    {
        QFETCH(int, index);
        const Change& change = changes()[static_cast<std::size_t>(index)];
        for (std::size_t i = 0; i < m_photographs.size(); ++i) {
            const float before = m_before[i][change.measure];
            const float after = measured(change.apply(m_photographs[i]))[change.measure];
            const std::string figures = "photograph " + std::to_string(i) + ": " + std::to_string(before) + " -> " +
                                        std::to_string(after);
            qInfo("%s %s", change.name, figures.c_str());
            QVERIFY2(change.becomesMore ? after > before : after < before, figures.c_str());
        }
    }

    void onlyTheBlurOfTheSubjectIsTheSubjects()
    {
        for (std::size_t i = 0; i < m_photographs.size(); ++i) {
            const cv::Mat& photograph = m_photographs[i];
            const cv::Rect subject = inPixels(*m_before[i].subject, photograph.size());
            cv::Mat soft = photograph.clone();
            blurred(photograph(subject), 3).copyTo(soft(subject));
            cv::Mat around = blurred(photograph, 3);
            photograph(subject).copyTo(around(subject));
            const float before = m_before[i][QualityMeasure::SubjectSharpness];
            const float softSubject = measured(soft)[QualityMeasure::SubjectSharpness];
            const float softRest = measured(around)[QualityMeasure::SubjectSharpness];
            qInfo("%zu: %.2f soft subject %.2f soft rest %.2f", i, static_cast<double>(before),
                  static_cast<double>(softSubject), static_cast<double>(softRest));
            QVERIFY(softSubject < 0.9F * before);
            QVERIFY(softRest > softSubject);
        }
    }

    void unchangedPicturesMeasureTheSame()
    {
        for (std::size_t i = 0; i < m_photographs.size(); ++i)
            QVERIFY(measured(m_photographs[i].clone()) == m_before[i]);
    }

    void vectorsAreWholeFiniteAndSteady()
    {
        for (const cv::Mat& photograph : m_photographs) {
            const BuiltinEmbedding embedding = embedBuiltin(test::loaded(test::pngOf(photograph)));
            QCOMPARE(embedding.values.size(), static_cast<std::size_t>(kBuiltinEmbeddingSize));
            for (const float value : embedding.values)
                QVERIFY(std::isfinite(value));
            QVERIFY(embedBuiltin(test::loaded(test::pngOf(photograph))).values == embedding.values);
        }
    }

    void oddSizesAreEmbedded_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto& [width, height] : {std::pair{1, 1}, {1, 700}, {3000, 2}, {63, 65}, {512, 511}, {20, 20}})
            QTest::addRow("%d x %d", width, height) << width << height;
    }
    void oddSizesAreEmbedded()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const cv::Mat flat(height, width, CV_8UC3, cv::Scalar(90, 120, 30));
        const BuiltinEmbedding embedding = embedBuiltin(test::loaded(test::pngOf(flat)));
        QCOMPARE(embedding.values.size(), static_cast<std::size_t>(kBuiltinEmbeddingSize));
        QVERIFY(std::ranges::all_of(embedding.values, [](float value) { return std::isfinite(value); }));
        QVERIFY(embedding.measures.subject->isValid());
    }

    /// Small differences must show against everything that the pictures of a group have in common.
    void likePicturesAreNearAndOthersFar()
    {
        const auto distance = [](const cv::Mat& a, const cv::Mat& b) {
            const auto x = embedBuiltin(test::loaded(test::pngOf(a))).values;
            const auto y = embedBuiltin(test::loaded(test::pngOf(b))).values;
            double sum = 0;
            for (std::size_t i = 0; i < x.size(); ++i)
                sum += static_cast<double>(x[i] - y[i]) * static_cast<double>(x[i] - y[i]);
            return std::sqrt(sum);
        };
        const cv::Mat& one = m_photographs[0];
        const double variant = distance(one, blurred(one, 1));
        const double other = distance(one, m_photographs[1]);
        QVERIFY(variant > 0.5);
        QVERIFY(variant < other / 1.5);
    }

private:
    std::vector<cv::Mat> m_photographs;
    std::vector<QualityMeasures> m_before;
};

QTEST_GUILESS_MAIN(TestQualityMeasures)
#include "tst_quality_measures.moc"
