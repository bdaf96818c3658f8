// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/decisions/row.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ps {

/// How a decision came about, which says how far to trust it. Source: formats/decisions_v3.md R78.
enum class Provenance : std::uint8_t {
    Human,      ///< somebody looked at the group
    Backfilled, ///< reconstructed from finished images: by its id, or because a backfill that stands wrote it
    Inferred,   ///< its time was made up
};
std::string_view provenanceName(Provenance provenance); ///< "human", "backfilled" or "inferred"

/// Tells rows of one database apart. Keeps a statement: it lives no longer than the connection, and belongs to its thread.
class ProvenanceFinder
{
public:
    static Result<ProvenanceFinder> make(const Connection& database);

    /// Cost: one look-up by index when a backfill stands, else nothing.
    Result<Provenance> of(const DecisionRow& row) const;

private:
    ProvenanceFinder() = default;
    mutable std::optional<Statement> m_backfilled; ///< nothing: no backfill stands
};

} // namespace ps
