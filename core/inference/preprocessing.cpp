// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/preprocessing.h"

#include "core/base/json.h"
#include "core/base/sha256.h"

#include <cmath>
#include <optional>

namespace ps {

namespace {

constexpr int kMaxSide = 4096; ///< of a model's input; more would be gigabytes per batch
constexpr std::size_t kIdDigits = 12;

constexpr std::array<std::string_view, 3> kResizes = {"shortest-edge", "stretch", "letterbox"};
constexpr std::array<std::string_view, 3> kFilters = {"bicubic", "bilinear", "area"};
constexpr std::array<std::string_view, 2> kCrops = {"none", "centre"};
constexpr std::array<std::string_view, 2> kOrders = {"rgb", "bgr"};

template <std::size_t kCount, typename Enum>
Json nameOf(const std::array<std::string_view, kCount>& names, Enum value)
{
    return Json(names[static_cast<std::size_t>(value)]);
}

Json numbers(const std::array<double, 3>& values)
{
    return Json::array({values[0], values[1], values[2]});
}

/// Reads the members one by one; the first that is wrong is remembered.
class FieldReader
{
public:
    explicit FieldReader(const Json& object) : m_object(object) {}

    template <std::size_t kCount, typename Enum>
    void oneOf(std::string_view key, const std::array<std::string_view, kCount>& names, Enum& value)
    {
        const Json& found = m_object[key];
        for (std::size_t i = 0; i < kCount; ++i) {
            if (found.isString() && found.toString() == names[i]) {
                value = static_cast<Enum>(i);
                return;
            }
        }
        wrong(key);
    }

    void integer(std::string_view key, int least, int most, int& value)
    {
        const Json& found = m_object[key];
        if (!found.isInteger() || found.toInteger() < least || found.toInteger() > most)
            return wrong(key);
        value = static_cast<int>(found.toInteger());
    }

    void number(std::string_view key, bool isPositive, double& value) { take(key, m_object[key], isPositive, value); }

    void triple(std::string_view key, bool isPositive, std::array<double, 3>& values)
    {
        const Json& found = m_object[key];
        if (!found.isArray() || found.items().size() != values.size())
            return wrong(key);
        for (std::size_t i = 0; i < values.size(); ++i)
            take(key, found.items()[i], isPositive, values[i]);
    }

    void flag(std::string_view key, bool& value)
    {
        if (!m_object[key].isBool())
            return wrong(key);
        value = m_object[key].toBool();
    }

    Result<void> finish() const
    {
        if (!m_wrong)
            return {};
        return Error{ErrorCode::Corrupt, "the preprocessing has no acceptable \"" + *m_wrong + "\"", {}, 0};
    }

private:
    void wrong(std::string_view key)
    {
        if (!m_wrong)
            m_wrong = std::string(key);
    }

    void take(std::string_view key, const Json& found, bool isPositive, double& value)
    {
        const bool isNumber = found.isInteger() || found.isFloat();
        if (!isNumber || !std::isfinite(found.toDouble()) || (isPositive && found.toDouble() <= 0))
            return wrong(key);
        value = found.toDouble();
    }

    const Json& m_object;
    std::optional<std::string> m_wrong;
};

} // namespace

// Source: open_clip, OPENAI_DATASET_MEAN and OPENAI_DATASET_STD, and its image_transform().
Preprocessing Preprocessing::clip()
{
    Preprocessing made;
    made.mean = {0.48145466, 0.4578275, 0.40821073};
    made.deviation = {0.26862954, 0.26130258, 0.27577711};
    return made;
}

// Source: torchvision, transforms.ImageClassification.
Preprocessing Preprocessing::imageNet()
{
    Preprocessing made;
    made.resizeTo = 256;
    made.filter = Filter::Bilinear;
    made.mean = {0.485, 0.456, 0.406};
    made.deviation = {0.229, 0.224, 0.225};
    return made;
}

// Source: ultralytics, data.augment.LetterBox.
Preprocessing Preprocessing::yolo()
{
    Preprocessing made;
    made.width = 640;
    made.height = 640;
    made.resize = Resize::Letterbox;
    made.resizeTo = 640;
    made.filter = Filter::Bilinear;
    made.crop = Crop::None;
    return made;
}

Preprocessing Preprocessing::builtin()
{
    return {};
}

std::string Preprocessing::toJson() const
{
    return dumpJson(Json::object({{"width", width},
                                  {"height", height},
                                  {"resize", nameOf(kResizes, resize)},
                                  {"resize_to", resizeTo},
                                  {"filter", nameOf(kFilters, filter)},
                                  {"crop", nameOf(kCrops, crop)},
                                  {"padding", padding},
                                  {"channel_order", nameOf(kOrders, order)},
                                  {"scale", scale},
                                  {"mean", numbers(mean)},
                                  {"deviation", numbers(deviation)},
                                  {"normalizes_output", normalizesOutput},
                                  {"size_divisor", sizeDivisor}}));
}

Result<Preprocessing> Preprocessing::fromJson(std::string_view text)
{
    const auto object = parseJson(text);
    if (!object || !object->isObject())
        return Error{ErrorCode::Corrupt, "the preprocessing is no JSON object", {}, 0};
    Preprocessing made;
    FieldReader reader(*object);
    reader.integer("width", 1, kMaxSide, made.width);
    reader.integer("height", 1, kMaxSide, made.height);
    reader.oneOf("resize", kResizes, made.resize);
    reader.integer("resize_to", 1, kMaxSide, made.resizeTo);
    reader.oneOf("filter", kFilters, made.filter);
    reader.oneOf("crop", kCrops, made.crop);
    reader.integer("padding", 0, 255, made.padding);
    reader.oneOf("channel_order", kOrders, made.order);
    reader.number("scale", true, made.scale);
    reader.triple("mean", false, made.mean);
    reader.triple("deviation", true, made.deviation);
    reader.flag("normalizes_output", made.normalizesOutput);
    reader.number("size_divisor", true, made.sizeDivisor);
    PS_TRY_VOID(reader.finish());
    return made;
}

std::string Preprocessing::id() const
{
    return sha256Hex(toJson()).substr(0, kIdDigits);
}

} // namespace ps
