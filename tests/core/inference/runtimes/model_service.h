// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/inference_service.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/models.h"
#include "tests/support/temp_folder.h"

#include <memory>
#include <string>
#include <vector>

namespace ps::test {

/// A service with a worker of its own, with ONNX Runtime where this machine has it.
inline std::unique_ptr<InferenceService> startService(bool withOnnxRuntime, std::uint64_t memoryBytes = 4ULL << 30)
{
    InferenceService::Options options;
    options.workerPath = programPath("proofsheet-worker");
    options.workerCount = 1;
    options.memoryBytes = memoryBytes;
    options.onnxRuntimePath = withOnnxRuntime ? onnxRuntimePath() : "/no/onnx/runtime";
    return must(InferenceService::start(options));
}

/// A spec whose preprocessing gives side x side numbers from 0 to `scale`.
inline ModelSpec specFor(const std::string& path, ModelEngine engine, int side, double scale = 1)
{
    ModelSpec spec;
    spec.name = "small";
    spec.engine = engine;
    spec.path = path;
    spec.preprocessing.width = side;
    spec.preprocessing.height = side;
    spec.preprocessing.resize = Preprocessing::Resize::Stretch;
    spec.preprocessing.crop = Preprocessing::Crop::None;
    spec.preprocessing.scale = scale / 255;
    return spec;
}

inline ImageSource pictureOf(const TempFolder& folder, const std::string& name, int grey)
{
    const std::string bytes = encodedAs(ImageFormat::Png, [&] {
        Raster raster = makeRaster({32, 32}, ColourModel::Bgr, false);
        raster.pixels.setTo(cv::Scalar::all(grey));
        return raster;
    }());
    folder.write(name, bytes);
    return ImageSource(folder.handle(), name);
}

} // namespace ps::test
