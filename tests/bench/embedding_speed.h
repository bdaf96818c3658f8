// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/model_spec.h"

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace ps::bench {

struct EmbeddingTask {
    std::string folder; ///< with images 0.jpg, 1.jpg and so on
    std::int64_t folderImages = 1;
    ModelSpec model;
    std::int64_t count = 1;
    std::size_t workerCount = 1;
    std::size_t batch = 1;
};

/// Images per second of a folder through the service, from the file to the vector.
Result<double> embeddingsPerSecond(const EmbeddingTask& task);

} // namespace ps::bench
