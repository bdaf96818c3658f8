// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace ps {

/// Another version is thrown away and made anew. docs/formats/catalogue.md says what the tables hold.
constexpr const char* kCatalogueVersion = "4";

/// The tables, without what finishCatalogue() adds.
Result<void> createCatalogueTables(const Connection& connection);

/// Empties the tables and drops indexes, counters and triggers, so that many rows can be put in quickly.
Result<void> emptyCatalogue(const Connection& connection);

/// Makes the indexes and the counters, and the triggers that keep the counters. Cost: about 2 s per million groups.
Result<void> finishCatalogue(const Connection& connection);

/// SQL functions of the queries: ps_name_has(path, needle) and ps_text_has(text, needle) search without regard to case of
/// ASCII letters; the needle is in lower case.
Result<void> registerCatalogueFunctions(const Connection& connection);

} // namespace ps
