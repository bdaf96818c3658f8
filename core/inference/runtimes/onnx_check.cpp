// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/onnx_check.h"

#include "core/base/text.h"
#include "core/inference/runtimes/foreign_models.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace ps {

namespace {

constexpr std::int64_t kOldestFormat = 3;
constexpr std::int64_t kNewestFormat = 13;
constexpr std::int64_t kOldestOperators = 7;
constexpr std::int64_t kNewestOperators = 26;
constexpr std::size_t kMostPortElements = std::size_t{1} << 28;

// Sorted. Left out on purpose: loops (Loop, Scan, SequenceMap), random numbers, text, sequences and optionals, training,
// reading of image files, quantised weights of less than a byte.
constexpr auto kAllowedOperators = std::to_array<std::string_view>({"Abs",
                                                                    "Acos",
                                                                    "Acosh",
                                                                    "Add",
                                                                    "And",
                                                                    "ArgMax",
                                                                    "ArgMin",
                                                                    "Asin",
                                                                    "Asinh",
                                                                    "Atan",
                                                                    "Atanh",
                                                                    "Attention",
                                                                    "AveragePool",
                                                                    "BatchNormalization",
                                                                    "BitShift",
                                                                    "BitwiseAnd",
                                                                    "BitwiseNot",
                                                                    "BitwiseOr",
                                                                    "BitwiseXor",
                                                                    "Cast",
                                                                    "CastLike",
                                                                    "Ceil",
                                                                    "Celu",
                                                                    "CenterCropPad",
                                                                    "Clip",
                                                                    "Col2Im",
                                                                    "Compress",
                                                                    "Concat",
                                                                    "Constant",
                                                                    "ConstantOfShape",
                                                                    "Conv",
                                                                    "ConvInteger",
                                                                    "ConvTranspose",
                                                                    "Cos",
                                                                    "Cosh",
                                                                    "CumSum",
                                                                    "DepthToSpace",
                                                                    "DequantizeLinear",
                                                                    "Div",
                                                                    "Dropout",
                                                                    "DynamicQuantizeLinear",
                                                                    "Einsum",
                                                                    "Elu",
                                                                    "Equal",
                                                                    "Erf",
                                                                    "Exp",
                                                                    "Expand",
                                                                    "EyeLike",
                                                                    "Flatten",
                                                                    "Floor",
                                                                    "GRU",
                                                                    "Gather",
                                                                    "GatherElements",
                                                                    "GatherND",
                                                                    "Gelu",
                                                                    "Gemm",
                                                                    "GlobalAveragePool",
                                                                    "GlobalLpPool",
                                                                    "GlobalMaxPool",
                                                                    "Greater",
                                                                    "GreaterOrEqual",
                                                                    "GridSample",
                                                                    "GroupNormalization",
                                                                    "HardSigmoid",
                                                                    "HardSwish",
                                                                    "Hardmax",
                                                                    "Identity",
                                                                    "If",
                                                                    "InstanceNormalization",
                                                                    "IsInf",
                                                                    "IsNaN",
                                                                    "LRN",
                                                                    "LSTM",
                                                                    "LayerNormalization",
                                                                    "LeakyRelu",
                                                                    "Less",
                                                                    "LessOrEqual",
                                                                    "Log",
                                                                    "LogSoftmax",
                                                                    "LpNormalization",
                                                                    "LpPool",
                                                                    "MatMul",
                                                                    "MatMulInteger",
                                                                    "Max",
                                                                    "MaxPool",
                                                                    "MaxRoiPool",
                                                                    "Mean",
                                                                    "MeanVarianceNormalization",
                                                                    "Min",
                                                                    "Mish",
                                                                    "Mod",
                                                                    "Mul",
                                                                    "Neg",
                                                                    "NonMaxSuppression",
                                                                    "NonZero",
                                                                    "Not",
                                                                    "OneHot",
                                                                    "Or",
                                                                    "PRelu",
                                                                    "Pad",
                                                                    "Pow",
                                                                    "QLinearConv",
                                                                    "QLinearMatMul",
                                                                    "QuantizeLinear",
                                                                    "RMSNormalization",
                                                                    "RNN",
                                                                    "Range",
                                                                    "Reciprocal",
                                                                    "ReduceL1",
                                                                    "ReduceL2",
                                                                    "ReduceLogSum",
                                                                    "ReduceLogSumExp",
                                                                    "ReduceMax",
                                                                    "ReduceMean",
                                                                    "ReduceMin",
                                                                    "ReduceProd",
                                                                    "ReduceSum",
                                                                    "ReduceSumSquare",
                                                                    "Relu",
                                                                    "Reshape",
                                                                    "Resize",
                                                                    "ReverseSequence",
                                                                    "RoiAlign",
                                                                    "RotaryEmbedding",
                                                                    "Round",
                                                                    "ScatterElements",
                                                                    "ScatterND",
                                                                    "Selu",
                                                                    "Shape",
                                                                    "Shrink",
                                                                    "Sigmoid",
                                                                    "Sign",
                                                                    "Sin",
                                                                    "Sinh",
                                                                    "Size",
                                                                    "Slice",
                                                                    "Softmax",
                                                                    "Softplus",
                                                                    "Softsign",
                                                                    "SpaceToDepth",
                                                                    "Split",
                                                                    "Sqrt",
                                                                    "Squeeze",
                                                                    "Sub",
                                                                    "Sum",
                                                                    "Swish",
                                                                    "Tan",
                                                                    "Tanh",
                                                                    "TensorScatter",
                                                                    "ThresholdedRelu",
                                                                    "Tile",
                                                                    "TopK",
                                                                    "Transpose",
                                                                    "Trilu",
                                                                    "Unsqueeze",
                                                                    "Upsample",
                                                                    "Where",
                                                                    "Xor"});
static_assert(std::is_sorted(kAllowedOperators.begin(), kAllowedOperators.end()));

// Exporters name these sets even when no node uses them.
constexpr std::array<std::string_view, 9> kHarmlessDomains = {
    "ai.onnx.ml",           "ai.onnx.preview.training",   "ai.onnx.training",
    "com.microsoft",        "com.microsoft.experimental", "com.microsoft.nchwc",
    "com.ms.internal.nhwc", "org.pytorch.aten",           "pkg.onnxscript.torch_lib"};

bool isStandardDomain(std::string_view domain)
{
    return domain.empty() || domain == "ai.onnx";
}

Error error(ErrorCode code, std::string message)
{
    return {code, std::move(message), {}, 0};
}

std::string quoted(std::string_view name)
{
    return "\"" + displayText(name) + "\"";
}

// ---- versions ------------------------------------------------------------------------------------------------------

Result<void> checkRange(std::string_view what, std::int64_t value, std::int64_t oldest, std::int64_t newest)
{
    if (value >= oldest && value <= newest)
        return {};
    return error(ErrorCode::Unsupported, std::string(what) + " " + std::to_string(value) +
                                             " of the ONNX file is not among " + std::to_string(oldest) + " to " +
                                             std::to_string(newest));
}

Result<void> checkVersions(const OnnxModel& model)
{
    PS_TRY_VOID(checkRange("format version", model.irVersion, kOldestFormat, kNewestFormat));
    bool hasStandard = false;
    for (const auto& [domain, version] : model.operatorSets) {
        if (isStandardDomain(domain)) {
            hasStandard = true;
            PS_TRY_VOID(checkRange("operator set", version, kOldestOperators, kNewestOperators));
        } else if (std::find(kHarmlessDomains.begin(), kHarmlessDomains.end(), domain) == kHarmlessDomains.end()) {
            return error(ErrorCode::Refused, "the ONNX file asks for operators of " + quoted(domain) +
                                                 "; export it with standard operators only");
        }
    }
    if (!hasStandard)
        return error(ErrorCode::Corrupt, "the ONNX file does not say which operator set it uses");
    return {};
}

// ---- graphs --------------------------------------------------------------------------------------------------------

Result<void> checkPort(const OnnxPort& port, std::string_view what)
{
    if (port.name.empty())
        return error(ErrorCode::Corrupt, "an " + std::string(what) + " of the ONNX file has no name");
    std::size_t count = 1;
    for (const std::int64_t size : port.shape.value_or(std::vector<std::int64_t>())) {
        count *= static_cast<std::size_t>(std::max<std::int64_t>(size, 1)); // each below 2^31, the product below 2^59
        if (count > kMostPortElements)
            return error(ErrorCode::TooLarge, std::string(what) + " " + quoted(port.name) + " has more than " +
                                                  std::to_string(kMostPortElements) + " numbers");
    }
    return {};
}

using Names = std::unordered_set<std::string_view>;

/// What is defined where: the names of a graph and of those around it.
struct Scope {
    const Scope* outer = nullptr;
    Names names = {};

    bool has(std::string_view name) const { return names.contains(name) || (outer && outer->has(name)); }
};

Result<void> define(Scope& scope, std::string_view name)
{
    if (name.empty())
        return {}; // an optional output that nobody wants
    if (scope.has(name))
        return error(ErrorCode::Corrupt, "the ONNX file defines " + quoted(name) + " twice");
    scope.names.insert(name);
    return {};
}

Result<void> checkGraph(const OnnxGraph& graph, const Scope* outer);

Result<void> checkOperator(const OnnxNode& node)
{
    if (!isStandardDomain(node.domain))
        return error(ErrorCode::Refused, "the ONNX file uses operator " + quoted(node.operatorName) + " of " +
                                             quoted(node.domain) + "; export it with standard operators only");
    if (!isAllowedOperator(node.operatorName))
        return error(ErrorCode::Refused, "the ONNX file uses operator " + quoted(node.operatorName) +
                                             ", which is not on the list of those that are run");
    if (node.outputs.empty())
        return error(ErrorCode::Corrupt, "a node of the ONNX file has no output");
    return {};
}

Result<void> checkNode(const OnnxNode& node, Scope& scope)
{
    PS_TRY_VOID(checkOperator(node));
    for (const std::string_view input : node.inputs) {
        if (!input.empty() && !scope.has(input))
            return error(ErrorCode::Corrupt,
                         "a node of the ONNX file reads " + quoted(input) + " before it is defined");
    }
    for (const OnnxAttribute& attribute : node.attributes) {
        if (!attribute.graphs.empty() && node.operatorName != "If")
            return error(ErrorCode::Refused, "a node of the ONNX file that is no If has a graph of its own");
        for (const OnnxGraph& branch : attribute.graphs)
            PS_TRY_VOID(checkGraph(branch, &scope));
    }
    for (const std::string_view output : node.outputs)
        PS_TRY_VOID(define(scope, output));
    return {};
}

/// Initialisers may stand among the inputs too; files before format 4 had to do that.
Result<void> defineInputs(const OnnxGraph& graph, Scope& scope)
{
    Names initialisers;
    for (const OnnxTensor& tensor : graph.initialisers) {
        if (tensor.name.empty())
            return error(ErrorCode::Corrupt, "an initialiser of the ONNX file has no name");
        initialisers.insert(tensor.name);
        PS_TRY_VOID(define(scope, tensor.name));
    }
    Names seen;
    for (const OnnxPort& input : graph.inputs) {
        PS_TRY_VOID(checkPort(input, "input"));
        if (!seen.insert(input.name).second)
            return error(ErrorCode::Corrupt, "the ONNX file defines " + quoted(input.name) + " twice");
        if (!initialisers.contains(input.name))
            PS_TRY_VOID(define(scope, input.name));
    }
    return {};
}

Result<void> checkGraph(const OnnxGraph& graph, const Scope* outer)
{
    Scope scope{outer};
    PS_TRY_VOID(defineInputs(graph, scope));
    for (const OnnxNode& node : graph.nodes)
        PS_TRY_VOID(checkNode(node, scope));
    if (graph.outputs.empty())
        return error(ErrorCode::Corrupt, "a graph of the ONNX file has no output");
    for (const OnnxPort& output : graph.outputs) {
        PS_TRY_VOID(checkPort(output, "output"));
        if (!scope.has(output.name))
            return error(ErrorCode::Corrupt, "nothing in the ONNX file computes its output " + quoted(output.name));
    }
    return {};
}

} // namespace

bool isAllowedOperator(std::string_view name)
{
    return std::binary_search(kAllowedOperators.begin(), kAllowedOperators.end(), name);
}

Result<OnnxModel> checkOnnx(std::string_view bytes)
{
    if (bytes.size() > kMostModelBytes)
        return error(ErrorCode::TooLarge,
                     "the model has " + std::to_string(bytes.size()) + " bytes; 2 GiB is the most");
    if (const auto name = foreignModelName(bytes))
        return error(ErrorCode::Refused, "this is " + *name + ", no ONNX file; export the model as ONNX");
    PS_TRY(OnnxModel model, parseOnnx(bytes));
    PS_TRY_VOID(checkVersions(model));
    PS_TRY_VOID(checkGraph(*model.graph, nullptr));
    return model;
}

} // namespace ps
