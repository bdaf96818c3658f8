// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/mlp.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

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

constexpr std::string_view kPrefix = "net.";

std::string tensorText(std::string_view name, const std::vector<std::int64_t>& shape)
{
    std::string text = displayText(name.substr(0, 100)) + " [";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

std::string layerText(int number, std::size_t inputs, std::size_t outputs)
{
    const std::string prefix = std::string(kPrefix) + std::to_string(number);
    const auto rows = static_cast<std::int64_t>(outputs);
    return tensorText(prefix + ".weight", {rows, static_cast<std::int64_t>(inputs)}) + ", " +
           tensorText(prefix + ".bias", {rows});
}

Error mismatch(const std::string& expected, const std::vector<NamedTensor>& tensors)
{
    std::string actual;
    for (const NamedTensor& tensor : tensors) {
        if (actual.size() > 2000) {
            actual += ", ...";
            break;
        }
        actual += (actual.empty() ? "" : ", ") + tensorText(tensor.name, tensor.shape);
    }
    return {ErrorCode::Refused, "the tensors do not fit: expected " + expected + "; found " + actual, {}, 0};
}

/// The tensors of one layer.
struct LayerTensors {
    const NamedTensor* weight = nullptr;
    const NamedTensor* bias = nullptr;
};

/// The layers by number, or nothing when a name is another or comes twice.
std::optional<std::map<std::int64_t, LayerTensors>> layersByNumber(const std::vector<NamedTensor>& tensors)
{
    std::map<std::int64_t, LayerTensors> layers;
    for (const NamedTensor& tensor : tensors) {
        const auto parts = split(tensor.name, '.');
        const auto number = parts.size() == 3 && parts[0] == "net" ? parseInteger(parts[1]) : std::nullopt;
        if (!number || *number < 0 || (parts[2] != "weight" && parts[2] != "bias"))
            return std::nullopt;
        const NamedTensor*& place = parts[2] == "weight" ? layers[*number].weight : layers[*number].bias;
        if (place)
            return std::nullopt;
        place = &tensor;
    }
    return layers;
}

bool isLayer(const LayerTensors& tensors)
{
    return tensors.weight && tensors.bias && tensors.weight->shape.size() == 2 && tensors.bias->shape.size() == 1 &&
           tensors.weight->shape[0] == tensors.bias->shape[0] && tensors.weight->shape[0] > 0 &&
           tensors.weight->shape[1] > 0 &&
           std::ssize(tensors.weight->values) == tensors.weight->shape[0] * tensors.weight->shape[1] &&
           std::ssize(tensors.bias->values) == tensors.bias->shape[0];
}

bool isFinite(const LinearLayer& layer)
{
    const auto isNumber = [](float value) { return std::isfinite(value); };
    return std::ranges::all_of(layer.weights, isNumber) && std::ranges::all_of(layer.bias, isNumber);
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

std::vector<NamedTensor> Mlp::toTensors(std::span<const int> numbers) const
{
    std::vector<NamedTensor> tensors;
    for (std::size_t i = 0; i < layers.size() && i < numbers.size(); ++i) {
        const LinearLayer& layer = layers[i];
        const std::string prefix = std::string(kPrefix) + std::to_string(numbers[i]);
        const auto outputs = static_cast<std::int64_t>(layer.outputs);
        tensors.push_back({prefix + ".weight", {outputs, static_cast<std::int64_t>(layer.inputs)}, layer.weights});
        tensors.push_back({prefix + ".bias", {outputs}, layer.bias});
    }
    return tensors;
}

Result<Mlp> Mlp::fromTensors(const std::vector<NamedTensor>& tensors)
{
    static const std::string expected =
        "net.N.weight [outputs, inputs] and net.N.bias [outputs] for increasing N, each "
        "with as many inputs as the one before has outputs";
    const auto numbered = layersByNumber(tensors);
    if (!numbered || numbered->empty())
        return mismatch(expected, tensors);
    Mlp net;
    for (const auto& [number, parts] : *numbered) {
        if (!isLayer(parts))
            return mismatch(expected, tensors);
        LinearLayer layer{static_cast<std::size_t>(parts.weight->shape[1]),
                          static_cast<std::size_t>(parts.weight->shape[0]), parts.weight->values, parts.bias->values};
        if (!net.layers.empty() && net.outputs() != layer.inputs)
            return mismatch(expected, tensors);
        if (!isFinite(layer))
            return Error{ErrorCode::Corrupt, "the tensors hold numbers that are not finite",
                         std::string(kPrefix) + std::to_string(number), 0};
        net.layers.push_back(std::move(layer));
    }
    return net;
}

Result<Mlp> Mlp::fromTensors(const std::vector<NamedTensor>& tensors, std::span<const int> numbers,
                             std::span<const std::size_t> widths)
{
    std::string expected;
    bool fits = tensors.size() == 2 * numbers.size() && widths.size() == numbers.size() + 1;
    const auto numbered = layersByNumber(tensors);
    for (std::size_t i = 0; i < numbers.size() && i + 1 < widths.size(); ++i) {
        expected += (expected.empty() ? "" : ", ") + layerText(numbers[i], widths[i], widths[i + 1]);
        const auto found = numbered ? numbered->find(numbers[i])
                                    : std::map<std::int64_t, LayerTensors>::const_iterator();
        fits = fits && numbered && found != numbered->end() && isLayer(found->second) &&
               std::cmp_equal(found->second.weight->shape[1], widths[i]) &&
               std::cmp_equal(found->second.weight->shape[0], widths[i + 1]);
    }
    if (!fits)
        return mismatch(expected, tensors);
    return fromTensors(tensors);
}

} // namespace ps
