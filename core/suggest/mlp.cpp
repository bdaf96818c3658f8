// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/mlp.h"

#include <algorithm>

namespace ps {

namespace {

void apply(const LinearLayer& layer, std::span<const float> input, std::vector<float>& output)
{
    output.resize(layer.outputs);
    for (std::size_t row = 0; row < layer.outputs; ++row) {
        const float* weights = layer.weights.data() + row * layer.inputs;
        float sum = layer.bias[row];
        for (std::size_t column = 0; column < layer.inputs; ++column)
            sum += weights[column] * input[column];
        output[row] = sum;
    }
}

} // namespace

std::string Mlp::shapeText() const
{
    if (layers.empty())
        return {};
    std::string text = std::to_string(inputs());
    for (const LinearLayer& layer : layers)
        text += "-" + std::to_string(layer.outputs);
    return text;
}

std::vector<float> Mlp::forward(std::span<const float> input) const
{
    std::vector<float> values(input.begin(), input.end());
    std::vector<float> next;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        apply(layers[i], values, next);
        if (i + 1 < layers.size())
            std::ranges::transform(next, next.begin(), [](float value) { return std::max(value, 0.0F); });
        values.swap(next);
    }
    return values;
}

} // namespace ps
