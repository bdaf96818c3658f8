// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/embedding_map.h"
#include "core/suggest/similarity_index.h"
#include "core/suggest/vector_kernels.h"
#include "tests/bench/observation.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <unistd.h>

namespace ps::bench {

namespace {

constexpr std::size_t kDimension = 512;
constexpr std::size_t kIntrinsic = 64; ///< dimensions that the data really has
constexpr int kQueries = 200;
constexpr int kExactQueries = 100; ///< of them compared with the full search
constexpr std::size_t kCount = 10;
constexpr std::int64_t kMapPoints = 10'000;

/// clustered: 5000 centres; unclustered: none; anisotropic: each dimension by itself, the variance of most of them small, and
/// a common offset, as vectors of picture models have.
enum class Shape { Clustered, Unclustered, Anisotropic };

class Vectors
{
public:
    explicit Vectors(Shape shape) : m_shape(shape), m_basis(kDimension * kIntrinsic), m_centres(5000 * kIntrinsic)
    {
        std::ranges::generate(m_basis, [&] { return m_normal(m_random) / 8; });
        std::ranges::generate(m_centres, [&] { return m_normal(m_random); });
    }

    std::vector<float> next()
    {
        std::vector<float> vector(kDimension);
        if (m_shape == Shape::Anisotropic) {
            for (std::size_t i = 0; i < kDimension; ++i)
                vector[i] = (i % 100 == 3 ? 2.0F : 0.0F) +
                            m_normal(m_random) * std::pow(static_cast<float>(i + 1), -0.7F);
            return vector;
        }
        std::vector<float> inner(kIntrinsic);
        const std::size_t centre = m_random() % (m_centres.size() / kIntrinsic);
        for (std::size_t i = 0; i < kIntrinsic; ++i)
            inner[i] = m_shape == Shape::Clustered ? m_centres[centre * kIntrinsic + i] + 0.5F * m_normal(m_random)
                                                   : m_normal(m_random);
        for (std::size_t i = 0; i < kDimension; ++i)
            vector[i] = 0.3F + dotProduct(inner.data(), m_basis.data() + i * kIntrinsic, kIntrinsic);
        return vector;
    }

private:
    Shape m_shape;
    std::mt19937_64 m_random{5};
    std::normal_distribution<float> m_normal;
    std::vector<float> m_basis;
    std::vector<float> m_centres;
};

struct Times {
    double add = 0;
    double worstAdd = 0;
    double tune = 0;
    double query = 0;
    double queryOfTwo = 0; ///< from the first to the last answer of two threads, divided by the number of answers
    double exact = 0;
    double recall = 0;
    std::int64_t depth = 0;
};

Result<void> fill(SimilarityIndex& index, Vectors& vectors, std::int64_t count, Times& times)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const std::vector<float> vector = vectors.next();
        const Stopwatch watch;
        if (auto added = index.add(vector); !added)
            return std::move(added).error();
        const double ms = watch.wallMs();
        times.add += ms / static_cast<double>(count);
        times.worstAdd = std::max(times.worstAdd, ms);
    }
    return {};
}

Result<void> ask(const SimilarityIndex& index, const std::vector<std::vector<float>>& queries, std::size_t first,
                 std::size_t step)
{
    for (std::size_t i = first; i < queries.size(); i += step) {
        if (const auto found = index.nearest(queries[i], kCount); !found)
            return found.error();
    }
    return {};
}

Result<void> compare(const SimilarityIndex& index, const std::vector<std::vector<float>>& queries, Times& times)
{
    const auto asked = std::min<std::size_t>(kExactQueries, queries.size());
    std::size_t found = 0;
    for (std::size_t i = 0; i < asked; ++i) {
        PS_TRY(const auto quick, index.nearest(queries[i], kCount));
        const Stopwatch watch;
        PS_TRY(const auto exact, index.nearestExactly(queries[i], kCount));
        times.exact += watch.wallMs() / static_cast<double>(asked);
        for (const SimilarityIndex::Match& match : exact)
            found += std::ranges::find(quick, match.row, &SimilarityIndex::Match::row) != quick.end() ? 1U : 0U;
    }
    times.recall = static_cast<double>(found) / static_cast<double>(asked * kCount);
    return {};
}

Result<Times> measureShape(const Settings& settings, Shape shape, const std::string& name)
{
    Times times;
    const std::string path = settings.folder + "/similarity-" + name + ".vec";
    ::unlink(path.c_str());
    Vectors vectors(shape);
    {
        PS_TRY(SimilarityIndex index, SimilarityIndex::open(path, kDimension));
        PS_TRY_VOID(fill(index, vectors, settings.rows, times));
        const Stopwatch tuning;
        PS_TRY_VOID(index.tune());
        times.tune = tuning.wallMs();
        times.depth = index.comparedRows();
        std::vector<std::vector<float>> queries;
        for (int i = 0; i < kQueries; ++i)
            queries.push_back(vectors.next());
        PS_TRY_VOID(ask(index, queries, 0, 10)); // what is read for the first time is read from the disk
        const Stopwatch one;
        PS_TRY_VOID(ask(index, queries, 0, 1));
        times.query = one.wallMs() / kQueries;
        const Stopwatch two;
        std::optional<Error> problem;
        std::thread other([&] {
            if (const auto asked = ask(index, queries, 1, 2); !asked)
                problem = asked.error();
        });
        const auto own = ask(index, queries, 0, 2);
        other.join();
        if (!own || problem)
            return own ? *problem : own.error();
        times.queryOfTwo = two.wallMs() / kQueries;
        PS_TRY_VOID(compare(index, queries, times));
    }
    if (shape != Shape::Clustered) // the peer reads one of them
        ::unlink(path.c_str());
    return times;
}

} // namespace

Result<Observation> measureSimilarity(const Settings& settings)
{
    Observation seen;
    seen.facts = Json::object({{"vectors", settings.rows},
                               {"dimension", static_cast<std::int64_t>(kDimension)},
                               {"kernel", codeDistanceKernel()}});
    for (const auto& [shape, name] : {std::pair{Shape::Clustered, std::string("clustered")},
                                      std::pair{Shape::Unclustered, std::string("unclustered")},
                                      std::pair{Shape::Anisotropic, std::string("anisotropic")}}) {
        PS_TRY(const Times times, measureShape(settings, shape, name));
        seen.figures.push_back({"query_" + name, "ms", times.query, {}, {"flat_scan_" + name}});
        seen.figures.push_back({"query_two_threads_" + name, "ms", times.queryOfTwo, {}, {"flat_scan_" + name}});
        seen.baselines.push_back({"flat_scan_" + name, "ms", times.exact, {}, {}});
        seen.facts.set(name, Json::object({{"recall_at_10", times.recall},
                                           {"compared", times.depth},
                                           {"tune_ms", times.tune},
                                           {"add_ms", times.add},
                                           {"worst_add_ms", times.worstAdd}}));
    }
    seen.memory = memoryUse();
    return seen;
}

Result<Observation> measureEmbeddingMap(const Settings& settings)
{
    const std::int64_t count = std::min(kMapPoints, settings.rows / 10);
    Vectors vectors(Shape::Clustered);
    std::vector<std::vector<float>> embeddings;
    for (std::int64_t i = 0; i < count; ++i)
        embeddings.push_back(vectors.next());
    const Stopwatch watch;
    PS_TRY(const auto points, layOut(embeddings, {}, {}, {}));
    Observation seen;
    seen.figures = {{"layout", "ms", watch.wallMs(), watch.cpuMs(), {"all_with_all"}}};
    seen.memory = memoryUse();
    // What finding the neighbours costs without codes.
    const Stopwatch comparing;
    float sum = 0;
    for (const std::vector<float>& a : embeddings) {
        for (const std::vector<float>& b : embeddings)
            sum += dotProduct(a.data(), b.data(), kDimension);
    }
    seen.baselines = {{"all_with_all", "ms", comparing.wallMs(), comparing.cpuMs(), {}}};
    PS_TRY(const double kept, neighbourPreservation(embeddings, points, 15));
    seen.facts = Json::object({{"points", count}, {"neighbours_kept_of_15", kept}, {"sum", static_cast<double>(sum)}});
    return seen;
}

} // namespace ps::bench
