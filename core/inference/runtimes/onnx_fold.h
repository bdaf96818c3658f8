// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/onnx_model.h"

#include <string>

namespace ps {

/// Writes a checked model anew in the dialect that OpenCV DNN 4.6 reads: constants become initialisers, copies of initialisers
/// become what they copy, the bounds of Clip become attributes, nodes lose their names (OpenCV then calls them by their
/// outputs). The numbers that the model computes stay the same. Source: measured on exports of PyTorch 1.13.
std::string foldForOpenCv(const OnnxModel& model);

} // namespace ps
