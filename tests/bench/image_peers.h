// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace ps::bench {

// What our decoders are held against. All of them read from memory and leave a picture in memory; false is a failure.

/// libjpeg-turbo alone, at the smallest scale that is at least 95 % of the side asked for. Nothing can be faster.
bool decodeByLibjpeg(std::string_view bytes, int side);
/// libdeflate alone, on the pixel data of a PNG brought together before. Nothing can be faster.
bool inflateByLibdeflate(std::string_view packed, std::size_t unpackedBytes);
/// The pixel data of a PNG.
std::string packedPixels(std::string_view png);
/// QImageReader with a scaled size, as most Qt programs do it.
bool decodeByQt(std::string_view bytes, int side);

/// libvips with one thread, when the system has it; it is no dependency and is looked up at run time.
class Vips
{
public:
    Vips();
    ~Vips();
    bool isInstalled() const { return m_functions != nullptr; }
    std::string version() const;
    bool thumbnail(std::string_view bytes, int side) const;

private:
    struct Functions;
    std::unique_ptr<Functions> m_functions;
};

} // namespace ps::bench
