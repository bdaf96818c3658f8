// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/foreign_reader.h"

namespace ps {

/// What a folder holds, and where in it: archives often wrap everything into one folder.
struct RecognisedDataset {
    std::optional<ImportFormat> format;
    std::string root; ///< relative to the folder, "" for itself
};
Result<RecognisedDataset> recogniseWithRoot(int folderFd);

} // namespace ps
