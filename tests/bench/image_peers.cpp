// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/image_peers.h"

#include <QBuffer>
#include <QImageReader>

#include <cstdio> // before jpeglib.h, which needs it
#include <jpeglib.h>

#include <dlfcn.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ps::bench {

bool decodeByLibjpeg(std::string_view bytes, int side)
{
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    info.err = ::jpeg_std_error(&errors); // ends the program at an error: the samples are ours
    jpeg_create_decompress(&info);
    ::jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    ::jpeg_read_header(&info, TRUE);
    info.scale_denom = 8;
    for (const unsigned scale : {1U, 2U, 3U, 4U, 8U}) {
        info.scale_num = scale;
        ::jpeg_calc_output_dimensions(&info);
        if (100 * std::max(info.output_width, info.output_height) >= 95 * static_cast<unsigned>(side))
            break;
    }
    ::jpeg_start_decompress(&info);
    const std::size_t stride = std::size_t{info.output_width} * 3;
    std::vector<unsigned char> pixels(stride * info.output_height);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = pixels.data() + info.output_scanline * stride;
        ::jpeg_read_scanlines(&info, &row, 1);
    }
    ::jpeg_finish_decompress(&info);
    ::jpeg_destroy_decompress(&info);
    return true;
}

bool inflateByLibdeflate(std::string_view packed, std::size_t unpackedBytes)
{
    thread_local std::vector<unsigned char> unpacked; // kept, as a program that does this often would
    unpacked.resize(unpackedBytes);
    libdeflate_decompressor* decompressor = ::libdeflate_alloc_decompressor();
    const auto result = ::libdeflate_zlib_decompress(decompressor, packed.data(), packed.size(), unpacked.data(),
                                                     unpacked.size(), nullptr);
    ::libdeflate_free_decompressor(decompressor);
    return result == LIBDEFLATE_SUCCESS;
}

std::string packedPixels(std::string_view png)
{
    constexpr std::size_t kSignatureBytes = 8;
    std::string packed;
    for (std::size_t offset = kSignatureBytes; offset + 12 <= png.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8 | static_cast<std::uint8_t>(png[offset + i]);
        if (png.substr(offset + 4, 4) == "IDAT")
            packed += png.substr(offset + 8, length);
        offset += 12 + length;
    }
    return packed;
}

bool decodeByQt(std::string_view bytes, int side)
{
    QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setScaledSize(reader.size().scaled(side, side, Qt::KeepAspectRatio));
    return !reader.read().isNull();
}

// ---- libvips -------------------------------------------------------------------------------------------------------

struct Vips::Functions {
    using Image = void;
    void* library = nullptr;
    int (*init)(const char*) = nullptr;
    void (*setConcurrency)(int) = nullptr;
    void (*setCacheMax)(int) = nullptr;
    const char* (*versionString)() = nullptr;
    int (*thumbnailBuffer)(void*, std::size_t, Image**, int, ...) = nullptr;
    void* (*writeToMemory)(Image*, std::size_t*) = nullptr;
    void (*unref)(void*) = nullptr;
    void (*free)(void*) = nullptr;

    template <typename Function>
    bool find(const char* name, Function& function)
    {
        function = reinterpret_cast<Function>(::dlsym(library, name));
        return function != nullptr;
    }

    bool load()
    {
        library = ::dlopen("libvips.so.42", RTLD_NOW | RTLD_LOCAL);
        return library && find("vips_init", init) && find("vips_concurrency_set", setConcurrency) &&
               find("vips_cache_set_max", setCacheMax) && find("vips_version_string", versionString) &&
               find("vips_thumbnail_buffer", thumbnailBuffer) && find("vips_image_write_to_memory", writeToMemory) &&
               find("g_object_unref", unref) && find("g_free", free);
    }
};

Vips::Vips()
{
    auto functions = std::make_unique<Functions>();
    if (!functions->load() || functions->init("proofsheet-bench") != 0)
        return;
    functions->setConcurrency(1);
    functions->setCacheMax(0);
    m_functions = std::move(functions);
}

Vips::~Vips() = default; // its threads may still run; the library stays until the process ends

std::string Vips::version() const
{
    return m_functions ? m_functions->versionString() : "not installed";
}

bool Vips::thumbnail(std::string_view bytes, int side) const
{
    Functions::Image* image = nullptr;
    if (m_functions->thumbnailBuffer(const_cast<char*>(bytes.data()), bytes.size(), &image, side,
                                     static_cast<const char*>(nullptr)) != 0)
        return false;
    std::size_t size = 0;
    void* pixels = m_functions->writeToMemory(image, &size);
    m_functions->unref(image);
    m_functions->free(pixels);
    return pixels != nullptr;
}

} // namespace ps::bench
