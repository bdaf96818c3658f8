// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/onnx_fold.h"

#include "core/inference/runtimes/protobuf.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::uint64_t kFloatAttribute = 1; ///< AttributeProto.AttributeType.FLOAT

std::string floatAttribute(std::string_view name, float value)
{
    ProtobufWriter writer;
    writer.addBytes(1, name);
    writer.addFloat(2, value);
    writer.addNumber(20, kFloatAttribute);
    return writer.take();
}

/// A tensor under another name.
std::string renamed(const OnnxTensor& tensor, std::string_view name)
{
    ProtobufWriter writer;
    ProtobufReader reader(tensor.message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number != 8)
            writer.addWhole(field.whole);
    }
    writer.addBytes(8, name);
    return writer.take();
}

std::optional<float> scalarOf(const OnnxTensor& tensor)
{
    const std::string_view bytes = tensor.rawData.empty() ? tensor.floatData : tensor.rawData;
    if (tensor.elementType != kOnnxFloat || tensor.elementCount != 1 || bytes.size() != sizeof(float))
        return std::nullopt;
    float value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

class Folder
{
public:
    explicit Folder(const OnnxModel& model) : m_model(model), m_graph(*model.graph) {}

    std::string fold();

private:
    void collect();
    bool isFolded(const OnnxNode& node);
    void writeNode(const OnnxNode& node);
    bool canFoldClip(const OnnxNode& node) const;
    void writeClipBounds(const OnnxNode& node, ProtobufWriter& writer) const;
    std::string_view resolved(std::string_view name) const;

    const OnnxModel& m_model;
    const OnnxGraph& m_graph;
    std::unordered_map<std::string_view, const OnnxTensor*> m_constants;
    std::unordered_map<std::string_view, std::string_view> m_copies; ///< output of an Identity -> the initialiser
    std::unordered_set<std::string_view> m_outputs;                  ///< of the graph
    ProtobufWriter m_out;
};

void Folder::collect()
{
    for (const OnnxPort& output : m_graph.outputs)
        m_outputs.insert(output.name);
    for (const OnnxTensor& tensor : m_graph.initialisers)
        m_constants.emplace(tensor.name, &tensor);
}

std::string_view Folder::resolved(std::string_view name) const
{
    const auto copy = m_copies.find(name);
    return copy == m_copies.end() ? name : copy->second;
}

/// Takes the node into account when it needs no place in the graph of its own.
bool Folder::isFolded(const OnnxNode& node)
{
    if (node.outputs.size() != 1 || m_outputs.contains(node.outputs[0]))
        return false;
    if (node.operatorName == "Constant" && node.attributes.size() == 1 && node.attributes[0].tensors.size() == 1) {
        const OnnxTensor& tensor = node.attributes[0].tensors[0];
        m_constants.emplace(node.outputs[0], &tensor);
        m_out.addBytes(5, renamed(tensor, node.outputs[0]));
        return true;
    }
    if (node.operatorName == "Identity" && node.inputs.size() == 1 && m_constants.contains(resolved(node.inputs[0]))) {
        m_copies.emplace(node.outputs[0], resolved(node.inputs[0]));
        return true;
    }
    return false;
}

/// True when every bound of the Clip is a constant.
bool Folder::canFoldClip(const OnnxNode& node) const
{
    if (node.operatorName != "Clip" || node.inputs.size() < 2)
        return false;
    return std::all_of(node.inputs.begin() + 1, node.inputs.end(), [&](std::string_view input) {
        const auto found = m_constants.find(resolved(input));
        return input.empty() || (found != m_constants.end() && scalarOf(*found->second));
    });
}

void Folder::writeClipBounds(const OnnxNode& node, ProtobufWriter& writer) const
{
    constexpr std::array<std::string_view, 2> kNames = {"min", "max"};
    for (std::size_t i = 1; i < node.inputs.size() && i <= kNames.size(); ++i) {
        if (!node.inputs[i].empty())
            writer.addBytes(5, floatAttribute(kNames[i - 1], *scalarOf(*m_constants.at(resolved(node.inputs[i])))));
    }
}

void Folder::writeNode(const OnnxNode& node)
{
    ProtobufWriter writer;
    const bool isClip = canFoldClip(node);
    const std::size_t inputCount = isClip ? 1 : node.inputs.size();
    for (std::size_t i = 0; i < inputCount; ++i)
        writer.addBytes(1, resolved(node.inputs[i]));
    for (const std::string_view output : node.outputs)
        writer.addBytes(2, output);
    writer.addBytes(4, node.operatorName);
    for (const OnnxAttribute& attribute : node.attributes)
        writer.addBytes(5, attribute.message);
    if (isClip)
        writeClipBounds(node, writer);
    m_out.addBytes(1, writer.bytes());
}

/// Everything of the graph but its nodes.
void copyRest(const OnnxGraph& graph, ProtobufWriter& out)
{
    ProtobufReader reader(graph.message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number == 2 || field.number == 5 || field.number == 11 || field.number == 12)
            out.addWhole(field.whole);
    }
}

std::string Folder::fold()
{
    collect();
    copyRest(m_graph, m_out);
    for (const OnnxNode& node : m_graph.nodes) {
        if (!isFolded(node))
            writeNode(node);
    }
    ProtobufWriter model;
    model.addNumber(1, static_cast<std::uint64_t>(m_model.irVersion));
    for (const auto& [domain, version] : m_model.operatorSets) {
        ProtobufWriter operatorSet;
        operatorSet.addBytes(1, domain);
        operatorSet.addNumber(2, static_cast<std::uint64_t>(version));
        model.addBytes(8, operatorSet.bytes());
    }
    model.addBytes(7, m_out.bytes());
    return model.take();
}

} // namespace

std::string foldForOpenCv(const OnnxModel& model)
{
    return Folder(model).fold();
}

} // namespace ps
