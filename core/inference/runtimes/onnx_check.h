// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/runtimes/onnx_model.h"

namespace ps {

/// The largest file that is looked at; protocol buffers end there.
constexpr std::size_t kMostModelBytes = (std::size_t{2} << 30) - 1;

/// Reads an ONNX file and holds it against what we run: one file, standard operators that compute and nothing else, known
/// versions, inputs and outputs of a sane size, a graph in which everything is defined once and before it is used. To be
/// called before any engine sees the bytes. Runs nothing. Threads: any. Cost: milliseconds, weights are not read.
/// Errors: Refused (pickles, archives and other formats, saying to export ONNX; external data; operators that are not on the
/// list; functions; loops), Unsupported (versions, element types), Corrupt, TooLarge.
Result<OnnxModel> checkOnnx(std::string_view bytes);

/// True for an operator of the standard that we let engines run.
bool isAllowedOperator(std::string_view name);

} // namespace ps
