// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace ps {

/// The variable that names the library, an absolute path.
constexpr const char* kOnnxRuntimeVariable = "PROOFSHEET_ONNXRUNTIME";

/// Where libonnxruntime was found, and by which rule.
struct OnnxRuntimeLocation {
    enum class Origin {
        Given,       ///< the caller's path, from the settings or the command line
        Environment, ///< PROOFSHEET_ONNXRUNTIME
        System,      ///< a folder of system libraries
        Installed,   ///< installedOnnxRuntimePath()
    };
    std::string path; ///< absolute
    Origin origin = Origin::Given;
    bool operator==(const OnnxRuntimeLocation&) const = default;
};

/// Where `./dev setup --onnxruntime` puts the library, for every program of this user:
/// $XDG_DATA_HOME/proofsheet/onnxruntime/libonnxruntime.so.1, ~/.local/share where the variable is not set.
std::string installedOnnxRuntimePath();

/// Looks for the library in the order of Origin and opens nothing: only workers load it. A path that is given, or named by the
/// environment, is the answer or an error; nothing else is then looked for. Threads: any. Cost: lists a few folders.
/// Errors: NotFound, naming what is missing; InvalidInput for a path that is not absolute.
Result<OnnxRuntimeLocation> findOnnxRuntime(const std::string& givenPath = {});

} // namespace ps
