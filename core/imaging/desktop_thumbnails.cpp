// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/desktop_thumbnails.h"

#include <QCryptographicHash>

#include <array>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>

namespace ps {

namespace {

bool isUnreserved(char c)
{
    const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    // The characters that GLib leaves alone in the path of a URI; nearly every desktop names its thumbnails with it.
    return isLetter || (c >= '0' && c <= '9') || std::string_view("-_.~!$&'()*+,;=:@/").find(c) != std::string::npos;
}

std::string md5Hex(const std::string& text)
{
    const QByteArray bytes = QByteArray::fromStdString(text);
    return QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex().toStdString();
}

/// Folders by the side of their pictures, 128 to 1024; small pictures have their thumbnail in the first.
constexpr std::array<const char*, 4> kForSmall = {"large", "x-large", "xx-large", "normal"};
constexpr std::array<const char*, 2> kForLarge = {"x-large", "xx-large"};

} // namespace

std::string fileUri(const std::string& absolutePath)
{
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string uri = "file://";
    for (const char c : absolutePath) {
        if (isUnreserved(c)) {
            uri.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        }
    }
    return uri;
}

UniqueFd openDesktopThumbnail(const std::string& cacheFolder, const std::string& uri, ThumbnailClass size)
{
    const std::string name = "/" + md5Hex(uri) + ".png";
    const auto folders = size == ThumbnailClass::Small ? std::span<const char* const>(kForSmall)
                                                       : std::span<const char* const>(kForLarge);
    for (const char* folder : folders) {
        UniqueFd file(::open((cacheFolder + "/" + folder + name).c_str(),
                             O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        struct stat status{};
        if (file.isOpen() && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode))
            return file;
    }
    return {};
}

} // namespace ps
