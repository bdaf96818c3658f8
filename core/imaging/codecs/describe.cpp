// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/describe.h"

namespace ps {

namespace {

/// What the pictures of one file are called.
const char* partsOf(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Tiff: return "pages";
    case ImageFormat::Heif:
    case ImageFormat::Avif: return "images";
    default: return "frames";
    }
}

std::vector<std::string> conversionsOf(const ImageHeader& header, const ProfileFacts& profile)
{
    std::vector<std::string> conversions;
    const bool isCmyk = header.model == ColourModel::Cmyk;
    if (header.bitsPerChannel > 8)
        conversions.push_back(std::to_string(header.bitsPerChannel) + " bit to 8");
    if (isCmyk)
        conversions.emplace_back(profile.isUsable ? "CMYK to sRGB" : "CMYK without a profile to sRGB");
    if (profile.changesSrgb)
        conversions.push_back("profile " + (profile.description.empty() ? "without a name" : profile.description) +
                              " to sRGB");
    if (!header.colour.icc.empty() && !profile.isUsable)
        conversions.emplace_back(kBrokenProfileNote);
    if (!header.note.empty())
        conversions.push_back(header.note);
    if (header.frameCount > 1)
        conversions.push_back("first of " + std::to_string(header.frameCount) + ' ' + partsOf(header.format));
    return conversions;
}

} // namespace

ImageInfo describe(const ImageHeader& header, std::int64_t fileBytes, ColourConverter& converter)
{
    const ProfileFacts profile = converter.examine(header.colour.icc, header.model);
    ImageInfo info;
    info.format = header.format;
    info.size = header.upright();
    info.orientation = header.orientation;
    info.bitsPerChannel = header.bitsPerChannel;
    info.channelCount = channelCount(header.model);
    info.hasAlpha = hasAlpha(header.model);
    info.isLossless = header.isLossless;
    info.chromaSubsampling = header.chromaSubsampling;
    info.estimatedQuality = header.estimatedQuality;
    info.isAnimated = header.frameCount > 1 && std::string_view(partsOf(header.format)) == "frames";
    info.frameCount = header.frameCount;
    info.profileDescription = profile.description;
    info.conversions = conversionsOf(header, profile);
    info.fileBytes = fileBytes;
    return info;
}

} // namespace ps
