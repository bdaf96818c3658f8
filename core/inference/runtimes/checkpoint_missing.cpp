// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/checkpoint.h"

namespace ps {

Result<std::vector<NamedTensor>> readCheckpoint(std::string_view)
{
    return Error{ErrorCode::Unsupported, "this build does not read checkpoints", {}, 0};
}

} // namespace ps
