// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/sniff.h"

#include "core/base/text.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace ps {

namespace {

using namespace std::string_view_literals;

constexpr std::int64_t kHeadBytes = 512;

struct Magic {
    std::size_t offset;
    std::string_view bytes;
};

struct KnownFormat {
    Magic magic;
    ImageFormat format;
};
constexpr KnownFormat kAllowed[] = {
    {{0, "\xff\xd8\xff"sv}, ImageFormat::Jpeg},
    {{0, "\x89PNG\r\n\x1a\n"sv}, ImageFormat::Png},
    {{0, "II\x2a\0"sv}, ImageFormat::Tiff},
    {{0, "MM\0\x2a"sv}, ImageFormat::Tiff},
    {{0, "II\x2b\0"sv}, ImageFormat::Tiff},
    {{0, "MM\0\x2b"sv}, ImageFormat::Tiff},
    {{0, "BM"sv}, ImageFormat::Bmp},
    {{0, "\xff\x0a"sv}, ImageFormat::Jxl},
    {{0, "\0\0\0\x0cJXL \x0d\x0a\x87\x0a"sv}, ImageFormat::Jxl},
};

struct OtherFormat {
    Magic magic;
    const char* name;
};
/// What people are likely to have; only for the message.
constexpr OtherFormat kOthers[] = {
    {{0, "GIF8"sv}, "a GIF image"},
    {{4, "ftyp"sv}, "an MP4 file"},
    {{0, "\0\0\0\x0cjP  "sv}, "a JPEG 2000 image"},
    {{0, "\xff\x4f\xff\x51"sv}, "a JPEG 2000 image"},
    {{0, "%PDF"sv}, "a PDF document"},
    {{0, "8BPS"sv}, "a Photoshop document"},
    {{0, "gimp xcf"sv}, "a GIMP document"},
    {{0, "\0\0\x01\0"sv}, "an icon"},
    {{0, "icns"sv}, "an icon"},
    {{0, "/* XPM"sv}, "an XPM image"},
    {{0, "PK\x03\x04"sv}, "a ZIP archive"},
    {{0, "\x1f\x8b"sv}, "gzip data"},
    {{0, "7z\xbc\xaf"sv}, "a 7-Zip archive"},
    {{0, "\x28\xb5\x2f\xfd"sv}, "Zstandard data"},
    {{0, "SQLite format 3"sv}, "an SQLite database"},
    {{0, "\x93NUMPY"sv}, "a NumPy array"},
    {{0, "\x7f"
         "ELF"sv},
     "a program"},
};

bool matches(std::string_view head, const Magic& magic)
{
    return head.size() >= magic.offset && head.substr(magic.offset).substr(0, magic.bytes.size()) == magic.bytes;
}

/// No control characters, and mostly ASCII.
bool isText(std::string_view head)
{
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    const auto asciiCount = std::count_if(head.begin(), head.end(), [](char c) { return c > 0; });
    return std::none_of(head.begin(), head.end(), isControl) && 2 * asciiCount > std::ssize(head);
}

/// HTML, XML and the like, which servers like to send in place of a picture.
std::optional<const char*> textKind(std::string_view head)
{
    if (startsWith(head, "\xef\xbb\xbf"))
        head.remove_prefix(3);
    if (!isText(head))
        return std::nullopt;
    const std::string lower = toLowerAscii(trimmed(head));
    if (lower.find("<svg") != std::string::npos)
        return "an SVG drawing";
    if (startsWith(lower, "<!doctype html") || lower.find("<html") != std::string::npos)
        return "an HTML page";
    if (startsWith(lower, "<?xml") || startsWith(lower, "<"))
        return "an XML document";
    if (startsWith(lower, "{") || startsWith(lower, "["))
        return "JSON text";
    return "plain text";
}

/// By the brands in the first box of a HEIF file, of which the first is the main one.
/// Source: ISO/IEC 14496-12 4.3, ISO/IEC 23008-12 10, AV1 Image File Format 6.
std::optional<ImageFormat> heifKind(std::string_view head)
{
    if (!matches(head, {4, "ftyp"sv}) || head.size() < 12)
        return std::nullopt;
    const std::size_t boxBytes = std::size_t{static_cast<std::uint8_t>(head[2])} << 8 |
                                 static_cast<std::uint8_t>(head[3]);
    bool isHeif = false;
    for (std::size_t offset = 8; offset + 4 <= std::min(boxBytes, head.size()); offset += 4) {
        const std::string_view brand = head.substr(offset, 4);
        if (offset != 12 && (brand == "avif" || brand == "avis"))
            return ImageFormat::Avif;
        isHeif = isHeif || (offset != 12 && (startsWith(brand, "hei") || startsWith(brand, "hev") || brand == "mif1" ||
                                             brand == "msf1"));
    }
    return isHeif ? std::optional(ImageFormat::Heif) : std::nullopt;
}

std::string describeUnknown(std::string_view head)
{
    for (const OtherFormat& other : kOthers) {
        if (matches(head, other.magic))
            return other.name;
    }
    if (const auto kind = textKind(head))
        return *kind;
    return "unknown data starting with " + hexEncode(head.substr(0, 8));
}

} // namespace

Result<ImageFormat> sniffFormat(FileReader& file)
{
    if (file.sizeBytes() == 0)
        return Error{ErrorCode::Corrupt, "the file is empty", {}, 0};
    std::string head;
    if (!file.readAt(0, static_cast<std::size_t>(std::min(file.sizeBytes(), kHeadBytes)), head)) {
        if (file.readError() != 0)
            return errnoError("cannot read the file", {}, file.readError());
        return Error{ErrorCode::Conflict, "the file became shorter while it was read", {}, 0};
    }
    if (matches(head, {0, "RIFF"}) && matches(head, {8, "WEBP"}))
        return ImageFormat::WebP;
    if (const auto kind = heifKind(head))
        return *kind;
    for (const KnownFormat& known : kAllowed) {
        if (matches(head, known.magic))
            return known.format;
    }
    return Error{ErrorCode::Unsupported, "not an image of a known format but " + describeUnknown(head), {}, 0};
}

} // namespace ps
