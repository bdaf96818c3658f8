// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/onnx_model.h"

#include "core/inference/runtimes/onnx_parsing.h"

#include <array>

namespace ps {

namespace {

constexpr std::size_t kMostNodes = 50'000;
constexpr std::size_t kMostTensors = 50'000;
constexpr std::size_t kMostPorts = 4'096;
constexpr std::size_t kMostNodePorts = 2'048;
constexpr std::size_t kMostAttributes = 64;
constexpr std::size_t kMostOperatorSets = 64;
constexpr int kDeepestGraph = 2; ///< a branch of an If, and a branch in that

/// Counts nodes and tensors over all graphs while it parses.
class Parser
{
public:
    explicit Parser(OnnxModel& model) : m_model(model) {}

    Result<OnnxGraph> readGraph(std::string_view message, int depth);

private:
    Result<void> readGraphField(const ProtobufField& field, OnnxGraph& graph, int depth);
    Result<OnnxNode> readNode(std::string_view message, int depth);
    Result<void> readNodeField(const ProtobufField& field, OnnxNode& node, OnceOnly& once, int depth);
    Result<OnnxAttribute> readAttribute(std::string_view message, int depth);
    Result<void> readAttributeField(const ProtobufField& field, OnnxAttribute& attribute, OnceOnly& once, int depth);
    Result<OnnxTensor> readTensor(std::string_view message);

    OnnxModel& m_model;
    std::size_t m_tensorCount = 0;
};

Result<OnnxTensor> Parser::readTensor(std::string_view message)
{
    if (++m_tensorCount > kMostTensors)
        return onnxTooMany("tensors", kMostTensors);
    return readOnnxTensor(message);
}

// ---- nodes ---------------------------------------------------------------------------------------------------------

Result<void> Parser::readAttributeField(const ProtobufField& field, OnnxAttribute& attribute, OnceOnly& once, int depth)
{
    const bool isBytes = field.wire == WireType::Bytes;
    switch (field.number) {
    case 1: {
        if (!once.take(1))
            return onnxDamaged("the name of an attribute");
        PS_TRY(attribute.name, readOnnxName(field));
        return {};
    }
    case 5:
    case 10: {
        if (!isBytes || (field.number == 5 && !once.take(5)))
            return onnxDamaged("an attribute");
        PS_TRY(OnnxTensor tensor, readTensor(field.bytes));
        attribute.tensors.push_back(std::move(tensor));
        return {};
    }
    case 6:
    case 11: {
        if (!isBytes || (field.number == 6 && !once.take(6)))
            return onnxDamaged("an attribute");
        PS_TRY(OnnxGraph graph, readGraph(field.bytes, depth + 1));
        attribute.graphs.push_back(std::move(graph));
        return {};
    }
    case 21: return onnxRefused("the ONNX file has functions of its own");
    case 22:
    case 23: return onnxRefused("the ONNX file has sparse tensors");
    case 14:
    case 15: return onnxRefused("the ONNX file has types as attributes");
    default: return {}; // numbers and texts: bounded by the file, checked by the engine
    }
}

Result<OnnxAttribute> Parser::readAttribute(std::string_view message, int depth)
{
    OnnxAttribute attribute;
    attribute.message = message;
    OnceOnly once;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field))
        PS_TRY_VOID(readAttributeField(field, attribute, once, depth));
    if (reader.isDamaged())
        return onnxDamaged("an attribute");
    return attribute;
}

Result<void> addName(const ProtobufField& field, std::vector<std::string_view>& names)
{
    if (names.size() == kMostNodePorts)
        return onnxTooMany("inputs or outputs of one node", kMostNodePorts);
    PS_TRY(const std::string_view name, readOnnxName(field));
    names.push_back(name);
    return {};
}

Result<void> Parser::readNodeField(const ProtobufField& field, OnnxNode& node, OnceOnly& once, int depth)
{
    if ((field.number == 3 || field.number == 4 || field.number == 7) && !once.take(field.number))
        return onnxDamaged("a node");
    switch (field.number) {
    case 1: return addName(field, node.inputs);
    case 2: return addName(field, node.outputs);
    case 3: {
        PS_TRY(node.name, readOnnxName(field));
        return {};
    }
    case 4: {
        PS_TRY(node.operatorName, readOnnxName(field));
        return {};
    }
    case 5: {
        if (field.wire != WireType::Bytes)
            return onnxDamaged("an attribute");
        if (node.attributes.size() == kMostAttributes)
            return onnxTooMany("attributes of one node", kMostAttributes);
        PS_TRY(OnnxAttribute attribute, readAttribute(field.bytes, depth));
        node.attributes.push_back(std::move(attribute));
        return {};
    }
    case 7: {
        PS_TRY(node.domain, readOnnxName(field));
        return {};
    }
    case 8:
        if (!field.bytes.empty())
            return onnxRefused("the ONNX file has functions of its own");
        return {};
    default: return {};
    }
}

Result<OnnxNode> Parser::readNode(std::string_view message, int depth)
{
    if (++m_model.nodeCount > kMostNodes)
        return onnxTooMany("nodes", kMostNodes);
    OnnxNode node;
    node.message = message;
    OnceOnly once;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field))
        PS_TRY_VOID(readNodeField(field, node, once, depth));
    if (reader.isDamaged())
        return onnxDamaged("a node");
    return node;
}

// ---- graphs --------------------------------------------------------------------------------------------------------

Result<void> Parser::readGraphField(const ProtobufField& field, OnnxGraph& graph, int depth)
{
    constexpr std::array<bool, 16> kIsMessage = {false, true,  false, false, false, true, false, false,
                                                 false, false, false, true,  true,  true, true,  true};
    if (field.number < kIsMessage.size() && kIsMessage[field.number] && field.wire != WireType::Bytes)
        return onnxDamaged("a graph");
    switch (field.number) {
    case 1: {
        PS_TRY(OnnxNode node, readNode(field.bytes, depth));
        graph.nodes.push_back(std::move(node));
        return {};
    }
    case 5: {
        PS_TRY(OnnxTensor tensor, readTensor(field.bytes));
        graph.initialisers.push_back(std::move(tensor));
        return {};
    }
    case 11:
    case 12: {
        std::vector<OnnxPort>& ports = field.number == 11 ? graph.inputs : graph.outputs;
        if (ports.size() == kMostTensors || (field.number == 12 && ports.size() == kMostPorts))
            return onnxTooMany("inputs or outputs", ports.size());
        PS_TRY(OnnxPort port, readOnnxPort(field.bytes));
        ports.push_back(std::move(port));
        return {};
    }
    case 15: return onnxRefused("the ONNX file has sparse tensors");
    default: return {};
    }
}

Result<OnnxGraph> Parser::readGraph(std::string_view message, int depth)
{
    if (depth > kDeepestGraph)
        return onnxRefused("the ONNX file has graphs within graphs more than " + std::to_string(kDeepestGraph) +
                           " deep");
    OnnxGraph graph;
    graph.message = message;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field))
        PS_TRY_VOID(readGraphField(field, graph, depth));
    if (reader.isDamaged())
        return onnxDamaged("a graph");
    return graph;
}

// ---- models --------------------------------------------------------------------------------------------------------

Result<void> readOperatorSet(std::string_view message, OnnxModel& model)
{
    std::string_view domain;
    std::int64_t version = 0;
    OnceOnly once;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (!once.take(field.number))
            return onnxDamaged("an operator set");
        if (field.number == 1) {
            PS_TRY(domain, readOnnxName(field));
        } else if (field.number == 2 && field.wire == WireType::Varint) {
            version = static_cast<std::int64_t>(field.value);
        }
    }
    if (reader.isDamaged() || model.operatorSets.size() == kMostOperatorSets ||
        !model.operatorSets.emplace(domain, version).second)
        return onnxDamaged("an operator set");
    return {};
}

Result<void> readModelField(const ProtobufField& field, OnnxModel& model, Parser& parser)
{
    switch (field.number) {
    case 1:
        if (model.irVersion != 0)
            return onnxDamaged("two versions");
        model.irVersion = static_cast<std::int64_t>(field.value);
        return {};
    case 7: {
        if (model.graph)
            return onnxDamaged("two graphs");
        PS_TRY(model.graph, parser.readGraph(field.bytes, 0));
        return {};
    }
    case 8: return readOperatorSet(field.bytes, model);
    case 20: return onnxRefused("the ONNX file has a part for training; export it for inference");
    case 25: return onnxRefused("the ONNX file has functions of its own; export it with standard operators only");
    default: return {};
    }
}

/// The fields of a ModelProto, each with the wire type that it must have. Anything else is another kind of file.
bool isFieldOfModel(const ProtobufField& field)
{
    switch (field.number) {
    case 1:
    case 5: return field.wire == WireType::Varint;
    case 2:
    case 3:
    case 4:
    case 6:
    case 7:
    case 8:
    case 14:
    case 20:
    case 25:
    case 26: return field.wire == WireType::Bytes;
    default: return false;
    }
}

} // namespace

Result<OnnxModel> parseOnnx(std::string_view bytes)
{
    OnnxModel model;
    Parser parser(model);
    ProtobufReader reader(bytes);
    ProtobufField field;
    while (reader.next(field)) {
        if (!isFieldOfModel(field))
            return onnxRefused("this is no ONNX file; export the model as ONNX");
        PS_TRY_VOID(readModelField(field, model, parser));
    }
    if (!reader.isDamaged() && model.graph)
        return model;
    // The version comes first in every file that is written; without it the bytes were never ONNX.
    return model.irVersion == 0 ? onnxRefused("this is no ONNX file; export the model as ONNX")
                                : onnxDamaged("its end is missing");
}

} // namespace ps
