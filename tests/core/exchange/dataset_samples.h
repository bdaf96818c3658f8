// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/foreign_reader.h"
#include "tests/support/temp_folder.h"

#include <map>
#include <string>
#include <vector>

namespace ps::test {

/// Everything that a reader gave, in order.
struct Gathered {
    std::vector<ImportedImage> images;
    std::vector<ImportedDecision> decisions;
    std::vector<QuarantinedItem> quarantined;

    /// "file:line reason", sorted.
    std::vector<std::string> problems() const;
    /// The image with this path; ends the test function when there is none.
    const ImportedImage& image(const std::string& path) const;
    /// "path side class@x1,y1,x2,y2 ... =class" for each image, in order; boxes in pixels where the size is known.
    std::vector<std::string> lines() const;
};

ImportTaker takerFor(Gathered& gathered);

/// Reads a dataset that must be readable as a whole.
Gathered gather(const TempFolder& folder, ImportFormat format, const Json& columnMap = {});

/// A folder with these files.
void fill(const TempFolder& folder, const std::map<std::string, std::string>& files);

/// A small good dataset of each format: relative path -> content. Images are no images: no reader looks at them.
std::map<std::string, std::string> sampleDataset(ImportFormat format);
/// The formats that sampleDataset() knows.
const std::vector<ImportFormat>& sampledFormats();

} // namespace ps::test
