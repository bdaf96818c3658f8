// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/models.h"

#include "core/inference/find_onnx_runtime.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>

namespace ps::test {

namespace {

std::string rawBytes(const void* data, std::size_t size)
{
    static_assert(std::endian::native == std::endian::little);
    return {static_cast<const char*>(data), size};
}

void addDims(ProtobufWriter& tensor, const OnnxWriter::Shape& dims)
{
    for (const std::int64_t size : dims)
        tensor.addNumber(1, static_cast<std::uint64_t>(size));
}

std::string port(std::string_view name, const OnnxWriter::Shape& sizes, int elementType)
{
    ProtobufWriter shape;
    for (const std::int64_t size : sizes) {
        ProtobufWriter dimension;
        if (size == -1)
            dimension.addBytes(2, "batch");
        else
            dimension.addNumber(1, static_cast<std::uint64_t>(size));
        shape.addBytes(1, dimension.bytes());
    }
    ProtobufWriter tensor;
    tensor.addNumber(1, static_cast<std::uint64_t>(elementType));
    tensor.addBytes(2, shape.bytes());
    ProtobufWriter type;
    type.addBytes(1, tensor.bytes());
    ProtobufWriter value;
    value.addBytes(1, name);
    value.addBytes(2, type.bytes());
    return value.take();
}

constexpr std::size_t kSide = 8;
constexpr std::size_t kIn = 3;
constexpr std::size_t kChannels = 4;
constexpr std::size_t kClasses = 5;

/// Weights that are the same in every run and none of which is like its neighbours.
std::vector<float> weightsOf(std::size_t count, std::size_t seed)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>((i * 37 + seed * 11) % 23) / 23.0F - 0.45F;
    return values;
}

float pixel(const std::vector<float>& image, std::size_t channel, std::size_t y, std::size_t x)
{
    const bool isInside = y >= 1 && x >= 1 && y <= kSide && x <= kSide; // shifted by the padding
    return isInside ? image[(channel * kSide + y - 1) * kSide + x - 1] : 0.0F;
}

} // namespace

OnnxWriter& OnnxWriter::input(std::string_view name, const Shape& shape, int elementType)
{
    m_graph.addBytes(11, port(name, shape, elementType));
    return *this;
}

OnnxWriter& OnnxWriter::output(std::string_view name, const Shape& shape, int elementType)
{
    m_graph.addBytes(12, port(name, shape, elementType));
    return *this;
}

OnnxWriter& OnnxWriter::weights(std::string_view name, const Shape& dims, const std::vector<float>& values)
{
    m_graph.addBytes(5, floats(name, dims, values));
    return *this;
}

OnnxWriter& OnnxWriter::integers(std::string_view name, const Shape& dims, const std::vector<std::int64_t>& values)
{
    ProtobufWriter tensor;
    addDims(tensor, dims);
    tensor.addNumber(2, 7);
    tensor.addBytes(8, name);
    tensor.addBytes(9, rawBytes(values.data(), values.size() * sizeof(std::int64_t)));
    m_graph.addBytes(5, tensor.bytes());
    return *this;
}

OnnxWriter& OnnxWriter::node(std::string_view op, const std::vector<std::string>& inputs,
                             const std::vector<std::string>& outputs, const std::vector<std::string>& attributes,
                             std::string_view domain)
{
    ProtobufWriter node;
    for (const std::string& name : inputs)
        node.addBytes(1, name);
    for (const std::string& name : outputs)
        node.addBytes(2, name);
    node.addBytes(3, std::string(op) + "_of_" + (outputs.empty() ? std::string("nothing") : outputs[0]));
    node.addBytes(4, op);
    for (const std::string& attribute : attributes)
        node.addBytes(5, attribute);
    if (!domain.empty())
        node.addBytes(7, domain);
    m_graph.addBytes(1, node.bytes());
    return *this;
}

std::string OnnxWriter::model(int operatorSet, int irVersion) const
{
    ProtobufWriter graph;
    graph.addBytes(2, "small");
    graph.addWhole(m_graph.bytes());
    ProtobufWriter set;
    set.addNumber(2, static_cast<std::uint64_t>(operatorSet));
    ProtobufWriter model;
    model.addNumber(1, static_cast<std::uint64_t>(irVersion));
    model.addBytes(2, "proofsheet-tests");
    model.addBytes(7, graph.bytes());
    model.addBytes(8, set.bytes());
    model.addWhole(m_extra.bytes());
    return model.take();
}

std::string OnnxWriter::integer(std::string_view name, std::int64_t value)
{
    ProtobufWriter attribute;
    attribute.addBytes(1, name);
    attribute.addNumber(3, static_cast<std::uint64_t>(value));
    attribute.addNumber(20, 2);
    return attribute.take();
}

std::string OnnxWriter::number(std::string_view name, float value)
{
    ProtobufWriter attribute;
    attribute.addBytes(1, name);
    attribute.addFloat(2, value);
    attribute.addNumber(20, 1);
    return attribute.take();
}

std::string OnnxWriter::integers(std::string_view name, const std::vector<std::int64_t>& values)
{
    ProtobufWriter attribute;
    attribute.addBytes(1, name);
    for (const std::int64_t value : values)
        attribute.addNumber(8, static_cast<std::uint64_t>(value));
    attribute.addNumber(20, 7);
    return attribute.take();
}

std::string OnnxWriter::tensor(std::string_view name, std::string_view tensorBytes)
{
    ProtobufWriter attribute;
    attribute.addBytes(1, name);
    attribute.addBytes(5, tensorBytes);
    attribute.addNumber(20, 4);
    return attribute.take();
}

std::string OnnxWriter::branch(std::string_view name, std::string_view graphBytes)
{
    ProtobufWriter attribute;
    attribute.addBytes(1, name);
    attribute.addBytes(6, graphBytes);
    attribute.addNumber(20, 5);
    return attribute.take();
}

std::string OnnxWriter::floats(std::string_view name, const Shape& dims, const std::vector<float>& values)
{
    ProtobufWriter tensor;
    addDims(tensor, dims);
    tensor.addNumber(2, 1);
    tensor.addBytes(8, name);
    tensor.addBytes(9, rawBytes(values.data(), values.size() * sizeof(float)));
    return tensor.take();
}

std::string smallNetwork(std::int64_t batch)
{
    OnnxWriter writer;
    writer.input("image", {batch, kIn, kSide, kSide}).output("numbers", {batch, kClasses});
    writer.weights("kernel", {kChannels, kIn, 3, 3}, weightsOf(kChannels * kIn * 9, 1));
    writer.weights("bias", {kChannels}, weightsOf(kChannels, 2));
    writer.weights("matrix", {kClasses, kChannels}, weightsOf(kClasses * kChannels, 3));
    writer.weights("shift", {kClasses}, weightsOf(kClasses, 4));
    writer.node("Conv", {"image", "kernel", "bias"}, {"c"},
                {OnnxWriter::integers("kernel_shape", {3, 3}), OnnxWriter::integers("pads", {1, 1, 1, 1})});
    writer.node("Relu", {"c"}, {"r"});
    writer.node("GlobalAveragePool", {"r"}, {"p"});
    writer.node("Flatten", {"p"}, {"f"}, {OnnxWriter::integer("axis", 1)});
    writer.node("Gemm", {"f", "matrix", "shift"}, {"numbers"}, {OnnxWriter::integer("transB", 1)});
    return writer.model();
}

std::vector<float> smallNetworkByHand(const std::vector<float>& image)
{
    const auto kernel = weightsOf(kChannels * kIn * 9, 1);
    const auto bias = weightsOf(kChannels, 2);
    const auto matrix = weightsOf(kClasses * kChannels, 3);
    std::vector<float> result = weightsOf(kClasses, 4);
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
        double sum = 0;
        for (std::size_t at = 0; at < kSide * kSide; ++at) {
            double value = bias[channel];
            for (std::size_t tap = 0; tap < kIn * 9; ++tap) {
                const std::size_t in = tap / 9;
                value += double{kernel[channel * kIn * 9 + tap]} *
                         pixel(image, in, at / kSide + tap % 9 / 3, at % kSide + tap % 3);
            }
            sum += std::max(value, 0.0);
        }
        for (std::size_t i = 0; i < kClasses; ++i)
            result[i] += static_cast<float>(sum / (kSide * kSide)) * matrix[i * kChannels + channel];
    }
    return result;
}

std::vector<float> sampleInput(std::size_t count)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>((i * 7919 + 13) % 100'003) / 50'001.5F - 1.0F;
    return values;
}

std::string onnxRuntimePath()
{
    if (const auto found = findOnnxRuntime())
        return found->path;
    const passwd* user = ::getpwuid(::getuid());
    const std::string home = user && user->pw_dir ? user->pw_dir : "";
    const std::string path = home + "/.local/share/proofsheet/onnxruntime/libonnxruntime.so.1";
    std::error_code code;
    return std::filesystem::is_regular_file(path, code) ? path : std::string();
}

} // namespace ps::test
