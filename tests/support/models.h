// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/protobuf.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ps::test {

/// Writes small ONNX files, good and bad ones, without any library. Shapes: -1 is an open dimension.
class OnnxWriter
{
public:
    using Shape = std::vector<std::int64_t>;

    OnnxWriter& input(std::string_view name, const Shape& shape, int elementType = 1);
    OnnxWriter& output(std::string_view name, const Shape& shape, int elementType = 1);
    OnnxWriter& weights(std::string_view name, const Shape& dims, const std::vector<float>& values);
    OnnxWriter& integers(std::string_view name, const Shape& dims, const std::vector<std::int64_t>& values);
    OnnxWriter& node(std::string_view op, const std::vector<std::string>& inputs,
                     const std::vector<std::string>& outputs, const std::vector<std::string>& attributes = {},
                     std::string_view domain = {});

    /// For what no honest program writes.
    ProtobufWriter& graph() { return m_graph; }
    ProtobufWriter& extra() { return m_extra; }

    std::string graphBytes() const { return m_graph.bytes(); }
    std::string model(int operatorSet = 13, int irVersion = 7) const;

    // AttributeProto
    static std::string integer(std::string_view name, std::int64_t value);
    static std::string number(std::string_view name, float value);
    static std::string integers(std::string_view name, const std::vector<std::int64_t>& values);
    static std::string tensor(std::string_view name, std::string_view tensorBytes);
    static std::string branch(std::string_view name, std::string_view graphBytes);
    // TensorProto
    static std::string floats(std::string_view name, const Shape& dims, const std::vector<float>& values);

private:
    ProtobufWriter m_graph;
    ProtobufWriter m_extra; ///< fields of the model
};

/// A small convolutional network: [batch, 3, 8, 8] -> [batch, 5]; -1 leaves the batch open.
std::string smallNetwork(std::int64_t batch = -1);
/// What smallNetwork() computes for one image, by plain loops.
std::vector<float> smallNetworkByHand(const std::vector<float>& image);

/// An input whose numbers are all different, between -1 and 1.
std::vector<float> sampleInput(std::size_t count);

/// Where this machine has ONNX Runtime, for tests, which run with a home of their own; "" when it has none.
std::string onnxRuntimePath();

} // namespace ps::test
