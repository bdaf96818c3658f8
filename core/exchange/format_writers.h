// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/format_writer.h"

#include <memory>

namespace ps {

// One function for each format, for makeFormatWriter() alone; docs/formats/export_formats.md says what they write.

std::unique_ptr<FormatWriter> makeV3Writer(FormatContext context);
std::unique_ptr<FormatWriter> makeJsonlWriter(FormatContext context);
std::unique_ptr<FormatWriter> makePreferencesWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeCropsWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeCsvWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeYoloWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeYoloClassificationWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeCocoWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeVocWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeCvatWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeImageFolderWriter(FormatContext context);
std::unique_ptr<FormatWriter> makeWebDatasetWriter(FormatContext context);

} // namespace ps
