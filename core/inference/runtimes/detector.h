// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fraction_box.h"
#include "core/inference/inference_service.h"
#include "core/inference/runtimes/engine.h"

#include <cstddef>
#include <vector>

namespace ps {

/// Where an upright image lies in the input of a model: a point (x, y) of the image, in pixels, is at
/// (x * scaleX + left, y * scaleY + top) of the input.
struct InputPlacement {
    ImageSize image; ///< upright, full size
    double scaleX = 1;
    double scaleY = 1;
    double left = 0;
    double top = 0;
};

/// Where the letterbox of `inputWidth` x `inputHeight` puts an image: the longer side fits, the rest is shared between both
/// sides, odd pixels go to the right and bottom. Source: LetterBox of Ultralytics 8.
InputPlacement letterboxPlacement(ImageSize image, int inputWidth, int inputHeight);

/// What a detector said about one image.
struct DecodedDetections {
    std::vector<Detection> boxes;   ///< the most confident first; equal ones in the order of the model
    std::size_t candidateCount = 0; ///< positions that the model looked at
    std::size_t confidentCount = 0; ///< of these, at or above the bar
    std::size_t clampedCount = 0;   ///< of `boxes`, those that reached beyond the image
    std::size_t droppedCount = 0; ///< confident, but without area inside the image, or too many; not those that overlap
};

/// Reads the output of a YOLOv8 detector: [batch, 4 + classes, positions] (or with the last two exchanged), centre x, centre y,
/// width and height in pixels of the input, then one probability per class. Drops what is below the bar, then per class what
/// overlaps a more confident box. `classCount` 0 takes the number of classes from the shape.
/// Threads: any, pure. Cost: linear in the output, plus 30,000 x maxBoxes comparisons at the most.
/// Errors: Corrupt (numbers that are not finite, scores that are no probabilities, a shape that is none of a detector),
/// InvalidInput (another number of classes than the model has, no such image in the batch), TooLarge (more than 200,000
/// positions). Nothing is repaired silently: what was clamped or dropped is counted.
Result<DecodedDetections> decodeYolo(const Tensor& output, std::size_t imageIndex, const InputPlacement& placement,
                                     std::size_t classCount, const InferenceService::DetectionOptions& options);

} // namespace ps
