// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an export cuts out is what everybody else would cut out: Pillow, Qt and OpenCV open the original, turn it upright and cut
// the truncated box, each by its own code, and find the pixels of our file.
#include "core/base/json.h"
#include "tests/core/exchange/media_helpers.h"
#include "tests/core/exchange/sink_helpers.h"
#include "tests/support/python.h"
#include "tests/support/seeded_random.h"

#include <QImageReader>
#include <QObject>
#if PS_HAS_IMGCODECS
#include <opencv2/imgcodecs.hpp>
#endif

using namespace ps;
using namespace ps::test;

namespace {

// Reads lines "original<TAB>export<TAB>x1 y1 x2 y2" and prints the size of the export, its largest and its mean difference from the
// cut, and the mean difference from the cut one pixel beside it.
constexpr const char* kCutByPillow = R"(
import json, sys
from PIL import Image, ImageChops, ImageOps, ImageStat

def mean_and_largest(a, b):
    difference = ImageChops.difference(a, b)
    statistics = ImageStat.Stat(difference)
    return sum(statistics.mean) / len(statistics.mean), max(high for low, high in difference.getextrema())

results = []
for line in sys.stdin:
    original, export, box = line.rstrip("\n").split("\t")
    image = Image.open(original)
    image.load()  # which turns a TIFF already, in this version
    image = (image if image.format == "TIFF" else ImageOps.exif_transpose(image)).convert("RGB")
    width, height = image.size
    x1, y1, x2, y2 = (float(v) for v in box.split())
    pixels = [int(x1 * width), int(y1 * height), int(x2 * width), int(y2 * height)]
    made = Image.open(export)
    orientation = made.getexif().get(274, 1)
    made = made.convert("RGB")
    expected = image.crop(pixels)
    shifted = image.crop([pixels[0] - 1, pixels[1], pixels[2] - 1, pixels[3]])
    if made.size != expected.size:
        results.append([list(made.size), list(expected.size), orientation])
        continue
    mean, largest = mean_and_largest(made, expected)
    beside, _ = mean_and_largest(made, shifted)
    results.append([list(made.size), list(expected.size), orientation, mean, largest, beside])
print(json.dumps(results))
)";

struct Case {
    std::string original;
    std::string exported;
    Crop crop;
    ImageFormat format = ImageFormat::Png;
    ImageSize size; ///< upright
    std::string text() const { return original + " " + cropText(crop); }
};

/// Two random values of an axis that leave at least eight pixels and never touch the left edge, so that a shifted cut exists.
std::pair<double, double> randomRange(SeededRandom& random, int length)
{
    const double smallest = 2.0 / length;
    const double extent = 8.0 / length;
    const double begin = smallest + random.fraction() * (1 - smallest - extent);
    const double end = begin + extent + random.fraction() * (1 - begin - extent);
    return {begin, std::min(1.0, end)};
}

bool isLossless(ImageFormat format)
{
    return format != ImageFormat::Jpeg;
}

/// Mean difference of a lossy cut from its original: squares survive compression, so that little is enough.
constexpr double kLossyMean = 4;

} // namespace

class TestCropContract : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pillowCutsTheSamePixels();
    void qtCutsTheSamePixels();
    void openCvCutsTheSamePixels();

private:
    TempFolder m_originals;
    TempFolder m_release;
    std::vector<Case> m_cases;
};

void TestCropContract::initTestCase()
{
    const auto service = startImageService();
    ReleaseMedia media(*service, CropMode::Applied, false);
    const auto sink = folderSinkIn(m_release);
    SeededRandom random(20'261'121);
    for (const ImageFormat format :
         {ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp}) {
        for (int orientation = 1; orientation <= 8; ++orientation) {
            if (format == ImageFormat::Bmp && orientation > 1)
                continue; // it cannot say so
            const ImageSize size{random.intBetween(40, 120), random.intBetween(40, 120)};
            Encoding encoding;
            encoding.format = format;
            encoding.isLossless = isLossless(format);
            const std::string name = std::string(formatName(format)) + std::to_string(orientation) +
                                     std::string(formatExtension(format));
            std::string bytes = encoded(squaresRaster(size, 5), encoding);
            if (format != ImageFormat::Bmp)
                bytes = withOrientation(format, std::move(bytes), orientation);
            m_originals.write(name, bytes);
            for (int i = 0; i < (format == ImageFormat::Bmp ? 32 : 6); ++i) {
                ReleaseImage image = releaseImage(m_originals, name);
                Crop crop;
                std::tie(crop.x1, crop.x2) = randomRange(random, image.size.width);
                std::tie(crop.y1, crop.y2) = randomRange(random, image.size.height);
                image.crop = crop;
                const std::string exported = std::to_string(i) + '_' + name;
                const MediaReport report = must(media.put(image, exported, *sink, {}));
                QVERIFY(report.isCut && report.size == media.sizeOf(image));
                m_cases.push_back({m_originals.pathOf(name), m_release.pathOf(exported), crop, format, image.size});
            }
        }
    }
    PS_CHECK_OK(sink->finish());
}

void TestCropContract::pillowCutsTheSamePixels()
{
    std::string input;
    for (const Case& one : m_cases) {
        input += one.original + '\t' + one.exported + '\t';
        for (const double value : {one.crop.x1, one.crop.y1, one.crop.x2, one.crop.y2})
            input += dumpJson(Json(value)) + ' ';
        input.back() = '\n';
    }
    const Json results = must(parseJson(runDebianPython(kCutByPillow, {}, input)));
    QCOMPARE(results.items().size(), m_cases.size());
    for (std::size_t i = 0; i < m_cases.size(); ++i) {
        const Json::Array& result = results.items()[i].items();
        QVERIFY2(result[0] == result[1], (m_cases[i].text() + dumpJson(results.items()[i])).c_str());
        QCOMPARE(result[2].toInteger(), std::int64_t{1});
        if (isLossless(m_cases[i].format))
            QVERIFY2(result[4].toDouble() + static_cast<double>(result[4].toInteger()) == 0, m_cases[i].text().c_str());
        QVERIFY2(result[3].toDouble() <= kLossyMean, (m_cases[i].text() + dumpJson(results.items()[i])).c_str());
        // The control: a cut one pixel to the left is another picture.
        QVERIFY2(result[5].toDouble() > 1 + 2 * result[3].toDouble(),
                 (m_cases[i].text() + dumpJson(results.items()[i])).c_str());
    }
}

namespace {

/// The largest or, for lossy formats, the mean difference of two pictures of one size.
double difference(const cv::Mat& a, const cv::Mat& b, bool isExact)
{
    if (a.size() != b.size() || a.type() != b.type())
        return 1e9;
    return isExact ? cv::norm(a, b, cv::NORM_INF)
                   : cv::norm(a, b, cv::NORM_L1) / (static_cast<double>(a.total()) * a.channels());
}

cv::Mat readByQt(const std::string& path)
{
    QImageReader reader(QString::fromStdString(path));
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QImage image = reader.read().convertToFormat(QImage::Format_BGR888);
    if (image.isNull())
        return {};
    return cv::Mat(image.height(), image.width(), CV_8UC3, const_cast<uchar*>(image.constBits()),
                   static_cast<std::size_t>(image.bytesPerLine()))
        .clone();
}

cv::Mat cutOf(const cv::Mat& whole, const Crop& crop)
{
    const auto at = [](double value, int length) { return static_cast<int>(value * length); };
    const cv::Rect box(cv::Point(at(crop.x1, whole.cols), at(crop.y1, whole.rows)),
                       cv::Point(at(crop.x2, whole.cols), at(crop.y2, whole.rows)));
    return whole(box);
}

} // namespace

void TestCropContract::qtCutsTheSamePixels()
{
    int compared = 0;
    for (const Case& one : m_cases) {
        // Qt's own decoders; those of other formats are not in every installation. It knows no orientation of PNG.
        if (one.format != ImageFormat::Jpeg && one.format != ImageFormat::Bmp)
            continue;
        const cv::Mat whole = readByQt(one.original);
        QVERIFY2(whole.cols == one.size.width && whole.rows == one.size.height, one.text().c_str());
        const double found = difference(cutOf(whole, one.crop), readByQt(one.exported), isLossless(one.format));
        QVERIFY2(found <= (isLossless(one.format) ? 0 : kLossyMean), (one.text() + std::to_string(found)).c_str());
        ++compared;
    }
    QVERIFY(compared >= 80);
}

void TestCropContract::openCvCutsTheSamePixels()
{
#if PS_HAS_IMGCODECS
    int compared = 0;
    for (const Case& one : m_cases) {
        // It turns JPEG, and TIFF, PNG and WebP not in this version; those are compared where there is nothing to turn.
        const cv::Mat whole = cv::imread(one.original, cv::IMREAD_COLOR);
        if (whole.cols != one.size.width || whole.rows != one.size.height)
            continue;
        const bool isUpright = one.original.find("1.") != std::string::npos;
        if (one.format != ImageFormat::Jpeg && !isUpright)
            continue;
        const cv::Mat exported = cv::imread(one.exported, cv::IMREAD_COLOR);
        const double found = difference(cutOf(whole, one.crop), exported, isLossless(one.format));
        QVERIFY2(found <= (isLossless(one.format) ? 0 : kLossyMean), (one.text() + std::to_string(found)).c_str());
        ++compared;
    }
    QVERIFY(compared >= 80);
#else
    QSKIP("OpenCV's imgcodecs are not installed (libopencv-imgcodecs-dev)");
#endif
}

QTEST_GUILESS_MAIN(TestCropContract)
#include "tst_crop_contract.moc"
