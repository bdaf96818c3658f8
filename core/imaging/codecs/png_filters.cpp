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

/// Four bytes, of which a three-byte pixel ignores the last.
PS_SSE41 __m128i loadPixel(const std::uint8_t* at)
{
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return _mm_cvtsi32_si128(static_cast<int>(value));
}

/// The fourth byte of a three-byte pixel is overwritten by the next one, and behind the row there is slack.
PS_SSE41 void storePixel(std::uint8_t* at, __m128i pixel)
{
    const auto value = static_cast<std::uint32_t>(_mm_cvtsi128_si32(pixel));
    std::memcpy(at, &value, sizeof value);
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoSub(const std::uint8_t* in, std::uint8_t* out, std::size_t count)
{
    __m128i left = _mm_setzero_si128();
    for (std::size_t i = 0; i < count; i += kPixelBytes) {
        left = _mm_add_epi8(left, loadPixel(in + i));
        storePixel(out + i, left);
    }
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoAverage(const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t count)
{
    // The instruction rounds up where PNG rounds down. On complements it is the other way round, and with them the chain
    // from pixel to pixel is only two instructions long: ~(value + floor((l + u) / 2)) = ceil((~l + ~u) / 2) - value.
    const __m128i ones = _mm_set1_epi8(-1);
    __m128i notLeft = ones;
    for (std::size_t i = 0; i < count; i += kPixelBytes) {
        const __m128i notUp = _mm_xor_si128(loadPixel(above + i), ones);
        notLeft = _mm_sub_epi8(_mm_avg_epu8(notLeft, notUp), loadPixel(in + i));
        storePixel(out + i, _mm_xor_si128(notLeft, ones));
    }
}

/// One row of the Paeth filter, pixel by pixel, in 16 bits per value.
class PaethChain
{
public:
    PS_SSE41 PaethChain() : m_left(_mm_setzero_si128()), m_aboveLeft(_mm_setzero_si128()) {}

    /// The next pixel from its filtered value and the one above.
    PS_SSE41 __m128i next(__m128i value, __m128i up)
    {
        // The neighbour nearest to left + up - aboveLeft is told by where 3 * aboveLeft - left - up lies: beyond the larger
        // of left and up it is the smaller, below the smaller it is the larger, and between them it is aboveLeft. That
        // needs no differences, and sums are made before it is known which one counts, so the chain from pixel to pixel
        // is short. Sums are of bytes: the upper halves stay zero.
        const __m128i withoutLeft = _mm_sub_epi16(_mm_add_epi16(_mm_add_epi16(m_aboveLeft, m_aboveLeft), m_aboveLeft),
                                                  up);
        const __m128i threshold = _mm_sub_epi16(withoutLeft, m_left);
        const __m128i smaller = _mm_min_epi16(m_left, up);
        const __m128i larger = _mm_max_epi16(m_left, up);
        const __m128i isBelowLarger = _mm_cmpgt_epi16(larger, threshold);
        const __m128i isAboveSmaller = _mm_cmpgt_epi16(threshold, smaller);
        const __m128i upper = _mm_blendv_epi8(_mm_add_epi8(value, smaller), _mm_add_epi8(value, m_aboveLeft),
                                              isBelowLarger);
        m_left = _mm_blendv_epi8(_mm_add_epi8(value, larger), upper, isAboveSmaller);
        m_aboveLeft = up;
        return m_left;
    }

private:
    __m128i m_left;
    __m128i m_aboveLeft;
};

PS_SSE41 __m128i loadWide(const std::uint8_t* at)
{
    return _mm_cvtepu8_epi16(loadPixel(at));
}

PS_SSE41 void storeWide(std::uint8_t* at, __m128i pixel)
{
    storePixel(at, _mm_packus_epi16(pixel, pixel));
}

template <std::size_t kPixelBytes>
PS_SSE41 void undoPaeth(const std::uint8_t* in, const std::uint8_t* above, std::uint8_t* out, std::size_t count)
{
    PaethChain chain;
    for (std::size_t i = 0; i < count; i += kPixelBytes)
        storeWide(out + i, chain.next(loadWide(in + i), loadWide(above + i)));
}

/// Two rows at once in the halves of the registers, the second a pixel behind the first, which is above it.
template <std::size_t kPixelBytes>
PS_SSE41 void undoPaethPair(const PngRowPair& rows, const std::uint8_t* above, std::size_t count)
{
    PaethChain chain;
    __m128i pixels = chain.next(loadWide(rows.firstIn), loadWide(above));
    storeWide(rows.firstOut, pixels);
    for (std::size_t i = kPixelBytes; i < count; i += kPixelBytes) {
        const std::size_t behind = i - kPixelBytes;
        const __m128i values = _mm_unpacklo_epi32(loadPixel(rows.firstIn + i), loadPixel(rows.secondIn + behind));
        pixels = chain.next(_mm_cvtepu8_epi16(values), _mm_unpacklo_epi64(loadWide(above + i), pixels));
        const __m128i bytes = _mm_packus_epi16(pixels, pixels);
        storePixel(rows.firstOut + i, bytes);
        storePixel(rows.secondOut + behind, _mm_srli_si128(bytes, 4));
    }
    const std::size_t last = count - kPixelBytes;
    pixels = chain.next(_mm_slli_si128(loadWide(rows.secondIn + last), 8), _mm_slli_si128(pixels, 8));
    storeWide(rows.secondOut + last, _mm_srli_si128(pixels, 8));
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

PngUndo portablePngUndo(int bytesPerPixel)
{
    switch (bytesPerPixel) {
    case 1: return {undoPortably<1>, nullptr};
    case 2: return {undoPortably<2>, nullptr};
    case 3: return {undoPortably<3>, nullptr};
    default: return {undoPortably<4>, nullptr};
    }
}

PngUndo fastestPngUndo(int bytesPerPixel)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.1")) {
        if (bytesPerPixel == 3)
            return {undoByVectors<3>, undoPaethPair<3>};
        if (bytesPerPixel == 4)
            return {undoByVectors<4>, undoPaethPair<4>};
    }
#endif
    return portablePngUndo(bytesPerPixel);
}

} // namespace ps
