// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What a pickle of a state dictionary may consist of. Nothing else is ever made.
enum class PickleKind {
    Mark, ///< only on the stack while reading
    None,
    Boolean, ///< in `integer`
    Integer,
    Float,
    Text,
    Tuple, ///< `items`
    List,  ///< `items`
    Dict,  ///< `items`: key, value, key, value; a collections.OrderedDict too
    Global,
    Storage, ///< `text` is its key, `integer` the number of floats
    Tensor,  ///< `items`: storage, offset, shape, stride
};
/// "dict", "tensor", ... for messages.
std::string_view pickleKindName(PickleKind kind);

/// A value by its number: values may be shared, and lists may hold themselves, so nothing walks them without a bound.
using PickleIndex = std::uint32_t;

struct PickleNode {
    PickleKind kind = PickleKind::None;
    std::int64_t integer = 0;
    double number = 0;
    std::string_view text; ///< points into the pickle; for a global "module name"
    std::vector<PickleIndex> items;
};

struct Pickle {
    std::vector<PickleNode> nodes;
    PickleIndex root = 0;
    const PickleNode& at(PickleIndex index) const { return nodes[index]; }
    const PickleNode& rootNode() const { return nodes[root]; }
    /// The value under a text key of a dictionary, or nothing; the last of repeated keys wins.
    const PickleNode* find(const PickleNode& dict, std::string_view key) const;
};

constexpr std::size_t kMaxPickleBytes = 512 * 1024;

/// Reads a pickle of protocol 2 as torch.save makes it for dictionaries of float tensors. No code is run and no name is
/// looked up: the three known globals are recognized by their text, everything else is refused. Memory: at most 150 times
/// the pickle. The views in the result point into `bytes`.
/// Errors: Refused naming the global, the opcode or the object that is not allowed; Corrupt; TooLarge.
Result<Pickle> readPickle(std::string_view bytes);

} // namespace ps
