// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "tests/bench/series.h"

namespace ps::bench {

/// The least that any durable write costs: pwrite of 4096 bytes and fdatasync, again and again.
class BareWrites
{
public:
    enum class Kind {
        Append,    ///< the file grows, as a log does while it is new: the file system writes its size too
        Overwrite, ///< blocks that are there already, as a log does once it starts over
    };

    /// Makes an empty file beside the database that is measured.
    static Result<BareWrites> create(const std::string& path, Kind kind);

    /// Writes `count` blocks, each of them durable before the next.
    Result<void> write(std::int64_t count);

    const Series& timesMs() const { return m_timesMs; }
    double perSecond() const { return static_cast<double>(m_timesMs.values().size()) * 1e3 / m_timesMs.sum(); }

private:
    BareWrites(UniqueFd file, Kind kind) : m_file(std::move(file)), m_kind(kind) {}

    UniqueFd m_file;
    Kind m_kind;
    std::int64_t m_written = 0;
    Series m_timesMs;
};

/// Reads a file from its first byte to its last in pieces of 1 MiB and throws them away. Returns its size.
/// No connection of this process may have it open when it is a database.
Result<std::int64_t> readPlainly(const std::string& path);

/// Makes the file durable and asks the kernel to forget what it holds of it in memory, so that the next reader waits for
/// the disk. The same holds for connections.
Result<void> dropFromPageCache(const std::string& path);

/// The name of the file system of a path as the kernel lists it: "ext4", "tmpfs" ...
std::string fileSystemName(const std::string& path);

} // namespace ps::bench
