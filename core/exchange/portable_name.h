// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ps {

/// A file name's stem (raw bytes, without folder and extension) as a name that every file system takes and keeps: NFC, at most
/// 200 bytes of UTF-8, no control, format or direction characters, nothing that Windows forbids ('_' instead), no leading or
/// trailing dot or space, no device name ("CON" becomes "CON_"), bytes that are not UTF-8 as "_xNN". Never empty.
/// `keepsDots`: false makes '_' of dots too, for formats in which a name ends at its first dot.
std::string portableStem(std::string_view stem, bool keepsDots);

} // namespace ps
