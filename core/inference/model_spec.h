// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/preprocessing.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

enum class ModelEngine { Builtin, OnnxRuntime, OpenCvDnn };
enum class ModelKind { Embedder, Detector };
/// "builtin", "onnxruntime", "opencv-dnn"; "embedder", "detector".
std::string_view modelEngineName(ModelEngine engine);
std::string_view modelKindName(ModelKind kind);

/// The name of the embedder that needs no file, with its version: another number whenever it gives other values.
constexpr std::string_view kBuiltinEmbedderName = "builtin-1";
constexpr int kBuiltinEmbeddingSize = 512;

/// Everything that is needed to run one model, and everything that an embedding of it depends on.
struct ModelSpec {
    std::string name = std::string(kBuiltinEmbedderName); ///< for people and files: letters, digits, '-', '.'
    ModelKind kind = ModelKind::Embedder;
    ModelEngine engine = ModelEngine::Builtin;
    std::string path;   ///< of the ONNX file, absolute; "" for the built-in one
    std::string sha256; ///< of that file, 64 hex digits; "" for the built-in one
    Preprocessing preprocessing = Preprocessing::builtin();
    std::string inputName;               ///< "" = the first
    std::string outputName;              ///< "" = the first
    std::vector<std::string> classNames; ///< of a detector, by class number
    bool operator==(const ModelSpec&) const = default;

    /// Stands for model and content: "builtin-1", or the name, "@" and the first 12 hex digits of sha256.
    std::string id() const;
};

/// What a model says about itself once it is loaded.
struct ModelFacts {
    struct Port {
        std::string name;
        std::vector<std::int64_t> shape; ///< -1 where it is open
        bool operator==(const Port&) const = default;
    };
    std::vector<Port> inputs;
    std::vector<Port> outputs;
    ModelEngine engine = ModelEngine::Builtin; ///< the one that runs it, which may be the fallback
    std::string engineVersion;
    bool operator==(const ModelFacts&) const = default;
};

} // namespace ps
