// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ps {

/// What a file is that people take for a model and that is no ONNX file: "a Python pickle", "a PyTorch archive" and so on, by
/// its first bytes. Nothing when they are none of those that are known. Reads at most a few hundred bytes and runs nothing.
std::optional<std::string> foreignModelName(std::string_view bytes);

} // namespace ps
