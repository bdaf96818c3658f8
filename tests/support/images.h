// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/codecs/file_reader.h"
#include "core/imaging/codecs/header.h"
#include "core/imaging/codecs/raster.h"
#include "core/imaging/recipe.h"

#include <functional>
#include <string>
#include <string_view>

namespace ps::test {

// Pictures are made, never stored. Everything here is the same in every run.

/// A picture with a different, smooth value at every place, so that shifts, turns and swapped channels show.
Raster patternRaster(ImageSize size, ColourModel model = ColourModel::Bgr, bool isDeep = false);
/// Squares of flat colour with this side: survives lossy formats nearly unchanged.
Raster squaresRaster(ImageSize size, int side = 16);
/// Random values: the worst case for every compression.
Raster noiseRaster(ImageSize size, ColourModel model = ColourModel::Bgr, bool isDeep = false);

/// The bytes of a file. Ends the test program when it cannot be written.
std::string encoded(const Raster& raster, const Encoding& encoding);
std::string encodedAs(ImageFormat format, const Raster& raster);

/// EXIF data that hold nothing but the orientation, in either byte order.
std::string exifWith(int orientation, bool isBigEndian = false);
/// The same file with an EXIF orientation, which for TIFF is the tag of the image itself.
std::string withOrientation(ImageFormat format, std::string bytes, int orientation);

/// A PNG chunk with its length and checksum.
std::string pngChunk(std::string_view type, std::string_view content);
/// A PNG that claims this size in its header and has no pixels.
std::string pngHeaderOnly(std::uint32_t width, std::uint32_t height);
/// Puts a chunk directly behind the header of a PNG.
std::string withPngChunk(std::string png, const std::string& chunk);
/// Puts a marker segment directly behind the start of a JPEG.
std::string withJpegSegment(std::string jpeg, int marker, std::string_view content);
/// A progressive JPEG with at least this number of scans, most of which repeat the last one.
std::string progressiveJpegWithScans(const Raster& raster, int scanCount);
/// An iCCP chunk of a PNG whose profile is so many zeros.
std::string compressedProfileChunk(std::size_t profileBytes);
/// Puts a RIFF chunk at the end of a WebP, which must be of the extended kind.
std::string withWebPChunk(std::string webp, std::string_view type, std::string_view content);

/// An ICC profile whose colours are far from sRGB, with this description.
std::string wideGamutProfile(const std::string& description = "Wide test gamut");
std::string srgbProfile();
std::string greyProfile(double gamma);

/// A file that exists in memory only.
class MemoryFile
{
public:
    explicit MemoryFile(std::string_view bytes);
    UniqueFd takeFd() { return std::move(m_fd); }
    FileReader& reader() { return m_reader; }

private:
    UniqueFd m_fd;
    FileReader m_reader;
};

/// Header and pixels of a file in one step.
Result<ImageHeader> headerOf(std::string_view bytes, const ImageLimits& limits = {});
Result<Raster> decodedUpright(std::string_view bytes, bool keepsDepth = true);
/// What a person would see, as CV_8UC4.
Result<cv::Mat> viewOf(std::string_view bytes, ImageSize fitBox = {}, FitMode mode = FitMode::Exact);
Result<cv::Mat> regionOf(std::string_view bytes, PixelBox box, ImageSize fitBox = {});

/// The largest difference between two pictures; 1e9 when they differ in size or channels.
double largestDifference(const cv::Mat& a, const cv::Mat& b);

} // namespace ps::test
