// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/db/connection.h"
#include "core/imaging/image_service.h"
#include "core/imaging/thumbnail_class.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ps {

/// What a thumbnail shows: the state of a file, and its content where that is known. A thumbnail is found by either.
struct ContentIdentity {
    FileIdentity file;
    std::string sha256; ///< 64 hex digits, or ""
    bool operator==(const ContentIdentity&) const = default;
};

/// Thumbnails of all projects, in one SQLite file that may be thrown away at any time (docs/formats/thumbnail_cache.md).
/// Damage, also when it shows only in use, makes the file anew; what was in it is lost and nothing else. Several programs
/// may have it open. Nothing in it is trusted: pictures are decoded in workers.
/// Threads: one object belongs to one thread; each thread opens its own.
class ThumbnailCache
{
public:
    struct Options {
        std::string path;                                 ///< "" is defaultPath()
        std::int64_t budgetBytes = std::int64_t{2} << 30; ///< of the file; what was unused longest goes first
        std::function<std::int64_t()> hour;               ///< the time in hours since 1970; tests set their own
    };

    struct Entry {
        ContentIdentity identity;
        ThumbnailClass size = ThumbnailClass::Small;
        EncodedThumbnail thumbnail;
    };

    /// $XDG_CACHE_HOME/proofsheet/thumbnails.db
    static std::string defaultPath();
    /// Opens the file or makes it; a damaged one, or one of another version, is made anew. Errors: Io, NoSpace, ReadOnly.
    static Result<ThumbnailCache> open(Options options);

    /// The thumbnail of this class; when a small one is asked for, also the large one. Nothing when there is none for
    /// exactly this state of the file (or this content). Remembers the use. Cost: three look-ups by key.
    std::optional<EncodedThumbnail> find(const ContentIdentity& identity, ThumbnailClass size);

    /// Puts thumbnails in, notes what was used, and removes what was unused longest while the file is beyond its budget: one
    /// transaction. Errors: NoSpace, Locked, Io; nothing is stored then.
    Result<void> store(std::span<const Entry> entries);

    /// Throws away what is kept of one file: its thumbnail could not be decoded.
    Result<void> remove(const ContentIdentity& identity);

    /// Throws everything away and gives the room back. Cost: rewrites the list of free pages.
    Result<void> clear();

    /// Writes the uses that find() has seen. store() does the same.
    Result<void> flushUses();

    struct Figures {
        std::int64_t thumbnailCount = 0;
        std::int64_t fileBytes = 0; ///< in use; free pages do not count
    };
    /// Cost: counts the index.
    Result<Figures> figures();

    void setBudget(std::int64_t budgetBytes) { m_options.budgetBytes = budgetBytes; }

private:
    ThumbnailCache(Options options, Connection connection, std::uint64_t inode);

    Result<std::optional<std::int64_t>> contentOf(const ContentIdentity& identity);
    Result<std::optional<EncodedThumbnail>> lookUp(const ContentIdentity& identity, ThumbnailClass size);
    Result<void> put(const Entry& entry);
    Result<void> putAll(std::span<const Entry> entries);
    Result<std::int64_t> contentFor(const ContentIdentity& identity);
    Result<void> writeUses();
    Result<void> evict();
    Result<void> evictOldest(std::int64_t count);
    Result<void> giveBackPages();
    Result<std::int64_t> usedBytes();
    /// Runs the work; after damage once more on a new file.
    template <typename Work>
    auto healed(Work&& work) -> decltype(work());
    Result<void> makeAnew();

    Options m_options;
    std::optional<Connection> m_connection;
    std::uint64_t m_inode = 0;             ///< of the file that is open: somebody else may have made it anew
    std::vector<std::int64_t> m_usedSince; ///< ids whose last use is older than this hour in the file
};

} // namespace ps
