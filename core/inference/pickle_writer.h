// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/checkpoint.h"

#include <string>
#include <vector>

namespace ps {

/// The data.pkl of a state dictionary, protocol 2: an OrderedDict of float tensors, of which number i has the storage "i" on
/// the device "cpu". Deterministic.
std::string pickleOfTensors(const std::vector<NamedTensor>& tensors);

} // namespace ps
