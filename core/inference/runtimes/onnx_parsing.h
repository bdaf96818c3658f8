// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/onnx_model.h"
#include "core/inference/runtimes/protobuf.h"

// What the parts of parseOnnx() share.
namespace ps {

constexpr std::size_t kOnnxMostDims = 8;

Error onnxDamaged(std::string_view what);
Error onnxRefused(std::string message);
Error onnxTooMany(std::string_view what, std::size_t limit);

/// Notices a field that may be there once only and comes again: readers differ in what they make of that.
class OnceOnly
{
public:
    /// False for the second time.
    bool take(std::uint32_t number)
    {
        const std::uint64_t bit = std::uint64_t{1} << (number & 63);
        const bool isFirst = (m_seen & bit) == 0;
        m_seen |= bit;
        return isFirst;
    }

private:
    std::uint64_t m_seen = 0;
};

/// A name: bounded, without NUL.
Result<std::string_view> readOnnxName(const ProtobufField& field);
/// A TensorProto whose data are as long as its dimensions say.
Result<OnnxTensor> readOnnxTensor(std::string_view message);
/// A ValueInfoProto.
Result<OnnxPort> readOnnxPort(std::string_view message);

} // namespace ps
