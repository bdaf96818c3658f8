// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// What a file name like 20250705_230713_stage3_enhanced.png says. Source: formats/decisions_v3.md 4.1.
struct ImageName {
    std::string timestamp;                   ///< "20250705_230713", or "" without one
    std::optional<std::int64_t> timeSeconds; ///< the same as seconds, when it is a real date and time
    double stage = 0;                        ///< 1, 1.5, 2, 3 ...; 0 when the name has none
};

/// Reads a bare file name. Never fails: a plain photograph has neither timestamp nor stage.
ImageName parseImageName(std::string_view name);

/// png, jpg, jpeg, webp, bmp, tif or tiff in any case.
bool isImageFile(std::string_view name);

/// The name without its last suffix, as Python's Path.stem gives it (".hidden" has none).
std::string_view fileStem(std::string_view name);
/// ".png" with the dot, as it is written; "" without one.
std::string_view fileSuffix(std::string_view name);
/// The stem before "_stage", or the whole stem: the name of group-level sidecars.
std::string_view groupStem(std::string_view stem);

/// The text after the second underscore without suffix ("stage3_enhanced"), for people.
std::string stageText(std::string_view name);

/// Orders names as Python orders str: by code point, bytes that are not UTF-8 as surrogate escapes.
bool pythonLess(std::string_view a, std::string_view b);

} // namespace ps
