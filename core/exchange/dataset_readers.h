// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/dataset_scope.h"

namespace ps {

// One function for each format. All of them stream: an item that cannot be read goes to the quarantine and the rest goes on.
// Errors: those of the disk and of the taker, Cancelled.

Result<void> readYolo(DatasetScope& scope);
/// `<side>/<class>/<image>` and `<class>/<image>`, with the real names in classes.json when there is one.
Result<void> readClassFolders(DatasetScope& scope);
Result<void> readCoco(DatasetScope& scope);
Result<void> readVoc(DatasetScope& scope);
Result<void> readCvat(DatasetScope& scope);
Result<void> readLabelMe(DatasetScope& scope);
Result<void> readImageFolder(DatasetScope& scope);
/// Shards that were unpacked, see unpackShards().
Result<void> readWebDataset(DatasetScope& scope);
/// Our own jsonl, preferences and crops.
Result<void> readJsonLines(DatasetScope& scope);
Result<void> readCsvItems(DatasetScope& scope, const Json& columnMap);

/// True when a JSON text from a folder of labelme, judged by its first bytes.
bool looksLikeLabelMe(std::string_view head);

} // namespace ps
