// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/embedding_map.h"

#include "core/suggest/neighbour_graph.h"
#include "core/suggest/vector_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <tuple>

namespace ps {

namespace {

constexpr int kFewestNeighbours = 2;
constexpr int kMostNeighbours = 100;
constexpr std::size_t kManyPoints = 10'000;
constexpr std::size_t kSampledRows = 5000; ///< for the main components
constexpr int kPowerRounds = 30;
constexpr float kStartSize = 10; ///< half a side of what the optimisation begins with
constexpr int kPushes = 5;       ///< strangers that a point is pushed from for each pull
/// How alike two points at distance d look: 1 / (1 + kCurve d^2). Flatter than UMAP's, so that a cluster is more than a dot.
constexpr float kCurve = 0.1F;
constexpr float kSoftness = 0.02F; ///< keeps pushes of touching points finite
constexpr float kLongestStep = 4;
constexpr std::size_t kPlacedBy = 3; ///< landmarks around a point beyond them
// Shares of the progress.
constexpr double kGraphEnd = 0.4;
constexpr double kPlacingBegin = 0.9;

/// Own numbers: those of the standard library may differ between versions.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15 + 1) {}
    std::uint32_t below(std::size_t end)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * std::uint64_t{end}) >> 32);
    }
    float centred() { return static_cast<float>(next() >> 40) * 0x1p-23F - 1; }

private:
    std::uint64_t next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }
    std::uint64_t m_state;
};

Error wrong(std::string message)
{
    return Error{ErrorCode::InvalidInput, std::move(message), {}, 0};
}

Result<void> checkEmbeddings(const std::vector<std::vector<float>>& embeddings)
{
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
        if (embeddings[i].empty() || embeddings[i].size() != embeddings[0].size())
            return wrong("embedding " + std::to_string(i) + " has " + std::to_string(embeddings[i].size()) +
                         " numbers");
        if (!std::ranges::all_of(embeddings[i], [](float value) { return std::isfinite(value); }))
            return wrong("embedding " + std::to_string(i) + " is not finite");
    }
    return {};
}

/// One map in the making.
class Layout
{
public:
    Layout(const MapOptions& options, const std::function<void(double)>& progress, std::stop_token stop)
        : m_options(options), m_random(options.seed), m_progress(progress), m_stop(std::move(stop))
    {
    }

    Result<std::vector<MapPoint>> run(const std::vector<std::vector<float>>& embeddings)
    {
        const std::vector<std::uint32_t> order = shuffled(embeddings.size());
        const std::size_t landmarkCount = std::min(order.size(), static_cast<std::size_t>(m_options.landmarks));
        std::vector<std::uint32_t> landmarks(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(landmarkCount));
        std::ranges::sort(landmarks);
        const UnitVectors vectors(embeddings, landmarks, embeddings[0].size());
        startFromMainComponents(vectors);
        PS_TRY_VOID(findEdges(vectors));
        PS_TRY_VOID(optimise());
        std::vector<MapPoint> points(embeddings.size());
        for (std::size_t i = 0; i < landmarks.size(); ++i)
            points[landmarks[i]] = m_points[i];
        PS_TRY_VOID(placeOthers(vectors, embeddings, std::span(order).subspan(landmarkCount), points));
        fit(points);
        tell(1);
        return points;
    }

private:
    struct Edge {
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        float weight = 0;
    };

    Result<void> goOn(double done) const
    {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the map was cancelled", {}, 0};
        tell(done);
        return {};
    }
    void tell(double done) const
    {
        if (m_progress)
            m_progress(done);
    }

    std::vector<std::uint32_t> shuffled(std::size_t count)
    {
        std::vector<std::uint32_t> order(count);
        std::iota(order.begin(), order.end(), 0U);
        for (std::size_t i = count; i > 1; --i)
            std::swap(order[i - 1], order[m_random.below(i)]);
        return order;
    }

    void startFromMainComponents(const UnitVectors& vectors);
    Result<void> findEdges(const UnitVectors& vectors);
    Result<void> optimise();
    void pull(const Edge& edge, float rate);
    Result<void> placeOthers(const UnitVectors& vectors, const std::vector<std::vector<float>>& embeddings,
                             std::span<const std::uint32_t> others, std::vector<MapPoint>& points);
    static void fit(std::vector<MapPoint>& points);

    const MapOptions& m_options;
    Random m_random;
    const std::function<void(double)>& m_progress;
    std::stop_token m_stop;
    std::vector<MapPoint> m_points; ///< of the landmarks
    std::vector<Edge> m_edges;
};

using Axis = std::vector<float>;

/// Makes it of length 1; what has no length stays as it is.
void normalise(Axis& axis)
{
    const float length = std::sqrt(dotProduct(axis.data(), axis.data(), axis.size()));
    if (length > 0)
        std::ranges::for_each(axis, [&](float& value) { value /= length; });
}

/// Takes the part along `other` away.
void makePerpendicular(Axis& axis, const Axis& other)
{
    const float along = dotProduct(axis.data(), other.data(), axis.size());
    for (std::size_t i = 0; i < axis.size(); ++i)
        axis[i] -= along * other[i];
}

void Layout::startFromMainComponents(const UnitVectors& vectors)
{
    const std::size_t dimension = vectors.dimension();
    const std::size_t stride = std::max<std::size_t>(1, vectors.size() / kSampledRows);
    Axis mean(dimension);
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < vectors.size(); i += stride, ++sampled) {
        for (std::size_t j = 0; j < dimension; ++j)
            mean[j] += vectors.row(i)[j];
    }
    std::ranges::for_each(mean, [&](float& value) { value /= static_cast<float>(sampled); });
    std::array<Axis, 2> axes{Axis(dimension), Axis(dimension)};
    for (Axis& axis : axes)
        std::ranges::generate(axis, [&] { return m_random.centred(); });
    const auto along = [&](const Axis& axis, std::size_t row) {
        return dotProduct(axis.data(), vectors.row(row), dimension) - dotProduct(axis.data(), mean.data(), dimension);
    };
    for (int round = 0; round < kPowerRounds; ++round) {
        std::array<Axis, 2> next{Axis(dimension), Axis(dimension)};
        for (std::size_t which = 0; which < axes.size(); ++which) {
            for (std::size_t i = 0; i < vectors.size(); i += stride) {
                const float amount = along(axes[which], i);
                for (std::size_t j = 0; j < dimension; ++j)
                    next[which][j] += amount * (vectors.row(i)[j] - mean[j]);
            }
        }
        normalise(next[0]);
        makePerpendicular(next[1], next[0]);
        normalise(next[1]);
        axes = std::move(next);
    }
    float largest = 0;
    m_points.resize(vectors.size());
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        m_points[i] = {along(axes[0], i), along(axes[1], i)};
        largest = std::max({largest, std::abs(m_points[i].x), std::abs(m_points[i].y)});
    }
    for (MapPoint& point : m_points) { // equal ones must come apart
        const float scale = largest > 0 ? kStartSize / largest : 0;
        point.x = point.x * scale + 0.01F * m_random.centred();
        point.y = point.y * scale + 0.01F * m_random.centred();
    }
}

/// How strongly each neighbour counts: 1 for the nearest, and all together log2 of their number, so that dense and sparse
/// places hang together alike.
std::vector<float> weightsOf(const std::vector<UnitVectors::Neighbour>& neighbours)
{
    const auto distance = [&](std::size_t i) { return std::max(0.0F, 1 - neighbours[i].cosine); };
    const float nearest = distance(0);
    const auto wanted = std::log2(static_cast<float>(neighbours.size()));
    float low = 0;
    float high = 0;
    float width = 1;
    std::vector<float> weights(neighbours.size());
    for (int round = 0; round < 40; ++round) {
        float sum = 0;
        for (std::size_t i = 0; i < neighbours.size(); ++i)
            sum += weights[i] = std::exp(-(distance(i) - nearest) / width);
        if (std::abs(sum - wanted) < 1e-4F)
            break;
        (sum > wanted ? high : low) = width;
        width = high > 0 ? (low + high) / 2 : width * 2;
        width = std::max(width, 1e-9F);
    }
    return weights;
}

Result<void> Layout::findEdges(const UnitVectors& vectors)
{
    const auto count = static_cast<std::size_t>(m_options.neighbours);
    for (std::uint32_t i = 0; i < vectors.size(); ++i) {
        if (i % 256 == 0)
            PS_TRY_VOID(goOn(kGraphEnd * i / static_cast<double>(vectors.size())));
        const auto neighbours = vectors.nearest(vectors.row(i), count, i);
        const std::vector<float> weights = neighbours.empty() ? std::vector<float>() : weightsOf(neighbours);
        for (std::size_t j = 0; j < neighbours.size(); ++j)
            m_edges.push_back({std::min(i, neighbours[j].row), std::max(i, neighbours[j].row), weights[j]});
    }
    // What is a neighbour from one side or from both: a + b - ab.
    std::ranges::sort(m_edges, [](const Edge& x, const Edge& y) {
        return std::tie(x.a, x.b, x.weight) < std::tie(y.a, y.b, y.weight);
    });
    std::size_t kept = 0;
    for (const Edge& edge : m_edges) {
        if (kept > 0 && m_edges[kept - 1].a == edge.a && m_edges[kept - 1].b == edge.b) {
            float& weight = m_edges[kept - 1].weight;
            weight += edge.weight - weight * edge.weight;
        } else {
            m_edges[kept++] = edge;
        }
    }
    m_edges.resize(kept);
    return {};
}

Result<void> Layout::optimise()
{
    const int rounds = m_options.rounds > 0 ? m_options.rounds : m_points.size() < kManyPoints ? 500 : 200;
    float strongest = 0;
    for (const Edge& edge : m_edges)
        strongest = std::max(strongest, edge.weight);
    std::vector<float> due(m_edges.size()); // an edge of half the weight pulls in every second round
    for (int round = 0; round < rounds; ++round) {
        PS_TRY_VOID(goOn(kGraphEnd + (kPlacingBegin - kGraphEnd) * round / rounds));
        const float rate = 1 - static_cast<float>(round) / static_cast<float>(rounds);
        for (std::size_t i = 0; i < m_edges.size(); ++i) {
            due[i] += m_edges[i].weight / strongest;
            if (due[i] < 1)
                continue;
            due[i] -= 1;
            // In turn from both ends, so that both are pushed from strangers.
            const Edge& edge = m_edges[i];
            pull(round % 2 == 0 ? edge : Edge{edge.b, edge.a, edge.weight}, rate);
        }
    }
    return {};
}

/// So much of a step of (amount * x, amount * y) is taken that it is not too long.
float bounded(float amount, float squaredLength)
{
    const float length = std::abs(amount) * std::sqrt(squaredLength);
    return length > kLongestStep ? amount * kLongestStep / length : amount;
}

void Layout::pull(const Edge& edge, float rate)
{
    MapPoint& here = m_points[edge.a];
    MapPoint& there = m_points[edge.b];
    const float dx = here.x - there.x;
    const float dy = here.y - there.y;
    const float squared = dx * dx + dy * dy;
    const float amount = rate * bounded(-2 * kCurve / (1 + kCurve * squared), squared);
    const float stepX = amount * dx;
    const float stepY = amount * dy;
    here.x += stepX;
    here.y += stepY;
    there.x -= stepX;
    there.y -= stepY;
    for (int i = 0; i < kPushes; ++i) {
        const std::uint32_t stranger = m_random.below(m_points.size());
        if (stranger == edge.a)
            continue;
        const float awayX = here.x - m_points[stranger].x;
        const float awayY = here.y - m_points[stranger].y;
        const float far = awayX * awayX + awayY * awayY;
        if (far > 0) {
            const float push = rate * bounded(2 / ((kSoftness + far) * (1 + kCurve * far)), far);
            here.x += push * awayX;
            here.y += push * awayY;
        } else { // equal points: anywhere, but apart
            here.x += rate * m_random.centred();
            here.y += rate * m_random.centred();
        }
    }
}

Result<void> Layout::placeOthers(const UnitVectors& vectors, const std::vector<std::vector<float>>& embeddings,
                                 std::span<const std::uint32_t> others, std::vector<MapPoint>& points)
{
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (i % 256 == 0)
            PS_TRY_VOID(goOn(kPlacingBegin +
                             (1 - kPlacingBegin) * static_cast<double>(i) / static_cast<double>(others.size())));
        const UnitVectors one(embeddings, others.subspan(i, 1), vectors.dimension());
        const auto nearest = vectors.nearest(one.row(0), kPlacedBy, std::nullopt);
        MapPoint place;
        float sum = 0;
        for (const UnitVectors::Neighbour& landmark : nearest) {
            const float weight = 1 / (1e-4F + std::max(0.0F, 1 - landmark.cosine));
            place.x += weight * m_points[landmark.row].x;
            place.y += weight * m_points[landmark.row].y;
            sum += weight;
        }
        points[others[i]] = {place.x / sum + 0.05F * m_random.centred(), place.y / sum + 0.05F * m_random.centred()};
    }
    return {};
}

void Layout::fit(std::vector<MapPoint>& points)
{
    const auto [left, right] = std::ranges::minmax(points, {}, &MapPoint::x);
    const auto [low, high] = std::ranges::minmax(points, {}, &MapPoint::y);
    const float side = std::max(right.x - left.x, high.y - low.y);
    const float middleX = (left.x + right.x) / 2;
    const float middleY = (low.y + high.y) / 2;
    for (MapPoint& point : points) {
        point = side > 0 ? MapPoint{std::clamp(2 * (point.x - middleX) / side, -1.0F, 1.0F),
                                    std::clamp(2 * (point.y - middleY) / side, -1.0F, 1.0F)}
                         : MapPoint{};
    }
}

} // namespace

Result<std::vector<MapPoint>> layOut(const std::vector<std::vector<float>>& embeddings, const MapOptions& options,
                                     const std::function<void(double)>& progress, std::stop_token stop)
{
    if (options.neighbours < kFewestNeighbours || options.neighbours > kMostNeighbours || options.landmarks < 1 ||
        options.rounds < 0)
        return wrong("options of the map are out of range");
    PS_TRY_VOID(checkEmbeddings(embeddings));
    if (embeddings.size() < 2)
        return std::vector<MapPoint>(embeddings.size());
    return Layout(options, progress, std::move(stop)).run(embeddings);
}

Result<double> neighbourPreservation(const std::vector<std::vector<float>>& embeddings,
                                     const std::vector<MapPoint>& points, int neighbours)
{
    constexpr std::size_t kAsked = 500;
    PS_TRY_VOID(checkEmbeddings(embeddings));
    const auto count = static_cast<std::size_t>(std::max(neighbours, 0));
    if (embeddings.size() != points.size() || neighbours < 1 || count >= points.size())
        return wrong("the points are not of these embeddings");
    std::vector<std::uint32_t> rows(points.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const UnitVectors vectors(embeddings, rows, embeddings[0].size());
    const std::size_t stride = (points.size() + kAsked - 1) / kAsked;
    std::size_t kept = 0;
    std::size_t asked = 0;
    for (std::size_t i = 0; i < points.size(); i += stride, ++asked) {
        std::vector<std::pair<float, std::uint32_t>> near;
        for (std::uint32_t j = 0; j < points.size(); ++j) {
            if (j != i)
                near.emplace_back(std::hypot(points[i].x - points[j].x, points[i].y - points[j].y), j);
        }
        std::ranges::nth_element(near, near.begin() + static_cast<std::ptrdiff_t>(count - 1));
        near.resize(count);
        for (const auto& neighbour : vectors.nearest(vectors.row(i), count, i))
            kept += std::ranges::find(near, neighbour.row, &std::pair<float, std::uint32_t>::second) != near.end();
    }
    return static_cast<double>(kept) / static_cast<double>(asked * count);
}

} // namespace ps
