// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/find_onnx_runtime.h"

#include "core/base/files.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

namespace ps {

namespace {

namespace fs = std::filesystem;

// Other numbers than 1 would have other tables of functions.
constexpr std::string_view kLibraryName = "libonnxruntime.so.1";

#if defined(__x86_64__)
constexpr const char* kArchitectureFolder = "/usr/lib/x86_64-linux-gnu";
#elif defined(__aarch64__)
constexpr const char* kArchitectureFolder = "/usr/lib/aarch64-linux-gnu";
#else
constexpr const char* kArchitectureFolder = "/usr/lib";
#endif

bool isFile(const std::string& path)
{
    std::error_code code;
    return fs::is_regular_file(path, code);
}

std::string textOf(const char* variable)
{
    const char* text = std::getenv(variable);
    return text ? text : "";
}

Result<OnnxRuntimeLocation> named(const std::string& path, OnnxRuntimeLocation::Origin origin)
{
    if (!path.starts_with('/'))
        return Error{ErrorCode::InvalidInput, "the path of ONNX Runtime is not absolute", path, 0};
    if (!isFile(path))
        return Error{ErrorCode::NotFound, "there is no ONNX Runtime", path, 0};
    return OnnxRuntimeLocation{path, origin};
}

/// libonnxruntime.so.1, or else the highest of libonnxruntime.so.1.x that the folder holds. Some distributions have only
/// names with the whole version.
std::optional<std::string> libraryIn(const std::string& folder)
{
    const std::string plain = joinPath(folder, kLibraryName);
    if (isFile(plain))
        return plain;
    std::vector<std::string> names;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        std::string name = entry->path().filename().string();
        if (name.starts_with(std::string(kLibraryName) + ".") && isFile(entry->path().string()))
            names.push_back(std::move(name));
    }
    if (names.empty())
        return std::nullopt;
    const auto isLower = [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    };
    return joinPath(folder, *std::max_element(names.begin(), names.end(), isLower));
}

} // namespace

std::string installedOnnxRuntimePath()
{
    std::string folder = textOf("XDG_DATA_HOME");
    if (!folder.starts_with('/'))
        folder = joinPath(textOf("HOME"), ".local/share");
    return joinPath(folder, "proofsheet/onnxruntime/" + std::string(kLibraryName));
}

Result<OnnxRuntimeLocation> findOnnxRuntime(const std::string& givenPath)
{
    using Origin = OnnxRuntimeLocation::Origin;
    if (!givenPath.empty())
        return named(givenPath, Origin::Given);
    if (const std::string path = textOf(kOnnxRuntimeVariable); !path.empty())
        return named(path, Origin::Environment);
    for (const char* folder : {"/usr/local/lib", kArchitectureFolder, "/usr/lib64", "/usr/lib"}) {
        if (const auto path = libraryIn(folder))
            return OnnxRuntimeLocation{*path, Origin::System};
    }
    const std::string installed = installedOnnxRuntimePath();
    if (isFile(installed))
        return OnnxRuntimeLocation{installed, Origin::Installed};
    return Error{ErrorCode::NotFound, "there is no ONNX Runtime on this machine", installed, 0};
}

} // namespace ps
