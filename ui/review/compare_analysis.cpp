// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/compare_analysis.h"

#include <QColor>

namespace ps {

namespace {

constexpr int kBudgetKilobytes = 96 * 1024;

PixelView viewOf(const QImage& image)
{
    return {image.constBits(), {image.width(), image.height()}, image.bytesPerLine()};
}

/// A QImage that owns its pixels.
QImage toImage(PixelSheet sheet)
{
    auto* keeper = new PixelSheet(std::move(sheet));
    return QImage(
        reinterpret_cast<const uchar*>(keeper->pixels.data()), keeper->size.width, keeper->size.height,
        qsizetype{keeper->size.width} * 4, QImage::Format_ARGB32_Premultiplied,
        [](void* held) { delete static_cast<PixelSheet*>(held); }, keeper);
}

std::uint32_t rgbOf(const QColor& color)
{
    return color.rgb() & 0xffffffU;
}

} // namespace

CompareAnalysis::CompareAnalysis(QObject* parent) : QObject(parent), m_answers(kBudgetKilobytes) {}

template <typename Work>
const CompareAnalysis::Answer* CompareAnalysis::find(const Key& key, Work work)
{
    if (const Answer* const known = m_answers.object(key))
        return known;
    if (m_waiting.contains(key))
        return nullptr;
    m_waiting.insert(key);
    m_lane.run(this, std::move(work), [this, key, generation = m_generation](Answer answer) {
        if (generation == m_generation)
            m_waiting.remove(key);
        qsizetype bytes = answer.image.sizeInBytes() + 1024;
        if (answer.comparison)
            bytes += static_cast<qsizetype>(2 * answer.comparison->map.levels.size());
        m_answers.insert(key, new Answer(std::move(answer)), bytes / 1024);
        Q_EMIT changed();
    });
    return nullptr;
}

std::shared_ptr<const Comparison> CompareAnalysis::comparison(const QImage& reference, const QImage& other)
{
    const Key key{Kind::Comparison, reference.cacheKey(), other.cacheKey(), 0};
    const Answer* const answer = find(key, [reference, other](const std::stop_token& stop) {
        auto found = std::make_shared<Comparison>();
        const PixelView a = viewOf(reference);
        const PixelView b = viewOf(other);
        found->registration = registerPictures(a, b, stop);
        found->map = differenceOf(a, b, found->registration.value_or(Registration::sameFraction(a.size, b.size)));
        return Answer{std::move(found), nullptr, {}};
    });
    return answer ? answer->comparison : nullptr;
}

QImage CompareAnalysis::heat(const QImage& reference, const QImage& other, double gain)
{
    const auto compared = comparison(reference, other);
    if (!compared)
        return {};
    const Key key{Kind::Heat, reference.cacheKey(), other.cacheKey(), static_cast<quint64>(gain)};
    const Answer* const answer = find(key, [compared, gain](const std::stop_token&) {
        return Answer{nullptr, nullptr, toImage(heatPicture(compared->map, gain))};
    });
    return answer ? answer->image : QImage();
}

QImage CompareAnalysis::peaking(const QImage& image, const QColor& color)
{
    const Key key{Kind::Peaking, image.cacheKey(), 0, color.rgb()};
    const Answer* const answer = find(key, [image, rgb = rgbOf(color)](const std::stop_token&) {
        return Answer{nullptr, nullptr, toImage(focusPeaking(viewOf(image), rgb))};
    });
    return answer ? answer->image : QImage();
}

QImage CompareAnalysis::clipping(const QImage& image, const QColor& blown, const QColor& blocked)
{
    const Key key{Kind::Clipping, image.cacheKey(), 0, quint64{blown.rgb()} << 32 | blocked.rgb()};
    const Answer* const answer = find(
        key, [image, first = rgbOf(blown), second = rgbOf(blocked)](const std::stop_token&) {
            return Answer{nullptr, nullptr, toImage(clippingStripes(viewOf(image), first, second))};
        });
    return answer ? answer->image : QImage();
}

std::shared_ptr<const Histogram> CompareAnalysis::histogram(const QImage& image)
{
    const Key key{Kind::Histogram, image.cacheKey(), 0, 0};
    const Answer* const answer = find(key, [image](const std::stop_token&) {
        return Answer{nullptr, std::make_shared<Histogram>(histogramOf(viewOf(image))), {}};
    });
    return answer ? answer->histogram : nullptr;
}

void CompareAnalysis::dropWaiting()
{
    ++m_generation;
    m_lane.clear();
    m_waiting.clear();
}

} // namespace ps
