// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The texts in a PNG of the desktop's thumbnail cache. Source: W3C PNG 11.3.3; freedesktop.org Thumbnail Managing Standard.
#include "core/imaging/codecs/survey.h"

#include <zlib.h>

#include <optional>

namespace ps {

namespace {

constexpr int kMaxChunks = 1000;
constexpr std::int64_t kSignatureBytes = 8;
constexpr std::int64_t kChunkOverhead = 12; // length, type and checksum
constexpr std::uint32_t kMaxTextChunk = 16 * 1024;

std::uint32_t u32At(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

std::optional<std::string> inflated(std::string_view packed)
{
    std::string out(kMaxTextChunk, '\0');
    uLongf length = out.size();
    if (::uncompress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(packed.data()),
                     packed.size()) != Z_OK)
        return std::nullopt;
    out.resize(length);
    return out;
}

struct Texts {
    std::optional<std::string> uri;
    std::optional<std::string> modified;
};

/// Keyword, NUL, text; for zTXt the method, which is 0, comes before the packed text.
void takeText(std::string_view content, bool isPacked, Texts& texts)
{
    const std::size_t end = content.find('\0');
    if (end == std::string_view::npos)
        return;
    const std::string_view keyword = content.substr(0, end);
    std::string_view text = content.substr(end + 1);
    std::optional<std::string> value;
    if (!isPacked)
        value = std::string(text);
    else if (!text.empty() && text[0] == '\0')
        value = inflated(text.substr(1));
    if (keyword == "Thumb::URI")
        texts.uri = value;
    else if (keyword == "Thumb::MTime")
        texts.modified = value;
}

Texts readTexts(FileReader& png)
{
    Texts texts;
    std::int64_t offset = kSignatureBytes;
    for (int count = 0; count < kMaxChunks && !(texts.uri && texts.modified); ++count) {
        std::string head;
        if (!png.readAt(offset, 8, head))
            break;
        const std::uint32_t length = u32At(head);
        const std::string_view type = std::string_view(head).substr(4);
        const bool isText = type == "tEXt" || type == "zTXt";
        std::string content;
        if (isText && length <= kMaxTextChunk && png.readAt(offset + 8, length, content))
            takeText(content, type == "zTXt", texts);
        offset += kChunkOverhead + std::int64_t{length};
    }
    return texts;
}

} // namespace

Result<void> checkSharedThumbnail(FileReader& png, const std::string& uri, std::int64_t modifiedSeconds)
{
    const Texts texts = readTexts(png);
    if (texts.uri != uri)
        return Error{ErrorCode::Conflict, "the desktop's thumbnail is of another file", {}, 0};
    // Some programs write fractions; the standard wants whole seconds.
    if (!texts.modified || texts.modified->substr(0, texts.modified->find('.')) != std::to_string(modifiedSeconds))
        return Error{ErrorCode::Conflict, "the desktop's thumbnail is of an older state of the file", {}, 0};
    return {};
}

} // namespace ps
