// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imaging/codecs/file_reader.h"
#include "core/imaging/codecs/raster.h"

#include <tiffio.h>

#include <memory>
#include <string>

namespace ps {

/// The first message that libtiff gives, instead of its printing.
struct TiffMessages {
    std::string firstError;
};

struct TiffCloser {
    void operator()(TIFF* tiff) const { ::TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffCloser>;

/// The procedures through which libtiff reaches bytes, and how it is opened with them.
struct TiffProcedures {
    TIFFReadWriteProc read;
    TIFFReadWriteProc write;
    TIFFSeekProc seek;
    TIFFSizeProc size;
};
/// Null when libtiff refuses; `messages` says why and must live as long as the handle.
TiffHandle openTiff(const char* mode, thandle_t client, const TiffProcedures& procedures, TiffMessages& messages);

/// What the samples of a pixel are.
enum class TiffKind {
    Grey,
    InvertedGrey, ///< 0 is white
    Palette,
    Rgb,
    Cmyk,
    Converted, ///< something that libtiff itself converts to 8-bit RGB
};

/// The tags of the first directory that matter for its pixels.
struct TiffLayout {
    ImageSize size;
    int orientation = 1;
    int bitsPerSample = 8;
    int samplesPerPixel = 1;
    TiffKind kind = TiffKind::Grey;
    bool isSeparate = false; ///< one plane per sample
    bool isTiled = false;
    bool hasAlpha = false;
    bool isAlphaAssociated = false;
    int droppedSampleCount = 0; ///< extra samples that have no meaning to us
    bool isLossless = true;
    std::string icc;

    int colourCount() const;
    ColourModel model() const;
};

/// A TIFF that is open for reading its first directory.
class TiffFile
{
public:
    explicit TiffFile(FileReader& file) : m_input{&file, 0} {}
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    /// Opens it and reads the tags. Errors: Corrupt; Unsupported for depths, colour models and compressions that we do
    /// not decode; Io.
    Result<TiffLayout> open();

    TIFF* handle() const { return m_handle.get(); }
    /// Corrupt with libtiff's own words, or Io when a read error is the cause.
    Error error(const char* fallback) const;

private:
    struct Input {
        FileReader* file;
        std::int64_t position;
    };
    static tmsize_t readProcedure(thandle_t client, void* out, tmsize_t count);
    static tmsize_t writeProcedure(thandle_t client, void* data, tmsize_t count);
    static toff_t seekProcedure(thandle_t client, toff_t offset, int whence);
    static toff_t sizeProcedure(thandle_t client);

    Result<void> readKind(TiffLayout& layout) const;
    Result<void> readExtraSamples(TiffLayout& layout) const;

    Input m_input;
    TiffMessages m_messages; ///< before the handle, which writes into it until it is closed
    TiffHandle m_handle;
};

} // namespace ps
