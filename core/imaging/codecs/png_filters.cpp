// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/codecs/png_filters.h"

#include <cstdlib>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define PS_SSE41 __attribute__((target("sse4.1")))
#endif

namespace ps {

namespace {

// ---- portable ------------------------------------------------------------------------------------------------------

std::uint8_t sum(int a, int b)
{
    return static_cast<std::uint8_t>(a + b);
}

int paeth(int left, int above, int aboveLeft)
{
    const int toLeft = std::abs(above - aboveLeft);
    const int toAbove = std::abs(left - aboveLeft);
    const int toAboveLeft = std::abs(left + above - 2 * aboveLeft);
    if (toLeft <= toAbove && toLeft <= toAboveLeft)
        return left;
    return toAbove <= toAboveLeft ? above : aboveLeft;
}

void undoUp(const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = sum(in[i], above[i]);
}

template <std::size_t kPixelBytes>
void undoPortably(PngFilter filter, const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out,
                  std::size_t count)
{
    const std::size_t first = count < kPixelBytes ? count : kPixelBytes; // bytes without a left neighbour
    switch (filter) {
    case PngFilter::None: std::memmove(out, in, count); break;
    case PngFilter::Sub:
        std::memmove(out, in, first);
        for (std::size_t i = first; i < count; ++i)
            out[i] = sum(in[i], out[i - kPixelBytes]);
        break;
    case PngFilter::Up: undoUp(in, above, out, count); break;
    case PngFilter::Average:
        for (std::size_t i = 0; i < first; ++i)
            out[i] = sum(in[i], above[i] / 2);
        for (std::size_t i = first; i < count; ++i)
            out[i] = sum(in[i], (out[i - kPixelBytes] + above[i]) / 2);
        break;
    case PngFilter::Paeth:
        for (std::size_t i = 0; i < first; ++i)
            out[i] = sum(in[i], above[i]);
        for (std::size_t i = first; i < count; ++i)
            out[i] = sum(in[i], paeth(out[i - kPixelBytes], above[i], above[i - kPixelBytes]));
        break;
    }
}

#if defined(__x86_64__)

// ---- vectors of one pixel: each depends on the one before it -------------------------------------------------------

template <std::size_t kPixelBytes>
PS_SSE41 __m128i loadPixel(const std::uint8_t* at)
{
    std::uint32_t value = 0; // four bytes, of which a three-byte pixel ignores the last
    std::memcpy(&value, at, sizeof value);
    return _mm_cvtsi32_si128(static_cast<int>(value));
}

template <std::size_t kPixelBytes>
PS_SSE41 void storePixel(std::uint8_t* at, __m128i pixel)
{
    // The fourth byte of a three-byte pixel is overwritten by the next one, and behind the row there is slack.
    const auto value = static_cast<std::uint32_t>(_mm_cvtsi128_si32(pixel));
    std::memcpy(at, &value, sizeof value);
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoSub(const std::uint8_t* in, std::uint8_t* out, std::size_t count)
{
    __m128i left = _mm_setzero_si128();
    for (std::size_t i = 0; i < count; i += kPixelBytes) {
        left = _mm_add_epi8(left, loadPixel<kPixelBytes>(in + i));
        storePixel<kPixelBytes>(out + i, left);
    }
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoAverage(const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t count)
{
    const __m128i ones = _mm_set1_epi8(1);
    __m128i left = _mm_setzero_si128();
    for (std::size_t i = 0; i < count; i += kPixelBytes) {
        const __m128i up = loadPixel<kPixelBytes>(above + i);
        // The instruction rounds up where PNG rounds down.
        const __m128i roundedUp = _mm_avg_epu8(left, up);
        const __m128i excess = _mm_and_si128(_mm_xor_si128(left, up), ones);
        left = _mm_add_epi8(loadPixel<kPixelBytes>(in + i), _mm_sub_epi8(roundedUp, excess));
        storePixel<kPixelBytes>(out + i, left);
    }
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoPaeth(const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t count)
{
    __m128i left = _mm_setzero_si128();
    __m128i aboveLeft = _mm_setzero_si128();
    for (std::size_t i = 0; i < count; i += kPixelBytes) {
        const __m128i up = _mm_cvtepu8_epi16(loadPixel<kPixelBytes>(above + i));
        // What is left of the differences once the sum of the neighbours is taken as prediction. The first does not
        // depend on the pixel before, so only the short rest is a chain.
        const __m128i fromLeft = _mm_sub_epi16(up, aboveLeft);
        const __m128i fromUp = _mm_sub_epi16(left, aboveLeft);
        const __m128i toLeft = _mm_abs_epi16(fromLeft);
        const __m128i toUp = _mm_abs_epi16(fromUp);
        const __m128i toAboveLeft = _mm_abs_epi16(_mm_add_epi16(fromLeft, fromUp));
        const __m128i nearest = _mm_min_epi16(toAboveLeft, _mm_min_epi16(toLeft, toUp));
        const __m128i upOrAboveLeft = _mm_blendv_epi8(aboveLeft, up, _mm_cmpeq_epi16(nearest, toUp));
        const __m128i predicted = _mm_blendv_epi8(upOrAboveLeft, left, _mm_cmpeq_epi16(nearest, toLeft));
        const __m128i value = _mm_cvtepu8_epi16(loadPixel<kPixelBytes>(in + i));
        // Added byte by byte: the upper halves stay zero.
        left = _mm_add_epi8(value, predicted);
        aboveLeft = up;
        storePixel<kPixelBytes>(out + i, _mm_packus_epi16(left, left));
    }
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoByVectors(PngFilter filter, const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out,
                            std::size_t count)
{
    switch (filter) {
    case PngFilter::None: std::memmove(out, in, count); break;
    case PngFilter::Sub: undoSub<kPixelBytes>(in, out, count); break;
    case PngFilter::Up: undoUp(in, above, out, count); break;
    case PngFilter::Average: undoAverage<kPixelBytes>(in, above, out, count); break;
    case PngFilter::Paeth: undoPaeth<kPixelBytes>(in, above, out, count); break;
    }
}

#endif

} // namespace

UndoPngFilter portablePngUndo(int bytesPerPixel)
{
    switch (bytesPerPixel) {
    case 1: return undoPortably<1>;
    case 2: return undoPortably<2>;
    case 3: return undoPortably<3>;
    default: return undoPortably<4>;
    }
}

UndoPngFilter fastestPngUndo(int bytesPerPixel)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.1")) {
        if (bytesPerPixel == 3)
            return undoByVectors<3>;
        if (bytesPerPixel == 4)
            return undoByVectors<4>;
    }
#endif
    return portablePngUndo(bytesPerPixel);
}

} // namespace ps
