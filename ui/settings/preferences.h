// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/model_spec.h"
#include "ui/common/theme.h"

#include <QString>

#include <cstdint>

namespace ps {

/// What a person has chosen for themselves; kept in the settings of the program. Keys are kept by ActionTable.
struct Preferences {
    ThemeMode theme = ThemeMode::System;
    QString language;         ///< "en", "de"; "" = as the system
    QString annotator;        ///< "" = the login
    int pictureMemoryMib = 0; ///< for pictures that are kept and read ahead; 0 = as the machine has it
    bool measuresInBackground = true;
    int thumbnailCacheMib = 2048; ///< how large the cache of thumbnails may be

    bool computesSuggestions = true;                        ///< in the background
    QString embedderPath;                                   ///< an ONNX file beside the built-in embedder; "" = none
    QString embedderPreprocessing = QStringLiteral("clip"); ///< or "imagenet"

    static Preferences load();
    void save() const;

    /// The same in bytes: what was chosen, at least PictureLoader's least, or its default.
    qsizetype pictureMemoryBytes() const;

    /// The budget of the cache of thumbnails in bytes.
    std::int64_t thumbnailCacheBytes() const;

    /// The embedder that was chosen; its hash is not known yet.
    ModelSpec embedder() const;

    /// The name that goes into the ledger.
    QString annotatorName() const;
};

} // namespace ps
