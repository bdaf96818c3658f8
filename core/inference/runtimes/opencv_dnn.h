// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/onnx_model.h"

namespace ps {

/// Sets OpenCV up for a locked process: no OpenCL, one thread, no words on the error output.
void prepareOpenCv();

/// Loads a checked model into OpenCV DNN. `facts` become those of the session. Cost: copies the weights.
/// Errors: Unsupported, with OpenCV's reason and the word that ONNX Runtime is needed: it runs common convolutional networks,
/// and neither transformers nor the heads of detectors.
Result<std::unique_ptr<Session>> openWithOpenCv(const OnnxModel& model, ModelFacts facts);

} // namespace ps
