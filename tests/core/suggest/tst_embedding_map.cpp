// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/embedding_map.h"

#include "tests/core/suggest/sample_vectors.h"
#include "tests/support/checks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::size_t kDimension = 48;
constexpr std::size_t kClusters = 12;

MapOptions quick()
{
    MapOptions options;
    options.rounds = 100;
    return options;
}

/// Share of points whose nearest one on the map is of their own cluster; number i is in cluster i % kClusters.
double purity(const std::vector<MapPoint>& points)
{
    std::size_t pure = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::size_t best = i == 0 ? 1 : 0;
        const auto distance = [&](std::size_t j) {
            return std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
        };
        for (std::size_t j = 0; j < points.size(); ++j) {
            if (j != i && distance(j) < distance(best))
                best = j;
        }
        pure += best % kClusters == i % kClusters ? 1U : 0U;
    }
    return static_cast<double>(pure) / static_cast<double>(points.size());
}

Result<std::vector<MapPoint>> mapOf(const std::vector<std::vector<float>>& embeddings, const MapOptions& options)
{
    return layOut(embeddings, options, {}, {});
}

} // namespace

class TestEmbeddingMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plantedClustersComeApart()
    {
        const auto embeddings = SampleVectors(kDimension, kClusters, 0.6F, 1).take(1200);
        const auto points = must(mapOf(embeddings, quick()));
        QCOMPARE(points.size(), embeddings.size());
        QVERIFY(purity(points) > 0.98);
        const double kept = must(neighbourPreservation(embeddings, points, 15));
        QVERIFY2(kept > 0.18, std::to_string(kept).c_str()); // by chance 0.15 inside of a cluster, 0.0125 overall
        std::vector<MapPoint> wrong = points;                // the control: the points of other images
        std::ranges::shuffle(wrong, std::mt19937(1));
        QVERIFY(purity(wrong) < 0.2);
        QVERIFY(must(neighbourPreservation(embeddings, wrong, 15)) < 0.05);
        for (const MapPoint& point : points)
            QVERIFY(std::abs(point.x) <= 1 && std::abs(point.y) <= 1);
    }

    void isTheSameForTheSameSeed()
    {
        const auto embeddings = SampleVectors(kDimension, kClusters, 0.6F, 2).take(300);
        const auto points = must(mapOf(embeddings, quick()));
        QVERIFY(must(mapOf(embeddings, quick())) == points);
        MapOptions other = quick();
        other.seed = 2;
        QVERIFY(must(mapOf(embeddings, other)) != points);
    }

    void pointsBeyondTheLandmarksLieAmongTheirLike()
    {
        const auto embeddings = SampleVectors(kDimension, kClusters, 0.6F, 3).take(3000);
        MapOptions options = quick();
        options.landmarks = 400;
        const auto points = must(mapOf(embeddings, options));
        QVERIFY(purity(points) > 0.95);
        QVERIFY(must(mapOf(embeddings, options)) == points);
    }

    void smallAndEqualOnes()
    {
        QVERIFY(must(mapOf({}, {})).empty());
        QVERIFY(must(mapOf({{1, 2}}, {})) == std::vector<MapPoint>(1));
        for (const std::size_t count : {2U, 3U, 5U, 40U}) {
            const auto points = must(mapOf(std::vector<std::vector<float>>(count, {1, 2, 3}), quick()));
            QCOMPARE(points.size(), count);
            for (const MapPoint& point : points)
                QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
        }
        auto embeddings = SampleVectors(kDimension, kClusters, 0.6F, 4).take(50);
        embeddings[7].assign(kDimension, 0); // has no direction
        for (const MapPoint& point : must(mapOf(embeddings, quick())))
            QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
    }

    void refusesWhatIsNoEmbedding()
    {
        PS_CHECK_ERROR(ErrorCode::InvalidInput, mapOf({{1, 2}, {1, 2, 3}}, {}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, mapOf({{}, {}}, {}));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, mapOf({{1, std::numeric_limits<float>::infinity()}, {1, 2}}, {}));
        MapOptions options;
        options.neighbours = 1;
        PS_CHECK_ERROR(ErrorCode::InvalidInput, mapOf({{1, 2}, {2, 1}}, options));
    }

    void tellsAndStops()
    {
        const auto embeddings = SampleVectors(kDimension, kClusters, 0.6F, 5).take(300);
        std::vector<double> told;
        must(layOut(embeddings, quick(), [&](double done) { told.push_back(done); }, {}));
        QVERIFY(told.size() > 50 && std::ranges::is_sorted(told) && told.back() == 1);
        std::stop_source stop;
        double last = 0;
        const auto stopped = layOut(
            embeddings, quick(),
            [&](double done) {
                last = done;
                if (done > 0.5)
                    stop.request_stop();
            },
            stop.get_token());
        PS_CHECK_ERROR(ErrorCode::Cancelled, stopped);
        QVERIFY(last < 0.6);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingMap)
#include "tst_embedding_map.moc"
