// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/network_trainer.h"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#define PS_AVX2 __attribute__((target("avx2,fma")))
#endif

namespace ps {

// ---- random numbers ------------------------------------------------------------------------------------------------

TrainingRandom::TrainingRandom(std::uint64_t seed)
{
    for (std::uint64_t& word : m_state) { // splitmix64, as its authors start it
        seed += 0x9E3779B97F4A7C15ULL;
        std::uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        word = mixed ^ (mixed >> 31);
    }
}

std::uint64_t TrainingRandom::next()
{
    const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
    const std::uint64_t shifted = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double TrainingRandom::uniform()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::size_t TrainingRandom::below(std::size_t count)
{
    return static_cast<std::size_t>(uniform() * static_cast<double>(count));
}

// ---- loops over all weights ----------------------------------------------------------------------------------------

namespace {

struct AdamStep {
    float beta1 = 0;
    float beta2 = 0;
    float rate = 0;       ///< learning rate over the first correction
    float correction = 0; ///< one over the root of the second
    float epsilon = 0;
    float keep = 1; ///< what weight decay leaves
};

/// Values with their gradient and moments, all equally many.
struct AdamState {
    float* values;
    const float* gradient;
    float* first;
    float* second;
    std::size_t count;
};

void adamFrom(std::size_t start, const AdamState& state, const AdamStep& step)
{
    for (std::size_t i = start; i < state.count; ++i) {
        const float gradient = state.gradient[i];
        state.first[i] = step.beta1 * state.first[i] + (1 - step.beta1) * gradient;
        state.second[i] = step.beta2 * state.second[i] + (1 - step.beta2) * gradient * gradient;
        const float root = std::sqrt(state.second[i]) * step.correction + step.epsilon;
        state.values[i] = step.keep * state.values[i] - step.rate * state.first[i] / root;
    }
}

#if defined(__x86_64__)
PS_AVX2 void adamAvx2(const AdamState& state, const AdamStep& step)
{
    const __m256 beta1 = _mm256_set1_ps(step.beta1);
    const __m256 beta2 = _mm256_set1_ps(step.beta2);
    const __m256 rest1 = _mm256_set1_ps(1 - step.beta1);
    const __m256 rest2 = _mm256_set1_ps(1 - step.beta2);
    const __m256 rate = _mm256_set1_ps(step.rate);
    const __m256 correction = _mm256_set1_ps(step.correction);
    const __m256 epsilon = _mm256_set1_ps(step.epsilon);
    const __m256 keep = _mm256_set1_ps(step.keep);
    std::size_t i = 0;
    for (; i + 8 <= state.count; i += 8) {
        const __m256 gradient = _mm256_loadu_ps(state.gradient + i);
        const __m256 first = _mm256_fmadd_ps(beta1, _mm256_loadu_ps(state.first + i), _mm256_mul_ps(rest1, gradient));
        const __m256 square = _mm256_mul_ps(gradient, gradient);
        const __m256 second = _mm256_fmadd_ps(beta2, _mm256_loadu_ps(state.second + i), _mm256_mul_ps(rest2, square));
        _mm256_storeu_ps(state.first + i, first);
        _mm256_storeu_ps(state.second + i, second);
        const __m256 root = _mm256_fmadd_ps(_mm256_sqrt_ps(second), correction, epsilon);
        const __m256 change = _mm256_div_ps(_mm256_mul_ps(rate, first), root);
        _mm256_storeu_ps(state.values + i, _mm256_fmsub_ps(keep, _mm256_loadu_ps(state.values + i), change));
    }
    adamFrom(i, state, step);
}

/// ReLU, then dropout by 16 random bits for each value.
PS_AVX2 void dropAvx2(float* values, std::size_t count, std::uint32_t threshold, float scale, TrainingRandom& random)
{
    const __m256i limit = _mm256_set1_epi32(static_cast<int>(threshold) - 1);
    const __m256 factor = _mm256_set1_ps(scale);
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m128i bits = _mm_set_epi64x(static_cast<long long>(random.next()),
                                            static_cast<long long>(random.next()));
        const __m256i keep = _mm256_cmpgt_epi32(_mm256_cvtepu16_epi32(bits), limit);
        const __m256 value = _mm256_max_ps(_mm256_loadu_ps(values + i), _mm256_setzero_ps());
        _mm256_storeu_ps(values + i, _mm256_and_ps(_mm256_mul_ps(value, factor), _mm256_castsi256_ps(keep)));
    }
    for (; i < count; ++i)
        values[i] = (random.next() & 0xffff) >= threshold ? std::max(values[i], 0.0F) * scale : 0.0F;
}

bool hasAvx2()
{
    static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return has;
}
#endif

void adam(const AdamState& state, const AdamStep& step)
{
#if defined(__x86_64__)
    if (hasAvx2()) {
        adamAvx2(state, step);
        return;
    }
#endif
    adamFrom(0, state, step);
}

void drop(std::vector<float>& values, std::size_t count, double share, TrainingRandom& random)
{
    const auto threshold = static_cast<std::uint32_t>(std::lround(share * 65536));
    const auto scale = static_cast<float>(1 / (1 - share));
#if defined(__x86_64__)
    if (hasAvx2()) {
        dropAvx2(values.data(), count, threshold, scale, random);
        return;
    }
#endif
    for (std::size_t i = 0; i < count; ++i)
        values[i] = (random.next() & 0xffff) >= threshold ? std::max(values[i], 0.0F) * scale : 0.0F;
}

void growTo(std::vector<float>& values, std::size_t count)
{
    if (values.size() < count)
        values.resize(count);
}

} // namespace

// ---- the network ---------------------------------------------------------------------------------------------------

NetworkTrainer::NetworkTrainer(const Blas& blas, std::span<const std::size_t> sizes, std::vector<double> dropout,
                               AdamOptions adam, std::uint64_t seed)
    : m_blas(blas), m_adam(adam), m_random(seed)
{
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
        LinearLayer layer{sizes[i], sizes[i + 1], {}, {}};
        const double bound = 1 / std::sqrt(static_cast<double>(layer.inputs));
        const auto start = [&] { return static_cast<float>((2 * m_random.uniform() - 1) * bound); };
        layer.weights.resize(layer.inputs * layer.outputs);
        std::ranges::generate(layer.weights, start);
        layer.bias.resize(layer.outputs);
        std::ranges::generate(layer.bias, start);
        LayerState state;
        state.weightGradient.resize(layer.weights.size());
        state.weightMoments.resize(2 * layer.weights.size());
        state.biasGradient.resize(layer.bias.size());
        state.biasMoments.resize(2 * layer.bias.size());
        state.dropout = i < dropout.size() ? dropout[i] : 0;
        m_states.push_back(std::move(state));
        m_network.layers.push_back(std::move(layer));
    }
}

std::span<const float> NetworkTrainer::forward(const float* inputs, std::size_t rows, bool drops)
{
    m_rows = rows;
    m_drops = drops;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        const LinearLayer& layer = m_network.layers[i];
        LayerState& state = m_states[i];
        growTo(state.outputs, rows * layer.outputs);
        for (std::size_t row = 0; row < rows; ++row)
            std::ranges::copy(layer.bias, state.outputs.begin() + static_cast<std::ptrdiff_t>(row * layer.outputs));
        m_blas.multiply({inputs, rows, layer.inputs, false}, {layer.weights.data(), layer.outputs, layer.inputs, true},
                        state.outputs.data(), true);
        if (i + 1 < m_states.size())
            activate(i);
        inputs = state.outputs.data();
    }
    return {m_states.back().outputs.data(), rows * m_network.outputs()};
}

void NetworkTrainer::activate(std::size_t layer)
{
    LayerState& state = m_states[layer];
    const std::size_t count = m_rows * m_network.layers[layer].outputs;
    if (m_drops && state.dropout > 0) {
        drop(state.outputs, count, state.dropout, m_random);
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        state.outputs[i] = std::max(state.outputs[i], 0.0F);
}

void NetworkTrainer::backward(const float* inputs, std::span<const float> outputGradient)
{
    const float* gradient = outputGradient.data();
    for (std::size_t i = m_states.size(); i-- > 0;) {
        const LinearLayer& layer = m_network.layers[i];
        LayerState& state = m_states[i];
        const float* const below = i == 0 ? inputs : m_states[i - 1].outputs.data();
        m_blas.multiply({gradient, m_rows, layer.outputs, true}, {below, m_rows, layer.inputs, false},
                        state.weightGradient.data(), false);
        std::ranges::fill(state.biasGradient, 0.0F);
        for (std::size_t row = 0; row < m_rows; ++row) {
            for (std::size_t column = 0; column < layer.outputs; ++column)
                state.biasGradient[column] += gradient[row * layer.outputs + column];
        }
        if (i > 0)
            gradient = passBack(i, gradient);
    }
}

const float* NetworkTrainer::passBack(std::size_t layer, const float* gradient)
{
    const LinearLayer& upper = m_network.layers[layer];
    LayerState& lower = m_states[layer - 1];
    const std::size_t count = m_rows * upper.inputs;
    growTo(lower.gradient, count);
    m_blas.multiply({gradient, m_rows, upper.outputs, false},
                    {upper.weights.data(), upper.outputs, upper.inputs, false}, lower.gradient.data(), false);
    const auto scale = static_cast<float>(m_drops ? 1 / (1 - lower.dropout)
                                                  : 1); // what was dropped or below zero is zero
    for (std::size_t i = 0; i < count; ++i)
        lower.gradient[i] = lower.outputs[i] > 0 ? lower.gradient[i] * scale : 0.0F;
    return lower.gradient.data();
}

void NetworkTrainer::step()
{
    ++m_steps;
    const auto steps = static_cast<double>(m_steps);
    AdamStep step;
    step.beta1 = static_cast<float>(m_adam.beta1);
    step.beta2 = static_cast<float>(m_adam.beta2);
    step.rate = static_cast<float>(m_adam.learningRate / (1 - std::pow(m_adam.beta1, steps)));
    step.correction = static_cast<float>(1 / std::sqrt(1 - std::pow(m_adam.beta2, steps)));
    step.epsilon = static_cast<float>(m_adam.epsilon);
    AdamStep shrinking = step;
    shrinking.keep = static_cast<float>(1 - m_adam.learningRate * m_adam.weightDecay);
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        LinearLayer& layer = m_network.layers[i];
        LayerState& state = m_states[i];
        const std::size_t weights = layer.weights.size();
        const std::size_t biases = layer.bias.size();
        adam({layer.weights.data(), state.weightGradient.data(), state.weightMoments.data(),
              state.weightMoments.data() + weights, weights},
             shrinking);
        adam({layer.bias.data(), state.biasGradient.data(), state.biasMoments.data(), state.biasMoments.data() + biases,
              biases},
             step);
    }
}

} // namespace ps
