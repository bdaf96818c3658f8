// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/recipe.h"

#include <algorithm>

namespace ps {

namespace {

constexpr double kMaxSigma = 100;
constexpr double kMaxAmount = 10;
constexpr double kMaxStops = 10;
constexpr int kMaxSide = 1 << 20;
constexpr int kCutQuality = 95;

bool isBetween(double value, double low, double high)
{
    return value >= low && value <= high; // false for NaN
}

/// What is wrong with one step, or nullptr.
struct StepCheck {
    const char* operator()(const CropStep& step) const
    {
        const bool isBox = step.box.isWithin({kMaxSide, kMaxSide});
        return isBox ? nullptr : "crop: the box is empty or not within the image";
    }
    const char* operator()(const ResizeStep& step) const
    {
        const bool isSize = !step.size.isEmpty() && step.size.width <= kMaxSide && step.size.height <= kMaxSide;
        const bool isFilter = step.filter == ResizeFilter::Area || step.filter == ResizeFilter::Cubic;
        return isSize && isFilter ? nullptr : "resize: the size is out of range";
    }
    const char* operator()(const BlurStep& step) const
    {
        return isBetween(step.sigma, 0.01, kMaxSigma) ? nullptr : "blur: sigma must be 0.01 to 100";
    }
    const char* operator()(const NoiseStep& step) const
    {
        return isBetween(step.sigma, 0, kMaxSigma) ? nullptr : "noise: sigma must be 0 to 100";
    }
    const char* operator()(const SharpenStep& step) const
    {
        const bool isGood = isBetween(step.sigma, 0.01, kMaxSigma) && isBetween(step.amount, 0, kMaxAmount);
        return isGood ? nullptr : "sharpen: amount must be 0 to 10 and sigma 0.01 to 100";
    }
    const char* operator()(const ExposureStep& step) const
    {
        return isBetween(step.stops, -kMaxStops, kMaxStops) ? nullptr : "exposure: stops must be -10 to 10";
    }
    const char* operator()(const JpegStep& step) const
    {
        return isBetween(step.quality, 1, 100) ? nullptr : "JPEG: quality must be 1 to 100";
    }
};

} // namespace

bool Recipe::isCropOnly() const
{
    return std::all_of(steps.begin(), steps.end(),
                       [](const RecipeStep& step) { return std::holds_alternative<CropStep>(step); });
}

Result<void> validate(const Recipe& recipe)
{
    const auto invalid = [](std::string message) { return Error{ErrorCode::InvalidInput, std::move(message), {}, 0}; };
    if (recipe.steps.size() > kMaxRecipeSteps)
        return invalid("a recipe has at most " + std::to_string(kMaxRecipeSteps) + " steps");
    for (const RecipeStep& step : recipe.steps) {
        if (const char* problem = std::visit(StepCheck{}, step))
            return invalid(problem);
    }
    if (!isBetween(recipe.encoding.quality, 1, 100))
        return invalid("encoding: quality must be 1 to 100");
    if (!isBetween(recipe.encoding.pngLevel, 0, 9))
        return invalid("encoding: the PNG level must be 0 to 9");
    return {};
}

Encoding cutEncoding(const ImageInfo& info)
{
    Encoding encoding;
    encoding.format = info.format;
    encoding.quality = kCutQuality;
    encoding.halvesChroma = false;
    encoding.isLossless = info.isLossless;
    return encoding;
}

Recipe cutRecipe(const ImageInfo& info, PixelBox box)
{
    return {{CropStep{box}}, cutEncoding(info)};
}

} // namespace ps
