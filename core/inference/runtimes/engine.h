// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/inference/model_spec.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// A block of numbers: shape (batch first) and row-major values.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// A model that is loaded. Used by one thread, in a worker only.
class Session
{
public:
    virtual ~Session() = default;
    virtual const ModelFacts& facts() const = 0;
    /// One output for the batch `input` (NCHW). `outputName` "" is the first. Values are as the engine gave them: the caller
    /// checks that they are finite. Errors: InvalidInput (a shape that is not the model's, also of the batch), Corrupt (an output
    /// that does not fit its shape), TooLarge, Unsupported (an output that is no tensor of floats), Internal with the engine's
    /// words.
    virtual Result<Tensor> run(std::span<const float> input, std::span<const std::int64_t> shape,
                               std::string_view outputName) = 0;
};

/// Makes the engines ready: loads ONNX Runtime from `onnxRuntimePath` unless that is "". To be called before the process
/// locks itself up. Errors: NotFound, VersionMismatch, InvalidInput; OpenCV DNN works in either case, and what it cannot run is
/// refused with this reason.
Result<void> prepareEngines(const std::string& onnxRuntimePath);

/// Checks the bytes of an ONNX model (onnx_check.h) and loads it with the engine of the spec; OnnxRuntime falls back to OpenCV DNN
/// when the runtime is not there. The bytes are not needed afterwards. The hash of the spec is the caller's to check.
/// Errors: Refused, Unsupported, Corrupt, TooLarge, InvalidInput (names of the spec that the model has not).
Result<std::unique_ptr<Session>> loadModel(std::string_view onnxBytes, const ModelSpec& spec);

} // namespace ps
