// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/colour.h"

#include "core/base/text.h"

#include <lcms2.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace ps {

namespace {

constexpr std::size_t kMaxRecent = 8;
constexpr std::size_t kMaxDescriptionBytes = 120;
constexpr int kRoundingTolerance = 1; // levels of 255 that two ways of computing the same colour may differ

struct ProfileCloser {
    void operator()(void* profile) const { ::cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, ProfileCloser>;

struct TransformDeleter {
    void operator()(void* transform) const { ::cmsDeleteTransform(transform); }
};
using Transform = std::unique_ptr<void, TransformDeleter>;

cmsUInt32Number inputType(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey: return TYPE_GRAY_8;
    case ColourModel::GreyAlpha: return TYPE_GRAYA_8;
    case ColourModel::Bgr: return TYPE_BGR_8;
    case ColourModel::Bgra: return TYPE_BGRA_8;
    case ColourModel::Cmyk: return TYPE_CMYK_8;
    }
    return TYPE_BGR_8;
}

cmsColorSpaceSignature colourSpace(ColourModel model)
{
    switch (model) {
    case ColourModel::Grey:
    case ColourModel::GreyAlpha: return cmsSigGrayData;
    case ColourModel::Bgr:
    case ColourModel::Bgra: return cmsSigRgbData;
    case ColourModel::Cmyk: return cmsSigCmykData;
    }
    return cmsSigRgbData;
}

ColourModel outputModel(ColourModel model)
{
    return hasAlpha(model) ? ColourModel::Bgra : ColourModel::Bgr;
}

std::string descriptionOf(cmsHPROFILE profile)
{
    char text[kMaxDescriptionBytes + 1] = "";
    ::cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text, sizeof text);
    return displayText(trimmed(text));
}

/// True when some colour of a coarse grid comes out different.
bool changesColours(cmsHTRANSFORM transform, ColourModel model)
{
    if (model == ColourModel::Cmyk)
        return true;
    const int channels = channelCount(model);
    const int colours = hasAlpha(model) ? channels - 1 : channels;
    constexpr int kSteps = 9;
    const int total = colours == 1 ? kSteps : kSteps * kSteps * kSteps;
    for (int i = 0; i < total; ++i) {
        std::uint8_t in[4] = {255, 255, 255, 255};
        for (int c = 0, rest = i; c < colours; ++c, rest /= kSteps)
            in[c] = static_cast<std::uint8_t>(rest % kSteps * 255 / (kSteps - 1));
        std::uint8_t out[4] = {};
        ::cmsDoTransform(transform, in, out, 1);
        for (int c = 0; c < 3; ++c) {
            if (std::abs(out[c] - in[colours == 1 ? 0 : c]) > kRoundingTolerance)
                return true;
        }
    }
    return false;
}

/// The profile's bytes without interpretation, or converted as if inks were ideal filters.
void convertPlainly(Raster& raster)
{
    cv::Mat result;
    switch (raster.model) {
    case ColourModel::Bgr:
    case ColourModel::Bgra: return;
    case ColourModel::Grey: cv::cvtColor(raster.pixels, result, cv::COLOR_GRAY2BGR); break;
    case ColourModel::GreyAlpha: {
        result.create(raster.pixels.size(), CV_8UC4);
        const int fromTo[] = {0, 0, 0, 1, 0, 2, 1, 3};
        cv::mixChannels(&raster.pixels, 1, &result, 1, fromTo, 4);
        break;
    }
    case ColourModel::Cmyk:
        result.create(raster.pixels.size(), CV_8UC3);
        for (int y = 0; y < raster.pixels.rows; ++y) {
            const std::uint8_t* in = raster.pixels.ptr(y);
            std::uint8_t* out = result.ptr(y);
            for (int x = 0; x < raster.pixels.cols; ++x, in += 4, out += 3) {
                const int light = 255 - in[3];
                for (int c = 0; c < 3; ++c)
                    out[2 - c] = static_cast<std::uint8_t>(((255 - in[c]) * light + 127) / 255);
            }
        }
        break;
    }
    raster.pixels = result;
    raster.model = outputModel(raster.model);
}

} // namespace

struct ColourConverter::Entry {
    std::string icc;
    ColourModel model;
    ProfileFacts facts;
    Transform transform; ///< null when the profile is not usable
};

ColourConverter::ColourConverter()
{
    ::cmsSetLogErrorHandler([](cmsContext, cmsUInt32Number, const char*) {}); // broken profiles are ignored and noted
}

ColourConverter::~ColourConverter() = default;

const ColourConverter::Entry& ColourConverter::entryFor(const std::string& icc, ColourModel model)
{
    const auto found = std::find_if(m_recent.begin(), m_recent.end(),
                                    [&](const auto& entry) { return entry->model == model && entry->icc == icc; });
    if (found != m_recent.end()) {
        m_recent.splice(m_recent.begin(), m_recent, found);
        return *m_recent.front();
    }
    auto entry = std::make_unique<Entry>(Entry{icc, model, {}, nullptr});
    const Profile profile(::cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size())));
    if (profile && ::cmsGetColorSpace(profile.get()) == colourSpace(model)) {
        const Profile srgb(::cmsCreate_sRGBProfile());
        const cmsUInt32Number output = hasAlpha(model) ? TYPE_BGRA_8 : TYPE_BGR_8;
        const cmsUInt32Number flags = cmsFLAGS_BLACKPOINTCOMPENSATION |
                                      (hasAlpha(model) ? static_cast<cmsUInt32Number>(cmsFLAGS_COPY_ALPHA) : 0);
        entry->transform.reset(::cmsCreateTransform(profile.get(), inputType(model), srgb.get(), output,
                                                    INTENT_RELATIVE_COLORIMETRIC, flags));
        entry->facts.isUsable = entry->transform != nullptr;
        entry->facts.changesSrgb = entry->transform && changesColours(entry->transform.get(), model);
        entry->facts.description = descriptionOf(profile.get());
    }
    m_recent.push_front(std::move(entry));
    if (m_recent.size() > kMaxRecent)
        m_recent.pop_back();
    return *m_recent.front();
}

ProfileFacts ColourConverter::examine(const std::string& icc, ColourModel model)
{
    return icc.empty() ? ProfileFacts() : entryFor(icc, model).facts;
}

void ColourConverter::convertToSrgb(Raster& raster)
{
    const Entry* entry = raster.colour.icc.empty() ? nullptr : &entryFor(raster.colour.icc, raster.model);
    if (entry && entry->facts.changesSrgb) {
        cv::Mat result(raster.pixels.size(), hasAlpha(raster.model) ? CV_8UC4 : CV_8UC3);
        for (int y = 0; y < raster.pixels.rows; ++y)
            ::cmsDoTransform(entry->transform.get(), raster.pixels.ptr(y), result.ptr(y),
                             static_cast<cmsUInt32Number>(raster.pixels.cols));
        raster.pixels = result;
        raster.model = outputModel(raster.model);
    } else {
        convertPlainly(raster);
    }
    raster.colour = {};
}

} // namespace ps
