// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// A tensor of a PyTorch state dictionary: row-major 32-bit floats.
struct NamedTensor {
    std::string name; ///< "net.0.weight"
    std::vector<std::int64_t> shape;
    std::vector<float> values; ///< as many as the product of the shape
    bool operator==(const NamedTensor&) const = default;
};

/// The bytes of a `.pt` file that torch.load opens as an OrderedDict: an uncompressed ZIP as decisions_v3 7.6 describes it.
/// Deterministic. `stem` is the file name without ".pt": the folder inside the archive.
std::string writeCheckpoint(std::string_view stem, const std::vector<NamedTensor>& tensors);

/// Reads what writeCheckpoint() and the scripts' torch.save write: a state dictionary, or a dictionary with one under
/// "model_state_dict". A whitelist of pickle opcodes and of the three globals; no other object is ever made. Only a worker
/// calls it on files: InferenceService::readCheckpoint.
/// Errors: Refused naming the global or opcode that is not allowed; Corrupt; TooLarge above 64 MiB.
Result<std::vector<NamedTensor>> readCheckpoint(std::string_view bytes);

} // namespace ps
