// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/exchange/import_record.h"

#include <memory>
#include <string>

namespace ps {

class DatasetScope;

/// What one of our own releases says about its images in release.json and the list of items beside it.
class ReleaseFacts
{
public:
    /// Null when there is no release.json of ours. A manifest or a line that cannot be read goes to the quarantine.
    static Result<std::unique_ptr<ReleaseFacts>> read(DatasetScope& scope);

    const Json& manifest() const { return m_manifest; }
    std::string format() const { return m_manifest["format"].toString(); }

    /// Adds action, side, group and the exact crop to an image whose path is in the root of the release.
    Result<void> complete(DatasetScope& scope, ImportedImage& image) const;

private:
    Result<void> readItems(DatasetScope& scope, const std::string& path);
    void setCrop(ImportedImage& image, const Json& item) const;

    Json m_manifest;
    bool m_areCropsApplied = false;
};

/// True for the text of a release.json of ours.
bool isReleaseManifest(const Json& manifest);

} // namespace ps
