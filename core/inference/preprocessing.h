// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <string>
#include <string_view>

namespace ps {

/// How a picture becomes the input of a model. There is one definition for training and for serving: it is stored with
/// every model and every embedding, so that the two can never differ.
struct Preprocessing {
    enum class Resize {
        ShortestEdge, ///< the shorter side becomes `resizeTo`, the ratio is kept
        Stretch,      ///< both sides become the input's, the ratio is lost
        Letterbox,    ///< the longer side fits, the rest is filled with `padding`
    };
    enum class Filter { Bicubic, Bilinear, Area };
    enum class Crop { None, Centre };
    enum class ChannelOrder { Rgb, Bgr };

    int width = 224; ///< of the input, in pixels
    int height = 224;
    Resize resize = Resize::ShortestEdge;
    int resizeTo = 224;
    Filter filter = Filter::Bicubic;
    Crop crop = Crop::Centre;
    int padding = 114; ///< grey value of the filling, 0 to 255
    ChannelOrder order = ChannelOrder::Rgb;
    double scale = 1.0 / 255; ///< applied to 8-bit values first, then (value - mean) / deviation
    std::array<double, 3> mean{0, 0, 0};
    std::array<double, 3> deviation{1, 1, 1};
    bool normalizesOutput = false; ///< the embedding is divided by its Euclidean length
    double sizeDivisor = 2048;     ///< what crop proposers divide width and height by

    bool operator==(const Preprocessing&) const = default;

    /// What open_clip does for ViT-B-32.
    static Preprocessing clip();
    /// What torchvision does for its classifiers: shortest edge 256, centre crop 224, ImageNet mean and deviation.
    static Preprocessing imageNet();
    /// What Ultralytics does for its detectors at 640 pixels.
    static Preprocessing yolo();
    /// The built-in embedder needs no tensor; only the last two fields matter to it.
    static Preprocessing builtin();

    /// One line of JSON with every field in a fixed order; equal values give equal bytes.
    std::string toJson() const;
    /// Errors: Corrupt naming the field.
    static Result<Preprocessing> fromJson(std::string_view text);
    /// First 12 hex digits of the SHA-256 of toJson().
    std::string id() const;
};

} // namespace ps
