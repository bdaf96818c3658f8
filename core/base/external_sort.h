// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Appends and reads values of a record: numbers of eight bytes, texts with their length in front. For files that this
/// process alone reads, and only while it runs.
class RecordWriter
{
public:
    RecordWriter& number(std::uint64_t value);
    RecordWriter& signedNumber(std::int64_t value) { return number(static_cast<std::uint64_t>(value)); }
    RecordWriter& real(double value);
    RecordWriter& text(std::string_view value);
    const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

class RecordReader
{
public:
    explicit RecordReader(std::string_view bytes) : m_bytes(bytes) {}
    std::uint64_t number();
    std::int64_t signedNumber() { return static_cast<std::int64_t>(number()); }
    double real();
    std::string_view text();
    bool atEnd() const { return m_bytes.empty(); }
    std::string_view rest() const { return m_bytes; }

private:
    std::string_view m_bytes;
};

/// Appends a number so that the order of the bytes is the order of the numbers.
void appendOrdered(std::string& key, std::uint64_t value);
void appendOrdered(std::string& key, double value);

/// Sorts any number of records in bounded memory: what does not fit goes as sorted runs into one nameless temporary file.
/// Records with equal keys stay in the order in which they were added.
/// Threads: one at a time.
class ExternalSorter
{
public:
    /// `folder` holds the temporary file; it is made when it is missing.
    explicit ExternalSorter(std::string folder, std::size_t memoryBytes = kDefaultMemoryBytes);

    /// Errors: NoSpace, Io.
    Result<void> add(std::string_view key, std::string_view payload);

    std::int64_t count() const { return m_count; }

    /// Walks the records in order. Valid while the sorter is there and nothing is added.
    class Cursor
    {
    public:
        /// False behind the last one; otherwise key() and payload() are those of the next record until the next call.
        Result<bool> next();
        std::string_view key() const { return m_key; }
        std::string_view payload() const { return m_payload; }

    private:
        friend class ExternalSorter;
        struct Run;
        std::vector<std::unique_ptr<Run>> m_runs; ///< a heap: the smallest in front
        const ExternalSorter* m_sorter = nullptr;
        std::size_t m_nextInMemory = 0;
        bool m_isPrimed = false;
        std::string_view m_key;
        std::string_view m_payload;

    public:
        Cursor();
        ~Cursor();
        Cursor(Cursor&&) noexcept;
        Cursor& operator=(Cursor&&) noexcept;
    };
    /// May be asked for again, for another walk. Errors: NoSpace, Io.
    Result<Cursor> sorted();

private:
    static constexpr std::size_t kDefaultMemoryBytes = 32 << 20;

    struct Slot {
        std::uint64_t prefix = 0; ///< the first bytes of the key, for most comparisons
        std::uint32_t offset = 0;
        std::uint32_t keyBytes = 0;
        std::uint32_t payloadBytes = 0;
    };
    struct RunPlace {
        std::int64_t offset = 0;
        std::int64_t bytes = 0;
    };

    std::string_view keyOf(const Slot& slot) const { return {m_arena.data() + slot.offset, slot.keyBytes}; }
    std::string_view payloadOf(const Slot& slot) const
    {
        return {m_arena.data() + slot.offset + slot.keyBytes, slot.payloadBytes};
    }
    void sortMemory();
    Result<void> spill();

    std::string m_folder;
    std::size_t m_memoryBytes;
    std::int64_t m_count = 0;
    std::string m_arena;
    std::vector<Slot> m_slots;
    bool m_isMemorySorted = false;
    UniqueFd m_file;
    std::int64_t m_fileBytes = 0;
    std::vector<RunPlace> m_runs;
};

} // namespace ps
