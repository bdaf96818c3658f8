// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/inference/checkpoint.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// y = W x + b. Weights are row-major [outputs][inputs], as PyTorch keeps them.
struct LinearLayer {
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    std::vector<float> weights;
    std::vector<float> bias;
    bool operator==(const LinearLayer&) const = default;
};

/// Linear layers with ReLU between them; nothing after the last.
struct Mlp {
    std::vector<LinearLayer> layers;
    bool operator==(const Mlp&) const = default;

    std::size_t inputs() const { return layers.empty() ? 0 : layers.front().inputs; }
    std::size_t outputs() const { return layers.empty() ? 0 : layers.back().outputs; }
    /// "512-256-64-1".
    std::string shapeText() const;
    /// Evaluates one input. Cost: 0.1 ms for 150,000 weights. Precondition: input.size() == inputs().
    std::vector<float> forward(std::span<const float> input) const;

    /// The tensors under the scripts' names: "net.0.weight", "net.0.bias", ... with the given numbers, one for each layer.
    std::vector<NamedTensor> toTensors(std::span<const int> numbers) const;
    /// Accepts any increasing numbers, whatever the order of the tensors.
    /// Errors: Refused with the list of expected and actual names and shapes (R77); Corrupt for numbers that are not finite.
    static Result<Mlp> fromTensors(const std::vector<NamedTensor>& tensors);
    /// The same for a known shape: `widths` are inputs, hidden sizes and outputs, `numbers` one for each layer.
    static Result<Mlp> fromTensors(const std::vector<NamedTensor>& tensors, std::span<const int> numbers,
                                   std::span<const std::size_t> widths);
};

} // namespace ps
