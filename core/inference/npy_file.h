// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The bytes that numpy.save() writes for a 1-d float32 array: version 1.0, '<f4', C order.
/// Source: the NumPy format, NEP 1, and numpy/lib/format.py for the padding.
std::string npyBytes(std::span<const float> values);

/// Reads such a file; versions 1.0 to 3.0. Errors: Corrupt, saying what is wrong: no .npy, another type or more than one
/// dimension, too few or too many bytes.
Result<std::vector<float>> readNpy(std::string_view bytes);

} // namespace ps
