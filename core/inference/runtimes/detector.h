// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"
#include "core/inference/inference_service.h"
#include "core/inference/runtimes/engine.h"
#include "core/inference/runtimes/picture_tensor.h"

#include <cstddef>
#include <vector>

namespace ps {

/// What a detector said about one image.
struct DecodedDetections {
    std::vector<Detection> boxes;   ///< the most confident first; equal ones in the order of the model
    std::size_t candidateCount = 0; ///< positions that the model looked at
    std::size_t confidentCount = 0; ///< of these, at or above the bar
    std::size_t clampedCount = 0;   ///< of `boxes`, those that were cut off at the border of the image
    std::size_t droppedCount = 0;   ///< confident, but outside the image, or too many; not those that overlap
};

/// Reads what a YOLOv8 detector gave for one image: [1, 4 + classes, positions] (or with the last two exchanged), centre x, centre
/// y, width and height in pixels of the input, then one probability per class. Drops what is below the bar, then per class what
/// overlaps a more confident box. `placement` says where the image lay in the input; `classCount` 0 takes the number of classes
/// from the shape. Threads: any, pure. Cost: linear in the output, plus 30,000 x maxBoxes comparisons at the most.
/// Errors: Corrupt (numbers that are not finite, scores that are no probabilities, confident boxes without a size or far outside
/// the input, a shape that is none of a detector), InvalidInput (another number of classes than the model has), TooLarge (more
/// than 200,000 positions). Nothing is repaired silently: what was cut off at the border or dropped is counted.
Result<DecodedDetections> decodeYolo(const Tensor& output, const TensorPlacement& placement, std::size_t classCount,
                                     const InferenceService::DetectionOptions& options);

} // namespace ps
