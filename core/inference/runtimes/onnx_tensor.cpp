// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/inference/runtimes/onnx_parsing.h"

#include <array>
#include <limits>

namespace ps {

namespace {

constexpr std::size_t kLongestName = 4'096;

// ---- tensors -------------------------------------------------------------------------------------------------------

Result<void> addDim(OnnxTensor& tensor, std::uint64_t value)
{
    if (tensor.dims.size() == kOnnxMostDims)
        return onnxTooMany("dimensions in a tensor", kOnnxMostDims);
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max()))
        return Error{ErrorCode::TooLarge,
                     "a tensor has a dimension of " + std::to_string(static_cast<std::int64_t>(value)),
                     {},
                     0};
    tensor.dims.push_back(static_cast<std::int64_t>(value));
    if (__builtin_mul_overflow(tensor.elementCount, value, &tensor.elementCount))
        return Error{ErrorCode::TooLarge, "a tensor has more elements than can be counted", {}, 0};
    return {};
}

Result<void> readDims(const ProtobufField& field, OnnxTensor& tensor)
{
    if (field.wire == WireType::Varint)
        return addDim(tensor, field.value);
    if (field.wire != WireType::Bytes || packedVarintCount(field.bytes) > kOnnxMostDims)
        return onnxDamaged("dimensions");
    // A packed field reads like the values of fields whose tag is in front of each; ours are few.
    std::string_view rest = field.bytes;
    while (!rest.empty()) {
        std::uint64_t value = 0;
        std::size_t used = 0;
        for (; used < rest.size() && used < 10; ++used) {
            value |= static_cast<std::uint64_t>(rest[used] & 0x7F) << (7 * used);
            if ((rest[used] & 0x80) == 0)
                break;
        }
        if (used == rest.size() || used == 10)
            return onnxDamaged("dimensions");
        PS_TRY_VOID(addDim(tensor, value));
        rest.remove_prefix(used + 1);
    }
    return {};
}

/// Adds the values of float_data (4), int32_data (5), int64_data (7), double_data (10) and uint64_data (11).
Result<void> countTyped(const ProtobufField& field, OnnxTensor& tensor)
{
    if (field.wire != WireType::Bytes) {
        ++tensor.typedCount;
        return {};
    }
    const std::size_t width = field.number == 4 ? 4 : field.number == 10 ? 8 : 0;
    if (width != 0 && field.bytes.size() % width != 0)
        return onnxDamaged("packed numbers");
    tensor.typedCount += width != 0 ? field.bytes.size() / width : packedVarintCount(field.bytes);
    if (field.number == 4)
        tensor.floatData = field.bytes;
    return {};
}

Result<void> readTensorField(const ProtobufField& field, OnnxTensor& tensor, OnceOnly& once)
{
    switch (field.number) {
    case 1: return readDims(field, tensor);
    case 2:
        if (field.wire != WireType::Varint || !once.take(2))
            return onnxDamaged("the type of a tensor");
        tensor.elementType = static_cast<std::int64_t>(field.value);
        return {};
    case 3: return onnxRefused("a tensor of the ONNX file is only a segment of another");
    case 4:
    case 5:
    case 7:
    case 10:
    case 11: return countTyped(field, tensor);
    case 6: return onnxRefused("a tensor of the ONNX file holds text");
    case 8: {
        if (!once.take(8))
            return onnxDamaged("the name of a tensor");
        PS_TRY(tensor.name, readOnnxName(field));
        return {};
    }
    case 9:
        if (field.wire != WireType::Bytes || !once.take(9))
            return onnxDamaged("the data of a tensor");
        tensor.rawData = field.bytes;
        return {};
    case 13: return onnxRefused("the ONNX file keeps its weights in other files; export it as a single file");
    case 14:
        if (field.wire != WireType::Varint || field.value != 0)
            return onnxRefused("the ONNX file keeps its weights in other files; export it as a single file");
        return {};
    default: return {}; // doc_string and what newer versions add
    }
}

/// The data are as long as the dimensions say.
Result<void> checkTensor(const OnnxTensor& tensor)
{
    const std::size_t elementBytes = onnxElementBytes(tensor.elementType);
    if (elementBytes == 0)
        return Error{
            ErrorCode::Unsupported, "a tensor has elements of type " + std::to_string(tensor.elementType), {}, 0};
    if (!tensor.rawData.empty() && tensor.typedCount != 0)
        return onnxDamaged("a tensor with two sets of data");
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(tensor.elementCount, elementBytes, &bytes))
        return Error{ErrorCode::TooLarge, "a tensor has more elements than can be counted", {}, 0};
    const bool isWhole = tensor.typedCount != 0 ? tensor.typedCount == tensor.elementCount
                                                : tensor.rawData.size() == bytes;
    if (!isWhole)
        return onnxDamaged("the data of tensor \"" + displayText(tensor.name) + "\" do not fit its dimensions");
    return {};
}

// ---- inputs and outputs --------------------------------------------------------------------------------------------

Result<std::int64_t> readDimension(std::string_view message)
{
    std::int64_t size = -1;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number != 1)
            continue;
        if (field.wire != WireType::Varint)
            return onnxDamaged("a dimension");
        if (field.value > static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max()))
            return Error{ErrorCode::TooLarge,
                         "an input or output has a dimension of " +
                             std::to_string(static_cast<std::int64_t>(field.value)),
                         {},
                         0};
        size = static_cast<std::int64_t>(field.value);
    }
    if (reader.isDamaged())
        return onnxDamaged("a dimension");
    return size;
}

Result<std::vector<std::int64_t>> readShape(std::string_view message)
{
    std::vector<std::int64_t> shape;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number != 1 || field.wire != WireType::Bytes)
            continue;
        if (shape.size() == kOnnxMostDims)
            return onnxTooMany("dimensions in an input or output", kOnnxMostDims);
        PS_TRY(const std::int64_t size, readDimension(field.bytes));
        shape.push_back(size);
    }
    if (reader.isDamaged())
        return onnxDamaged("a shape");
    return shape;
}

/// TypeProto.Tensor
Result<void> readTensorType(std::string_view message, OnnxPort& port)
{
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number == 1 && field.wire == WireType::Varint) {
            port.elementType = static_cast<std::int64_t>(field.value);
        } else if (field.number == 2 && field.wire == WireType::Bytes) {
            PS_TRY(port.shape, readShape(field.bytes));
        }
    }
    if (reader.isDamaged())
        return onnxDamaged("a type");
    return {};
}

Result<void> readType(std::string_view message, OnnxPort& port)
{
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number == 6)
            continue; // denotation
        if (field.number != 1 || field.wire != WireType::Bytes)
            return onnxRefused("an input or output of the ONNX file is no tensor");
        PS_TRY_VOID(readTensorType(field.bytes, port));
    }
    if (reader.isDamaged())
        return onnxDamaged("a type");
    return {};
}

} // namespace

Error onnxDamaged(std::string_view what)
{
    return {ErrorCode::Corrupt, "the ONNX file is damaged (" + std::string(what) + ")", {}, 0};
}

Error onnxRefused(std::string message)
{
    return {ErrorCode::Refused, std::move(message), {}, 0};
}

Error onnxTooMany(std::string_view what, std::size_t limit)
{
    return {
        ErrorCode::TooLarge, "the ONNX file has more than " + std::to_string(limit) + " " + std::string(what), {}, 0};
}

Result<std::string_view> readOnnxName(const ProtobufField& field)
{
    if (field.wire != WireType::Bytes)
        return onnxDamaged("a name");
    if (field.bytes.size() > kLongestName)
        return onnxTooMany("bytes in a name", kLongestName);
    if (field.bytes.find('\0') != std::string_view::npos)
        return onnxDamaged("a name with a NUL");
    return field.bytes;
}

std::size_t onnxElementBytes(std::int64_t elementType)
{
    // undefined, float, uint8, int8, uint16, int16, int32, int64, string, bool, float16, double, uint32, uint64, complex64,
    // complex128, bfloat16
    constexpr std::array<std::size_t, 17> kBytes = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 0, 0, 2};
    return elementType >= 0 && elementType < static_cast<std::int64_t>(kBytes.size())
               ? kBytes[static_cast<std::size_t>(elementType)]
               : 0;
}

Result<OnnxTensor> readOnnxTensor(std::string_view message)
{
    OnnxTensor tensor;
    tensor.message = message;
    OnceOnly once;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field))
        PS_TRY_VOID(readTensorField(field, tensor, once));
    if (reader.isDamaged())
        return onnxDamaged("a tensor");
    PS_TRY_VOID(checkTensor(tensor));
    return tensor;
}

Result<OnnxPort> readOnnxPort(std::string_view message)
{
    OnnxPort port;
    OnceOnly once;
    ProtobufReader reader(message);
    ProtobufField field;
    while (reader.next(field)) {
        if (field.number > 2)
            continue;
        if (field.wire != WireType::Bytes || !once.take(field.number))
            return onnxDamaged("an input or output");
        if (field.number == 1) {
            PS_TRY(port.name, readOnnxName(field));
        } else {
            PS_TRY_VOID(readType(field.bytes, port));
        }
    }
    if (reader.isDamaged())
        return onnxDamaged("an input or output");
    return port;
}

} // namespace ps
