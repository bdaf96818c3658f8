// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <string>
#include <vector>

namespace ps {

/// What the scripts' validate_decision_db() says about a database, character for character and in its order; an empty list
/// means valid. Where their code would stop with an exception (NULL indexes, JSON of another kind, missing columns), the
/// row is passed over or told in the nearest of their sentences.
/// Source: formats/decisions_v3.md 2.1.
Result<std::vector<std::string>> validateAsScripts(const Connection& connection, bool verbose);

} // namespace ps
