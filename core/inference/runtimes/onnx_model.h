// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

// What of a ModelProto matters to us. Every view points into the bytes that were parsed: weights are never copied.
// Source of field numbers: onnx.proto of ONNX 1.17.

struct OnnxTensor {
    std::string_view name;
    std::vector<std::int64_t> dims;
    std::int64_t elementType = 0; ///< TensorProto.DataType
    std::string_view rawData;
    std::string_view floatData;   ///< packed
    std::size_t typedCount = 0;   ///< values outside rawData
    std::string_view message;     ///< all of it
    std::size_t elementCount = 1; ///< product of dims
};

struct OnnxGraph;

struct OnnxAttribute {
    std::string_view name;
    std::vector<OnnxTensor> tensors;
    std::vector<OnnxGraph> graphs;
    std::string_view message;
};

struct OnnxNode {
    std::string_view operatorName;
    std::string_view domain;
    std::string_view name;
    std::vector<std::string_view> inputs;
    std::vector<std::string_view> outputs;
    std::vector<OnnxAttribute> attributes;
    std::string_view message;
};

struct OnnxPort {
    std::string_view name;
    std::int64_t elementType = 0;
    std::optional<std::vector<std::int64_t>> shape; ///< -1 where it is open
};

struct OnnxGraph {
    std::vector<OnnxNode> nodes;
    std::vector<OnnxTensor> initialisers;
    std::vector<OnnxPort> inputs; ///< with initialisers that the file lists as inputs too
    std::vector<OnnxPort> outputs;
    std::string_view message;
};

struct OnnxModel {
    std::int64_t irVersion = 0;
    std::map<std::string_view, std::int64_t> operatorSets; ///< version by domain
    std::optional<OnnxGraph> graph;
    std::size_t nodeCount = 0; ///< of all graphs
};

/// TensorProto.DataType of float32, the only numbers that models may take and give.
constexpr std::int64_t kOnnxFloat = 1;

/// Bytes of one element of a TensorProto.DataType; 0 for what we do not take (text, complex numbers, less than a byte).
std::size_t onnxElementBytes(std::int64_t elementType);

/// Reads the structure of an ONNX file within fixed bounds on counts and depth; runs nothing and allocates a small share of
/// the size of `bytes`, which have to outlive the model. Threads: any.
/// Errors: Refused for what is no ONNX file or points outside it (external data, functions, training, segments, sparse
/// tensors, graphs within graphs within graphs); Corrupt for damage; TooLarge beyond the bounds; Unsupported element types.
Result<OnnxModel> parseOnnx(std::string_view bytes);

} // namespace ps
