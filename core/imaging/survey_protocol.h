// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/image_measures.h"
#include "core/imaging/image_types.h"
#include "core/imaging/pixels.h"
#include "core/imaging/thumbnail_class.h"

#include <string>
#include <string_view>
#include <vector>

namespace ps {

// The bodies of the requests about thumbnails and of their answers. Every decode function gives Corrupt for anything
// but exactly one well-formed body.

enum class SurveyOperation : std::uint16_t {
    Survey = 0x0110,           ///< descriptors: image, memory for the pixels
    DecodeThumbnails = 0x0111, ///< encoded thumbnails, memory for the pixels
    AdoptThumbnail = 0x0112,   ///< image, PNG of the desktop's cache, memory for the pixels
};
constexpr std::uint16_t kFirstSurveyOperation = 0x0110;
constexpr std::uint16_t kLastSurveyOperation = 0x0112;

/// More than any thumbnail needs: 512 x 512 pixels of noise are 300 kB.
constexpr std::size_t kMaxThumbnailBytes = std::size_t{768} << 10;
/// How many thumbnails are decoded by one request. Their pixels lie in one piece of memory, which lives as long as any
/// of them.
constexpr std::size_t kMaxThumbnailBatch = 16;

struct SurveyRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    ThumbnailClass thumbnail = ThumbnailClass::Small;
    bool wantsHash = false;
    bool isOpaque = false; ///< transparency onto white
    bool operator==(const SurveyRequest&) const = default;
};
std::string encode(const SurveyRequest& request);
Result<SurveyRequest> decodeSurveyRequest(std::string_view body);

struct SurveyAnswer {
    PixelLayout layout; ///< the picture begins at the first byte of the memory
    ImageInfo info;
    ImageMeasures measures;
    std::string thumbnail; ///< the same picture, encoded
    bool operator==(const SurveyAnswer&) const = default;
};
std::string encode(const SurveyAnswer& answer);
Result<SurveyAnswer> decodeSurveyAnswer(std::string_view body);

/// Where one thumbnail is and where its pixels go.
struct ThumbnailSlot {
    std::int64_t sourceOffset = 0;
    std::int64_t sourceBytes = 0;
    std::int64_t targetOffset = 0; ///< a multiple of 4
    std::int64_t targetBytes = 0;
    bool operator==(const ThumbnailSlot&) const = default;
};

struct DecodeThumbnailsRequest {
    ThumbnailClass thumbnail = ThumbnailClass::Small;
    std::vector<ThumbnailSlot> slots;
    std::int64_t memoryBytes = 0; ///< of the second descriptor
    bool operator==(const DecodeThumbnailsRequest&) const = default;
};
std::string encode(const DecodeThumbnailsRequest& request);
Result<DecodeThumbnailsRequest> decodeDecodeThumbnailsRequest(std::string_view body);

/// One layout for each slot, or the reason why there is no picture.
struct DecodeThumbnailsAnswer {
    std::vector<Result<PixelLayout>> layouts;
};
std::string encode(const DecodeThumbnailsAnswer& answer);
Result<DecodeThumbnailsAnswer> decodeDecodeThumbnailsAnswer(std::string_view body);

struct AdoptThumbnailRequest {
    ImageLimits limits;
    std::int64_t fileBytes = 0;
    std::int64_t thumbnailFileBytes = 0;
    ThumbnailClass thumbnail = ThumbnailClass::Small;
    std::string uri;                  ///< that the PNG must name as its original
    std::int64_t modifiedSeconds = 0; ///< that it must name as the original's time
    bool operator==(const AdoptThumbnailRequest&) const = default;
};
std::string encode(const AdoptThumbnailRequest& request);
Result<AdoptThumbnailRequest> decodeAdoptThumbnailRequest(std::string_view body);

} // namespace ps
