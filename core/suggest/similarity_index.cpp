// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/similarity_index.h"

#include "core/suggest/bit_codes.h"
#include "core/suggest/vector_file.h"
#include "core/suggest/vector_kernels.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>
#include <shared_mutex>

namespace ps {

namespace {

/// Below it a full search takes a millisecond.
constexpr std::int64_t kExactRows = 8192;
constexpr std::int64_t kSampledRows = 65536; ///< of which the mean is taken
constexpr std::int64_t kTuningQueries = 48;  ///< rows whose true neighbours are found
constexpr std::size_t kTuningCount = 10;     ///< neighbours of each
constexpr std::int64_t kSmallestDepth = 256; ///< rows that are compared exactly
constexpr std::int64_t kSafety = 2;          ///< the depth is so often what the worst of the neighbours needed
constexpr std::int64_t kRowsAtOnce = 32;     ///< stay in the cache while all queries see them
constexpr double kLengthTolerance = 1e-3;

using Match = SimilarityIndex::Match;

bool isBetter(const Match& a, const Match& b)
{
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row;
}

/// Keeps the best of what it is offered.
class BestMatches
{
public:
    explicit BestMatches(std::size_t count) : m_count(count) { m_heap.reserve(count + 1); }

    void offer(std::int64_t row, float cosine)
    {
        const Match match{row, cosine};
        if (m_heap.size() == m_count && !isBetter(match, m_heap.front()))
            return;
        m_heap.push_back(match);
        std::ranges::push_heap(m_heap, isBetter); // the worst is in front
        if (m_heap.size() > m_count) {
            std::ranges::pop_heap(m_heap, isBetter);
            m_heap.pop_back();
        }
    }

    std::vector<Match> take()
    {
        std::ranges::sort(m_heap, isBetter);
        for (Match& match : m_heap)
            match.cosine = std::clamp(match.cosine, -1.0F, 1.0F);
        return std::move(m_heap);
    }

private:
    std::size_t m_count;
    std::vector<Match> m_heap;
};

std::optional<std::vector<float>> normalised(std::span<const float> vector)
{
    double squares = 0;
    for (const float value : vector)
        squares += static_cast<double>(value) * value;
    const double length = std::sqrt(squares);
    if (!std::isfinite(length) || length < 1e-12)
        return std::nullopt;
    std::vector<float> result(vector.size());
    std::ranges::transform(vector, result.begin(), [&](float value) { return static_cast<float>(value / length); });
    return result;
}

} // namespace

struct SimilarityIndex::State {
    explicit State(VectorFile opened) : file(std::move(opened)) {}

    VectorFile file;
    std::optional<BitCodes> codes; ///< of the first rows, as many as it has; none for few rows
    VectorFile::Tuning tuning;     ///< a depth of 0: not tuned
    mutable std::shared_mutex mutex;

    std::span<const float> row(std::int64_t number) const { return {file.row(number), file.dimension()}; }

    Result<void> checkRow(std::int64_t number) const
    {
        const float* const values = file.row(number);
        const double squares = dotProduct(values, values, file.dimension());
        if (std::abs(squares - 1) < kLengthTolerance) // false for what is not a number
            return {};
        return Error{ErrorCode::Corrupt, "vector " + std::to_string(number) + " is not of length 1", file.path(), 0};
    }

    std::vector<float> meanOf(std::int64_t rowCount) const
    {
        std::vector<double> sums(file.dimension());
        const std::int64_t stride = std::max<std::int64_t>(1, rowCount / kSampledRows);
        std::int64_t taken = 0;
        for (std::int64_t i = 0; i < rowCount; i += stride, ++taken) {
            const float* const values = file.row(i);
            for (std::size_t j = 0; j < sums.size(); ++j)
                sums[j] += values[j];
        }
        std::vector<float> mean(sums.size());
        std::ranges::transform(sums, mean.begin(),
                               [&](double sum) { return static_cast<float>(sum / static_cast<double>(taken)); });
        return mean;
    }

    void makeCodes(std::int64_t rowCountOfMean)
    {
        codes.emplace(meanOf(rowCountOfMean));
        addCodes();
    }

    void addCodes()
    {
        while (codes && codes->size() < file.size())
            codes->add(row(codes->size()));
    }

    /// Takes what other processes appended. Alone.
    Result<void> checkNewRows(std::int64_t first)
    {
        for (std::int64_t i = first; i < file.size(); ++i)
            PS_TRY_VOID(checkRow(i));
        return {};
    }

    bool needsTuning() const
    {
        return file.size() > kExactRows && (tuning.depth == 0 || file.size() >= 2 * tuning.rowCount);
    }

    void measureDepth();
    std::vector<Match> search(std::span<const float> query, std::size_t count) const;
    std::vector<Match> searchAll(std::span<const float> query, std::size_t count) const;
};

void SimilarityIndex::State::measureDepth()
{
    const std::int64_t total = file.size();
    std::vector<std::int64_t> queries;
    std::vector<BestMatches> best;
    for (std::int64_t i = 0; i < kTuningQueries; ++i) {
        queries.push_back(total * (2 * i + 1) / (2 * kTuningQueries));
        best.emplace_back(kTuningCount + 1); // one is the row itself
    }
    for (std::int64_t first = 0; first < total; first += kRowsAtOnce) {
        const std::int64_t end = std::min(first + kRowsAtOnce, total);
        for (std::size_t i = 0; i < queries.size(); ++i) {
            const float* const query = file.row(queries[i]);
            for (std::int64_t other = first; other < end; ++other)
                best[i].offer(other, dotProduct(query, file.row(other), file.dimension()));
        }
    }
    std::int64_t deepest = 0;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const std::vector<std::uint16_t> distances = codes->distances(codes->codeOf(row(queries[i])));
        std::vector<std::int64_t> countAt(codes->bits() + 1);
        for (const std::uint16_t distance : distances)
            ++countAt[distance];
        std::uint16_t farthest = 0;
        for (const Match& match : best[i].take())
            farthest = std::max(farthest, distances[static_cast<std::size_t>(match.row)]);
        std::int64_t within = 0;
        for (std::size_t distance = 0; distance <= farthest; ++distance)
            within += countAt[distance];
        deepest = std::max(deepest, within);
    }
    tuning = {total, std::clamp(kSafety * deepest, kSmallestDepth, total)};
}

std::vector<Match> SimilarityIndex::State::search(std::span<const float> query, std::size_t count) const
{
    const std::int64_t times = std::max<std::int64_t>(
        1, static_cast<std::int64_t>((count + kTuningCount - 1) / kTuningCount));
    const std::int64_t depth = tuning.depth * times;
    // Beyond a quarter the jumps through the file cost more than reading all of it.
    if (!codes || tuning.depth == 0 || depth > file.size() / 4)
        return searchAll(query, count);
    BestMatches best(count);
    for (const std::uint32_t number : codes->nearest(codes->codeOf(query), static_cast<std::size_t>(depth)))
        best.offer(number, dotProduct(query.data(), file.row(number), file.dimension()));
    return best.take();
}

std::vector<Match> SimilarityIndex::State::searchAll(std::span<const float> query, std::size_t count) const
{
    BestMatches best(count);
    for (std::int64_t number = 0; number < file.size(); ++number)
        best.offer(number, dotProduct(query.data(), file.row(number), file.dimension()));
    return best.take();
}

SimilarityIndex::SimilarityIndex(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SimilarityIndex::SimilarityIndex(SimilarityIndex&&) noexcept = default;
SimilarityIndex& SimilarityIndex::operator=(SimilarityIndex&&) noexcept = default;
SimilarityIndex::~SimilarityIndex() = default;

Result<SimilarityIndex> SimilarityIndex::open(std::string path, std::size_t dimension)
{
    PS_TRY(VectorFile file, VectorFile::open(std::move(path), dimension));
    PS_TRY(const VectorFile::Tuning tuning, file.tuning());
    auto state = std::make_unique<State>(std::move(file));
    PS_TRY_VOID(state->checkNewRows(0));
    if (tuning.depth > 0) {
        state->tuning = tuning;
        state->makeCodes(tuning.rowCount);
    }
    return SimilarityIndex(std::move(state));
}

std::int64_t SimilarityIndex::size() const
{
    const std::shared_lock lock(m_state->mutex);
    return m_state->file.size();
}

std::size_t SimilarityIndex::dimension() const
{
    return m_state->file.dimension();
}

Result<std::int64_t> SimilarityIndex::add(std::span<const float> vector)
{
    if (vector.size() != dimension())
        return Error{ErrorCode::InvalidInput, "a vector of " + std::to_string(vector.size()) + " numbers",
                     m_state->file.path(), 0};
    const auto unit = normalised(vector);
    if (!unit)
        return Error{ErrorCode::InvalidInput, "a vector without a direction", m_state->file.path(), 0};
    const std::unique_lock lock(m_state->mutex);
    const std::int64_t before = m_state->file.size();
    PS_TRY_VOID(m_state->file.append(*unit));
    if (m_state->file.size() > before + 1) // other processes were here
        PS_TRY_VOID(m_state->checkNewRows(before));
    m_state->addCodes();
    return m_state->file.size() - 1;
}

Result<void> SimilarityIndex::tune() const
{
    const std::unique_lock lock(m_state->mutex);
    if (!m_state->needsTuning())
        return {};
    m_state->makeCodes(m_state->file.size());
    m_state->measureDepth();
    return m_state->file.setTuning(m_state->tuning);
}

std::int64_t SimilarityIndex::comparedRows() const
{
    const std::shared_lock lock(m_state->mutex);
    return m_state->tuning.depth > 0 ? m_state->tuning.depth : m_state->file.size();
}

Result<std::vector<Match>> SimilarityIndex::nearest(std::span<const float> query, std::size_t count) const
{
    const auto unit = query.size() == dimension() ? normalised(query) : std::nullopt;
    if (!unit)
        return Error{ErrorCode::InvalidInput, "not a vector to search for", m_state->file.path(), 0};
    {
        const std::shared_lock lock(m_state->mutex);
        PS_TRY_VOID(m_state->file.checkLength());
        if (!m_state->needsTuning())
            return m_state->search(*unit, count);
    }
    PS_TRY_VOID(tune());
    const std::shared_lock lock(m_state->mutex);
    return m_state->search(*unit, count);
}

Result<std::vector<Match>> SimilarityIndex::nearestExactly(std::span<const float> query, std::size_t count) const
{
    const auto unit = query.size() == dimension() ? normalised(query) : std::nullopt;
    if (!unit)
        return Error{ErrorCode::InvalidInput, "not a vector to search for", m_state->file.path(), 0};
    const std::shared_lock lock(m_state->mutex);
    PS_TRY_VOID(m_state->file.checkLength());
    return m_state->searchAll(*unit, count);
}

std::vector<float> SimilarityIndex::vector(std::int64_t row) const
{
    const std::shared_lock lock(m_state->mutex);
    const std::span<const float> values = m_state->row(row);
    return {values.begin(), values.end()};
}

} // namespace ps
