// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_measures.h"
#include "core/inference/quality_measures.h"
#include "core/inference/runtimes/detail_measures.h"
#include "core/inference/runtimes/edge_energy.h"
#include "core/inference/runtimes/picture_loader.h"
#include "core/inference/runtimes/picture_planes.h"
#include "core/inference/runtimes/saliency.h"

#include <array>

namespace ps {

/// How many pixels have which tone.
struct ToneFacts {
    std::array<double, 16> bins{};       ///< shares of equal ranges of luma
    std::array<double, 7> percentiles{}; ///< 1, 5, 25, 50, 75, 95 and 99 %, in levels
};

struct ColourFacts {
    std::array<double, 8> hues{}; ///< shares of the saturation by angle of (Cr, Cb), from Cr > 0, Cb = 0 on
    double meanSaturation = 0;    ///< distance from grey, in levels
    double saturationSpread = 0;
    double colourfulness = 0; ///< after Hasler and Suesstrunk, 0 to about 150
    double warmth = 0;        ///< mean of Cr - Cb
};

/// Where the colours of human skin are. Says nothing about people: sand has them, too.
struct SkinFacts {
    cv::Mat cells; ///< 4 x 4 means of a likeness of 0 to 1
    double share = 0;
    double centreX = 0; ///< from the middle, in fractions
    double centreY = 0;
};

/// The region that stands out against the rest of the picture.
struct SubjectFacts {
    double sharpness = 0; ///< root mean square of the Laplacian, without what noise explains
    double restSharpness = 0;
    double lumaOffset = 0;   ///< mean luma of the region less that of the rest
    double colourOffset = 0; ///< the same for the distance from grey
};

/// Everything that is worked out about one picture before it becomes a vector or measures.
struct PictureFacts {
    PicturePlanes planes;
    ImageMeasures luma; ///< of the normal form, without hashes; the sharpness counts the borders as flat
    std::array<EdgeEnergy, PicturePlanes::kLevels> edges;
    EdgeEnergy redEdges;
    EdgeEnergy blueEdges;
    std::array<double, 2> top{}; ///< topOfSpectrum() of the normal form and of its half
    DetailMeasures detail;
    double detailTop = 0;
    double detailNoise = 0;
    double detailEnergy = 0;
    ToneFacts tone;
    ColourFacts colour;
    SkinFacts skin;
    Saliency saliency;
    SubjectFacts subject;

    double blockiness() const { return (detail.blocksAcross + detail.blocksDown) / 2; }
    /// 0 for a spectrum as full as that of noise or of a picture that was just made smaller, 1 when its top is empty.
    double upscaling() const;
};

PictureFacts examinePicture(const LoadedPicture& picture);

/// The measures in words that people know.
QualityMeasures qualityOf(const PictureFacts& facts, const LoadedPicture& picture);

} // namespace ps
