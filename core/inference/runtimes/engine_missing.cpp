// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/engine.h"

namespace ps {

Result<void> prepareEngines(const std::string&)
{
    return {};
}

Result<std::unique_ptr<Session>> loadModel(std::string_view, const ModelSpec&)
{
    return Error{ErrorCode::Unsupported, "this build has no engine for ONNX models", {}, 0};
}

} // namespace ps
