// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/image_types.h"
#include "core/imaging/pixels.h"
#include "core/imaging/recipe.h"
#include "core/imaging/template_match.h"

#include <string>
#include <string_view>

namespace ps {

// The bodies of the requests between ImageService and the image handler of a worker, and of their answers. Every decode
// function gives Corrupt for anything but exactly one well-formed body.

/// Named in the worker's Hello.
constexpr std::string_view kImageCapability = "images";

enum class ImageOperation : std::uint16_t {
    Probe = 0x0101,   ///< descriptors: image
    Decode = 0x0102,  ///< image, memory for the pixels
    Render = 0x0103,  ///< image, output file
    Compare = 0x0104, ///< original, cut
    Region = 0x0105,  ///< image, memory for the pixels; answered like Decode
    Upright = 0x0106, ///< image, output file
    Locate = 0x0107,  ///< original, finished image
};
constexpr std::uint16_t kFirstImageOperation = 0x0101;
constexpr std::uint16_t kLastImageOperation = 0x0107;

struct ProbeRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    bool operator==(const ProbeRequest&) const = default;
};
std::string encode(const ProbeRequest& request);
Result<ProbeRequest> decodeProbeRequest(std::string_view body);
std::string encode(const ImageInfo& info);
Result<ImageInfo> decodeImageInfo(std::string_view body);

struct DecodeRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    ImageSize fitBox; ///< empty for full size
    FitMode mode = FitMode::Exact;
    std::int64_t memoryBytes = 0; ///< of the second descriptor
    bool operator==(const DecodeRequest&) const = default;
};
std::string encode(const DecodeRequest& request);
Result<DecodeRequest> decodeDecodeRequest(std::string_view body);

struct DecodeAnswer {
    PixelLayout layout;
    ImageInfo info;
    bool operator==(const DecodeAnswer&) const = default;
};
std::string encode(const DecodeAnswer& answer);
Result<DecodeAnswer> decodeDecodeAnswer(std::string_view body);

struct RegionRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    PixelBox box;                 ///< upright, of the full size
    ImageSize fitBox;             ///< empty for 1:1
    std::int64_t memoryBytes = 0; ///< of the second descriptor
    bool operator==(const RegionRequest&) const = default;
};
std::string encode(const RegionRequest& request);
Result<RegionRequest> decodeRegionRequest(std::string_view body);

struct RenderRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    Recipe recipe;
    bool operator==(const RenderRequest&) const = default;
};
std::string encode(const RenderRequest& request);
Result<RenderRequest> decodeRenderRequest(std::string_view body);
std::string encode(const RenderReport& report);
Result<RenderReport> decodeRenderReport(std::string_view body);

struct UprightRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    bool keepsMetadata = false;
    bool operator==(const UprightRequest&) const = default;
};
std::string encode(const UprightRequest& request);
Result<UprightRequest> decodeUprightRequest(std::string_view body);
std::string encode(const UprightReport& report);
Result<UprightReport> decodeUprightReport(std::string_view body);

struct CompareRequest {
    ImageLimits limits;
    std::int64_t originalBytes = 0;
    std::int64_t cutBytes = 0;
    PixelBox box;
    bool operator==(const CompareRequest&) const = default;
};
std::string encode(const CompareRequest& request);
Result<CompareRequest> decodeCompareRequest(std::string_view body);

struct LocateRequest {
    ImageLimits limits;
    std::int64_t originalBytes = 0;
    std::int64_t finishedBytes = 0;
    bool operator==(const LocateRequest&) const = default;
};
std::string encode(const LocateRequest& request);
Result<LocateRequest> decodeLocateRequest(std::string_view body);
std::string encode(const LocateReport& report);
Result<LocateReport> decodeLocateReport(std::string_view body);

} // namespace ps
