// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/header.h"
#include "core/imaging/codecs/tiff_file.h"

namespace ps {

namespace {

/// Follows the chain of directories without reading them. Our own, because libtiff parses every tag of every page.
/// Source: TIFF 6.0 section 2, and the BigTIFF design of libtiff.
class DirectoryChain
{
public:
    explicit DirectoryChain(FileReader& file) : m_file(file) {}

    /// The number of directories, counted up to `limit` + 1; a loop ends there too.
    int count(int limit)
    {
        std::string head;
        if (!m_file.readAt(0, 8, head))
            return 1;
        m_isBigEndian = head[0] == 'M';
        m_isBig = head[m_isBigEndian ? 3 : 2] == 43;
        std::uint64_t offset = 0;
        if (!number(m_isBig ? 8 : 4, offsetBytes(), offset))
            return 1;
        int total = 0;
        while (offset != 0 && total <= limit) {
            ++total;
            if (!next(offset))
                break;
        }
        return total == 0 ? 1 : total;
    }

private:
    std::size_t offsetBytes() const { return m_isBig ? 8 : 4; }

    bool next(std::uint64_t& offset)
    {
        std::uint64_t entries = 0;
        const std::size_t countBytes = m_isBig ? 8 : 2;
        const std::uint64_t entryBytes = m_isBig ? 20 : 12;
        if (!number(offset, countBytes, entries) || entries > 65'535)
            return false;
        return number(offset + countBytes + entries * entryBytes, offsetBytes(), offset);
    }

    bool number(std::uint64_t offset, std::size_t length, std::uint64_t& value)
    {
        std::string bytes;
        if (offset > static_cast<std::uint64_t>(m_file.sizeBytes()) ||
            !m_file.readAt(static_cast<std::int64_t>(offset), length, bytes))
            return false;
        value = 0;
        for (std::size_t i = 0; i < length; ++i)
            value = value << 8 | static_cast<std::uint8_t>(bytes[m_isBigEndian ? i : length - 1 - i]);
        return true;
    }

    FileReader& m_file;
    bool m_isBigEndian = false;
    bool m_isBig = false;
};

} // namespace

Result<ImageHeader> readTiffHeader(FileReader& file, int maxFrames)
{
    TiffFile tiff(file);
    PS_TRY(TiffLayout layout, tiff.open());
    ImageHeader header;
    header.rawSize = layout.size;
    header.orientation = layout.orientation;
    header.bitsPerChannel = layout.kind == TiffKind::Palette ? 8 : layout.bitsPerSample;
    header.model = layout.model();
    header.isLossless = layout.isLossless;
    header.frameCount = DirectoryChain(file).count(maxFrames);
    header.colour.icc = std::move(layout.icc);
    if (layout.droppedSampleCount > 0)
        header.note = std::to_string(layout.droppedSampleCount) + " extra channels dropped";
    return header;
}

} // namespace ps
