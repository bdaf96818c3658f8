// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace ps {

/// Drops the entries of a hash whose `lastUse` is the longest ago until `most` are left. Cost: a look at every entry for each
/// that is dropped, so for small hashes.
template <typename Hash>
void keepMostRecent(Hash& entries, qsizetype most)
{
    while (entries.size() > most) {
        auto oldest = entries.begin();
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            if (entry->lastUse < oldest->lastUse)
                oldest = entry;
        }
        entries.erase(oldest);
    }
}

} // namespace ps
