// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/model_spec.h"

namespace ps {

std::string_view modelEngineName(ModelEngine engine)
{
    switch (engine) {
    case ModelEngine::Builtin: return "builtin";
    case ModelEngine::OnnxRuntime: return "onnxruntime";
    case ModelEngine::OpenCvDnn: return "opencv-dnn";
    }
    return "";
}

std::string_view modelKindName(ModelKind kind)
{
    return kind == ModelKind::Detector ? "detector" : "embedder";
}

std::string ModelSpec::id() const
{
    return sha256.empty() ? name : name + "@" + sha256.substr(0, 12);
}

} // namespace ps
