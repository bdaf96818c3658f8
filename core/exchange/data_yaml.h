// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace ps {

/// The class names in the data.yaml of a YOLO dataset: number -> name. A list or a map, on one line or on many, plain or quoted.
/// The rest of the file is not looked at; of YAML's own machinery (anchors, tags, references) nothing is carried out.
/// Errors: InvalidInput with the line; NotFound without `names`; TooLarge above 100,000 classes.
Result<std::map<std::int64_t, std::string>> classNamesOfYaml(std::string_view text);

} // namespace ps
