// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/raster.h"

namespace ps {

/// What the rows of a picture are, before the first of them.
struct RowForm {
    ImageSize size; ///< of the picture that the rows make up
    ColourModel model = ColourModel::Bgr;
    bool isDeep = false; ///< 16 bits per channel
    bool isPremultiplied = false;
    bool isRedFirst = false; ///< R G B (A) in memory instead of B G R (A)

    int matType() const { return CV_MAKETYPE(isDeep ? CV_16U : CV_8U, channelCount(model)); }
};

/// Where a decoder puts a picture, some rows at a time from top to bottom, so that nobody has to hold all of it.
class RowSink
{
public:
    virtual ~RowSink() = default;

    /// Called once, first. Errors end the decoding.
    virtual Result<void> begin(const RowForm& form) = 0;
    /// The next rows, as wide as form.size and of its matType(). They belong to the decoder, which needs them unchanged.
    virtual void take(const cv::Mat& rows) = 0;
};

} // namespace ps
