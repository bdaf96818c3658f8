// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/portable_name.h"

#include "core/base/text.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::size_t kMaxStemBytes = 200;

bool isForbidden(char32_t point)
{
    constexpr std::u32string_view kWindows = U"<>:\"/\\|?*";
    if (point < 0x20 || point == 0x7f || kWindows.find(point) != std::u32string_view::npos)
        return true;
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction marks, zero width
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

bool isDeviceName(std::string_view stem)
{
    constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
    const std::string base = toLowerAscii(trimmed(stem.substr(0, stem.find('.'))));
    if (std::ranges::find(kDevices, base) != kDevices.end())
        return true;
    const bool isPort = base.starts_with("com") || base.starts_with("lpt");
    const std::string_view rest = std::string_view(base).substr(std::min<std::size_t>(base.size(), 3));
    return isPort && ((rest.size() == 1 && rest.front() >= '0' && rest.front() <= '9') || rest == "\u00b9" ||
                      rest == "\u00b2" || rest == "\u00b3");
}

QString toQt(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string cleaned(std::string_view stem, bool keepsDots)
{
    std::string text;
    for (std::size_t i = 0; i < stem.size();) {
        const DecodedChar decoded = decodeUtf8(stem, i);
        i += decoded.length;
        if (decoded.isRawByte) {
            text += "_x";
            appendHex(text, static_cast<std::uint32_t>(decoded.codePoint), 2);
        } else if (isForbidden(decoded.codePoint) || (!keepsDots && decoded.codePoint == '.')) {
            text += '_';
        } else {
            appendUtf8(text, decoded.codePoint);
        }
    }
    return toQt(text).normalized(QString::NormalizationForm_C).toStdString();
}

} // namespace

std::string portableStem(std::string_view stem, bool keepsDots)
{
    std::string text = cleaned(stem, keepsDots);
    if (text.size() > kMaxStemBytes) {
        std::size_t end = kMaxStemBytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
            --end;
        text.resize(end);
    }
    if (!text.empty() && (text.front() == '.' || text.front() == ' '))
        text.front() = '_';
    if (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.back() = '_';
    if (isDeviceName(text))
        text.insert(std::min(text.find('.'), text.size()), 1, '_');
    return text.empty() ? "image" : text;
}

} // namespace ps
