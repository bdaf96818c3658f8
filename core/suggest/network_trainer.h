// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/blas.h"
#include "core/suggest/mlp.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace ps {

/// Random numbers that are the same on every machine (xoshiro256++).
class TrainingRandom
{
public:
    explicit TrainingRandom(std::uint64_t seed);
    std::uint64_t next();
    /// 0 <= x < 1.
    double uniform();
    /// 0 <= x < count. Precondition: count > 0.
    std::size_t below(std::size_t count);

    template <typename T>
    void shuffle(std::vector<T>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::array<std::uint64_t, 4> m_state{};
};

/// How a network learns. The defaults are those of the scripts (PyTorch's Adam).
struct AdamOptions {
    double learningRate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0; ///< decoupled: each step shrinks the weights by this times the learning rate
};

/// Trains one network of linear layers with ReLU and dropout between them, batch after batch:
/// forward(), then the caller works out the gradient of its loss, then backward() and step().
/// Threads: one at a time. Same seed, data, Blas::name() and Blas::threads() give the same bits on the same type of processor.
class NetworkTrainer
{
public:
    /// `sizes` are {512, 256, 64, 1}; `dropout` is one share for each hidden layer. Weights start as PyTorch starts them.
    NetworkTrainer(const Blas& blas, std::span<const std::size_t> sizes, std::vector<double> dropout, AdamOptions adam,
                   std::uint64_t seed);

    /// Rows of outputs, which stay valid until the next call. With `drops` some hidden values are left out and the others made
    /// larger, as training needs it.
    std::span<const float> forward(const float* inputs, std::size_t rows, bool drops);
    /// Takes the gradient of the loss by the outputs of the last forward(), as many rows. `inputs` as they were then.
    void backward(const float* inputs, std::span<const float> outputGradient);
    /// One step of Adam along the gradient of backward().
    void step();

    const Mlp& network() const { return m_network; }
    void setNetwork(const Mlp& network) { m_network = network; } ///< of the same shape

private:
    struct LayerState {
        std::vector<float> weightGradient;
        std::vector<float> biasGradient;
        std::vector<float> weightMoments; ///< first, then second, of each weight
        std::vector<float> biasMoments;
        std::vector<float> outputs;  ///< of the last forward(), behind ReLU and dropout
        std::vector<float> gradient; ///< of the same
        double dropout = 0;
    };

    void activate(std::size_t layer);
    const float* passBack(std::size_t layer, const float* gradient);

    const Blas& m_blas;
    AdamOptions m_adam;
    TrainingRandom m_random;
    Mlp m_network;
    std::vector<LayerState> m_states;
    std::size_t m_rows = 0; ///< of the last forward()
    bool m_drops = false;
    std::int64_t m_steps = 0;
};

} // namespace ps
