// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/similarity_index.h"

#include "core/suggest/bit_codes.h"
#include "core/suggest/vector_kernels.h"
#include "tests/core/suggest/sample_vectors.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <thread>
#include <unistd.h>

using namespace ps;
using namespace ps::test;
using Match = SimilarityIndex::Match;

namespace {

constexpr std::size_t kDimension = 64;
constexpr std::size_t kHeaderBytes = 4096;
constexpr std::size_t kCountOffset = 24;

double cosine(const std::vector<float>& a, const std::vector<float>& b)
{
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += double{a[i]} * b[i];
        aa += double{a[i]} * a[i];
        bb += double{b[i]} * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

void addAll(SimilarityIndex& index, const std::vector<std::vector<float>>& vectors)
{
    for (const std::vector<float>& vector : vectors)
        must(index.add(vector));
}

/// Share of the true ten nearest that the codes lead to.
double recall(const SimilarityIndex& index, const std::vector<std::vector<float>>& queries)
{
    std::size_t found = 0;
    std::size_t wanted = 0;
    for (const std::vector<float>& query : queries) {
        const std::vector<Match> matches = must(index.nearest(query, 10));
        for (const Match& match : must(index.nearestExactly(query, 10))) {
            ++wanted;
            found += std::ranges::find(matches, match.row, &Match::row) != matches.end() ? 1U : 0U;
        }
    }
    return static_cast<double>(found) / static_cast<double>(wanted);
}

void overwrite(const std::string& path, std::size_t offset, const void* bytes, std::size_t count)
{
    const UniqueFd fd = openReadWrite(path);
    if (::pwrite(fd.get(), bytes, count, static_cast<off_t>(offset)) != static_cast<ssize_t>(count))
        qFatal("cannot write");
}

void truncate(const std::string& path, std::size_t bytes)
{
    if (::truncate(path.c_str(), static_cast<off_t>(bytes)) != 0)
        qFatal("cannot truncate");
}

} // namespace

class TestSimilarityIndex : public QObject
{
    Q_OBJECT

private:
    TempFolder m_folder;
    int m_number = 0;
    std::string newPath() { return m_folder.pathOf("index-" + std::to_string(++m_number) + ".vec"); }
    SimilarityIndex newIndex(const std::string& path) { return must(SimilarityIndex::open(path, kDimension)); }

private Q_SLOTS:
    void findsWhatAPlainLoopFinds()
    {
        SampleVectors sample(kDimension, 20, 0.5F, 1);
        const auto vectors = sample.take(500);
        SimilarityIndex index = newIndex(newPath());
        addAll(index, vectors);
        const std::vector<float> query = sample.next();
        std::vector<std::pair<double, std::int64_t>> expected;
        for (std::size_t i = 0; i < vectors.size(); ++i)
            expected.emplace_back(-cosine(query, vectors[i]), static_cast<std::int64_t>(i));
        std::ranges::sort(expected);
        const std::vector<Match> matches = must(index.nearest(query, 7));
        QCOMPARE(matches.size(), std::size_t{7});
        for (std::size_t i = 0; i < matches.size(); ++i) {
            QCOMPARE(matches[i].row, expected[i].second);
            QVERIFY(std::abs(matches[i].cosine + expected[i].first) < 1e-5);
        }
    }

    void asksForMoreThanThereAre()
    {
        SimilarityIndex index = newIndex(newPath());
        QVERIFY(must(index.nearest(std::vector<float>(kDimension, 1), 5)).empty());
        must(index.add(std::vector<float>(kDimension, 2)));
        const std::vector<Match> matches = must(index.nearest(std::vector<float>(kDimension, 1), 5));
        QCOMPARE(matches.size(), std::size_t{1});
        QVERIFY(std::abs(matches[0].cosine - 1) < 1e-6F);
        QVERIFY(must(index.nearest(std::vector<float>(kDimension, 1), 0)).empty());
    }

    void codesLeadToTheTrueNeighbours_data()
    {
        QTest::addColumn<int>("clusters");
        QTest::addColumn<float>("spread");
        QTest::newRow("clustered") << 300 << 0.5F;
        QTest::newRow("hardly clustered") << 2000 << 1.0F;
    }
    void codesLeadToTheTrueNeighbours()
    {
        QFETCH(int, clusters);
        QFETCH(float, spread);
        SampleVectors sample(kDimension, static_cast<std::size_t>(clusters), spread, 2);
        SimilarityIndex index = newIndex(newPath());
        addAll(index, sample.take(20000));
        QCOMPARE(index.comparedRows(), std::int64_t{20000});
        PS_CHECK_OK(index.tune());
        QVERIFY2(index.comparedRows() < 20000, "the control: codes that choose nobody choose everybody");
        QVERIFY(recall(index, sample.take(50)) >= 0.998);
    }

    void staysTunedBehindTheEndOfTheProgram()
    {
        const std::string path = newPath();
        SampleVectors sample(kDimension, 300, 0.5F, 3);
        const auto vectors = sample.take(9000);
        const std::vector<float> query = sample.next();
        std::vector<Match> before;
        std::int64_t depth = 0;
        {
            SimilarityIndex index = newIndex(path);
            addAll(index, vectors);
            before = must(index.nearest(query, 10)); // tunes
            depth = index.comparedRows();
        }
        SimilarityIndex index = newIndex(path);
        QCOMPARE(index.size(), std::int64_t{9000});
        QVERIFY(depth < 9000);
        QCOMPARE(index.comparedRows(), depth);
        QVERIFY(must(index.nearest(query, 10)) == before);
        must(index.add(query)); // is coded as well
        QCOMPARE(must(index.nearest(query, 1))[0].row, std::int64_t{9000});
    }

    void refusesWhatIsNoVector()
    {
        SimilarityIndex index = newIndex(newPath());
        std::vector<float> vector(kDimension, 1);
        PS_CHECK_ERROR(ErrorCode::InvalidInput, index.add(std::vector<float>(kDimension - 1, 1)));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, index.add(std::vector<float>(kDimension, 0)));
        vector[3] = std::numeric_limits<float>::quiet_NaN();
        PS_CHECK_ERROR(ErrorCode::InvalidInput, index.add(vector));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, index.nearest(vector, 1));
        vector[3] = std::numeric_limits<float>::infinity();
        PS_CHECK_ERROR(ErrorCode::InvalidInput, index.add(vector));
        QCOMPARE(index.size(), std::int64_t{0});
        vector[3] = 1;
        PS_CHECK_OK(index.add(vector));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, SimilarityIndex::open(newPath(), 0));
    }

    void refusesDamagedFiles()
    {
        const std::string path = newPath();
        const auto fill = [&] {
            ::unlink(path.c_str());
            SimilarityIndex index = newIndex(path);
            addAll(index, SampleVectors(kDimension, 3, 1, 4).take(10));
        };
        const auto opened = [&] { return SimilarityIndex::open(path, kDimension); };
        fill();
        PS_CHECK_OK(opened()); // the control
        PS_CHECK_ERROR(ErrorCode::VersionMismatch, SimilarityIndex::open(path, kDimension + 1));

        truncate(path, kHeaderBytes + 9 * kDimension * sizeof(float) + 5);
        PS_CHECK_ERROR(ErrorCode::Corrupt, opened());
        fill();
        truncate(path, 30);
        PS_CHECK_ERROR(ErrorCode::Corrupt, opened());
        fill();
        overwrite(path, 0, "PSVECTOP", 8);
        PS_CHECK_ERROR(ErrorCode::Corrupt, opened());
        fill();
        const std::uint32_t version = 2;
        overwrite(path, 8, &version, sizeof version);
        PS_CHECK_ERROR(ErrorCode::VersionMismatch, opened());
        fill();
        const std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
        overwrite(path, kCountOffset, &huge, sizeof huge);
        PS_CHECK_ERROR(ErrorCode::Corrupt, opened());
        for (const float value : {std::numeric_limits<float>::quiet_NaN(), 1e30F, 3.0F}) {
            fill();
            overwrite(path, kHeaderBytes + 4 * kDimension * sizeof(float), &value, sizeof value);
            PS_CHECK_ERROR(ErrorCode::Corrupt, opened());
        }
        fill();
        const std::uint64_t tuning[2] = {huge, huge}; // of another file: measured again
        overwrite(path, kCountOffset + 8, tuning, sizeof tuning);
        PS_CHECK_OK(opened());
        ::unlink(path.c_str());
        m_folder.makeSymlink(std::string(fileName(path)), "/etc/hostname");
        PS_CHECK_ERROR(ErrorCode::Refused, opened());
    }

    void aFileThatBecomesShorterEndsNothing()
    {
        const std::string path = newPath();
        SimilarityIndex index = newIndex(path);
        addAll(index, SampleVectors(kDimension, 3, 1, 5).take(100));
        const std::vector<float> query(kDimension, 1);
        PS_CHECK_OK(index.nearest(query, 3));
        truncate(path, kHeaderBytes);
        PS_CHECK_ERROR(ErrorCode::Corrupt, index.nearest(query, 3));
        PS_CHECK_ERROR(ErrorCode::Corrupt, index.nearestExactly(query, 3));
        PS_CHECK_ERROR(ErrorCode::Corrupt, index.add(query));
    }

    void aCrashLosesOnlyTheVectorThatWasBeingAdded()
    {
        const std::string path = newPath();
        SampleVectors sample(kDimension, 3, 1, 6);
        {
            SimilarityIndex index = newIndex(path);
            addAll(index, sample.take(5));
        }
        // The vector was written in part, its count was not.
        const std::string half(kDimension * sizeof(float) / 2, '\x7f');
        overwrite(path, kHeaderBytes + 5 * kDimension * sizeof(float), half.data(), half.size());
        SimilarityIndex index = newIndex(path);
        QCOMPARE(index.size(), std::int64_t{5});
        const std::vector<float> next = sample.next();
        QCOMPARE(must(index.add(next)), std::int64_t{5});
        QCOMPARE(must(index.nearest(next, 1))[0].row, std::int64_t{5});
        QCOMPARE(newIndex(path).size(), std::int64_t{6});
    }

    void twoProgramsAddToOneFile()
    {
        const std::string path = newPath();
        SimilarityIndex one = newIndex(path);
        SimilarityIndex other = newIndex(path);
        SampleVectors sample(kDimension, 50, 1, 7);
        const auto vectors = sample.take(400);
        const auto addEverySecond = [&](SimilarityIndex& index, std::size_t first) {
            for (std::size_t i = first; i < vectors.size(); i += 2)
                must(index.add(vectors[i]));
        };
        std::thread second([&] { addEverySecond(other, 1); });
        addEverySecond(one, 0);
        second.join();
        const SimilarityIndex all = newIndex(path);
        QCOMPARE(all.size(), std::int64_t{400});
        for (const std::vector<float>& vector : vectors)
            QVERIFY(must(all.nearest(vector, 1))[0].cosine > 0.9999F);
    }

    void everyKernelCountsTheSameBits()
    {
        std::mt19937_64 random(8);
        constexpr std::size_t kBlocks = 37;
        for (const std::size_t words : {1U, 3U, 8U}) {
            std::vector<std::uint64_t> blocks(kBlocks * words * kRowsPerCodeBlock);
            std::ranges::generate(blocks, random);
            std::vector<std::uint64_t> query(words);
            std::ranges::generate(query, random);
            const auto with = [&](std::size_t kernel) {
                std::vector<std::uint16_t> distances(kBlocks * kRowsPerCodeBlock);
                codeDistancesWith(kernel, blocks.data(), kBlocks, query, distances.data());
                return distances;
            };
            const std::vector<std::uint16_t> plain = with(codeDistanceKernelCount() - 1);
            QVERIFY(plain[0] != plain[1] || plain[1] != plain[2]);
            for (std::size_t kernel = 0; kernel + 1 < codeDistanceKernelCount(); ++kernel)
                QVERIFY(with(kernel) == plain);
        }
    }

    void codesOfNearVectorsAreNear()
    {
        SampleVectors sample(100, 2, 0.1F, 9); // not a power of two
        BitCodes codes(std::vector<float>(100, 0));
        const auto vectors = sample.take(1001);
        for (const std::vector<float>& vector : vectors)
            codes.add(vector);
        QCOMPARE(codes.bits(), std::size_t{128});
        const std::vector<std::uint64_t> code = codes.codeOf(vectors[0]);
        const std::vector<std::uint16_t> distances = codes.distances(code);
        QCOMPARE(distances.size(), vectors.size());
        QCOMPARE(distances[0], std::uint16_t{0});
        for (std::size_t i = 0; i < distances.size(); ++i)
            QVERIFY(i % 2 == 0 ? distances[i] < 30 : distances[i] > 30);
        const std::vector<std::uint32_t> nearest = codes.nearest(code, 100);
        QVERIFY(nearest.size() >= 100 && std::ranges::is_sorted(nearest));
        std::vector<std::uint16_t> sorted = distances;
        std::ranges::sort(sorted);
        for (const std::uint32_t row : nearest)
            QVERIFY(distances[row] <= sorted[99]);
        QCOMPARE(static_cast<std::ptrdiff_t>(nearest.size()),
                 std::ranges::count_if(distances, [&](std::uint16_t d) { return d <= sorted[99]; }));
    }
};

QTEST_GUILESS_MAIN(TestSimilarityIndex)
#include "tst_similarity_index.moc"
