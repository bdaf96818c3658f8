// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/external_sort.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace ps {

// ---- records -------------------------------------------------------------------------------------------------------

RecordWriter& RecordWriter::number(std::uint64_t value)
{
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
}

RecordWriter& RecordWriter::real(double value)
{
    return number(std::bit_cast<std::uint64_t>(value));
}

RecordWriter& RecordWriter::text(std::string_view value)
{
    const auto length = static_cast<std::uint32_t>(value.size());
    m_bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    m_bytes.append(value);
    return *this;
}

std::uint64_t RecordReader::number()
{
    std::uint64_t value = 0;
    const std::size_t length = std::min(m_bytes.size(), sizeof value);
    std::memcpy(&value, m_bytes.data(), length);
    m_bytes.remove_prefix(length);
    return value;
}

double RecordReader::real()
{
    return std::bit_cast<double>(number());
}

std::string_view RecordReader::text()
{
    std::uint32_t length = 0;
    std::memcpy(&length, m_bytes.data(), std::min(m_bytes.size(), sizeof length));
    m_bytes.remove_prefix(std::min(m_bytes.size(), sizeof length));
    const std::string_view value = m_bytes.substr(0, length);
    m_bytes.remove_prefix(value.size());
    return value;
}

void appendOrdered(std::string& key, std::uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        key += static_cast<char>(value >> shift & 0xFF);
}

void appendOrdered(std::string& key, double value)
{
    // Negative ones in turned order below the positive ones; -0 is 0.
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    appendOrdered(key, (bits & kSign) != 0 ? ~bits : bits | kSign);
}

// ---- sorting -------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kWriteBytes = 1 << 20;
constexpr std::size_t kMaxReadBytes = 256 << 10;
constexpr std::size_t kMinReadBytes = 32 << 10;
constexpr std::size_t kLengthBytes = 2 * sizeof(std::uint32_t);

std::uint64_t prefixOf(std::string_view key)
{
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < sizeof prefix; ++i)
        prefix = prefix << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
    return prefix;
}

} // namespace

ExternalSorter::ExternalSorter(std::string folder, std::size_t memoryBytes)
    : m_folder(std::move(folder)), m_memoryBytes(memoryBytes)
{
}

Result<void> ExternalSorter::add(std::string_view key, std::string_view payload)
{
    const std::size_t held = m_arena.size() + m_slots.size() * sizeof(Slot);
    if (!m_slots.empty() && held + key.size() + payload.size() + sizeof(Slot) > m_memoryBytes)
        PS_TRY_VOID(spill());
    m_slots.push_back({prefixOf(key), static_cast<std::uint32_t>(m_arena.size()),
                       static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(payload.size())});
    m_arena.append(key).append(payload);
    m_isMemorySorted = false;
    ++m_count;
    return {};
}

void ExternalSorter::sortMemory()
{
    if (m_isMemorySorted)
        return;
    std::ranges::sort(m_slots, [this](const Slot& a, const Slot& b) {
        if (a.prefix != b.prefix)
            return a.prefix < b.prefix;
        const int order = keyOf(a).compare(keyOf(b));
        return order != 0 ? order < 0 : a.offset < b.offset;
    });
    m_isMemorySorted = true;
}

Result<void> ExternalSorter::spill()
{
    if (!m_file.isOpen()) {
        PS_TRY_VOID(makeFolders(m_folder));
        std::string name = joinPath(m_folder, "sort-XXXXXX");
        m_file = UniqueFd(::mkostemp(name.data(), O_CLOEXEC));
        if (!m_file.isOpen())
            return errnoError("cannot make a temporary file", m_folder, errno);
        ::unlink(name.c_str());
    }
    sortMemory();
    RunPlace run{m_fileBytes, 0};
    std::string buffer;
    const auto flush = [&]() -> Result<void> {
        PS_TRY_VOID(writeAll(m_file.get(), buffer));
        m_fileBytes += std::ssize(buffer);
        buffer.clear();
        return {};
    };
    for (const Slot& slot : m_slots) {
        buffer.append(reinterpret_cast<const char*>(&slot.keyBytes), sizeof slot.keyBytes);
        buffer.append(reinterpret_cast<const char*>(&slot.payloadBytes), sizeof slot.payloadBytes);
        buffer.append(m_arena, slot.offset, slot.keyBytes + slot.payloadBytes);
        if (buffer.size() >= kWriteBytes)
            PS_TRY_VOID(flush());
    }
    PS_TRY_VOID(flush());
    run.bytes = m_fileBytes - run.offset;
    m_runs.push_back(run);
    m_slots.clear();
    m_arena.clear();
    return {};
}

/// One run on disk, and the part of it that is in memory.
struct ExternalSorter::Cursor::Run {
    std::size_t number = 0;
    std::int64_t offset = 0; ///< of what is not in the buffer yet
    std::int64_t bytesLeft = 0;
    std::size_t readBytes = 0;
    std::string buffer;
    std::size_t at = 0;
    std::string_view key;
    std::string_view payload;

    Result<bool> fill(int fd, std::size_t wanted)
    {
        if (buffer.size() - at >= wanted)
            return true;
        buffer.erase(0, at);
        at = 0;
        const auto more = static_cast<std::size_t>(
            std::min<std::int64_t>(bytesLeft, static_cast<std::int64_t>(std::max(readBytes, wanted))));
        const std::size_t before = buffer.size();
        buffer.resize(before + more);
        std::size_t done = 0;
        while (done < more) {
            const ssize_t got = ::pread(fd, buffer.data() + before + done, more - done,
                                        offset + static_cast<std::int64_t>(done));
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return errnoError("cannot read a temporary file", "", got == 0 ? EIO : errno);
            done += static_cast<std::size_t>(got);
        }
        offset += static_cast<std::int64_t>(more);
        bytesLeft -= static_cast<std::int64_t>(more);
        return buffer.size() >= wanted;
    }

    Result<bool> next(int fd)
    {
        PS_TRY(const bool hasMore, fill(fd, kLengthBytes));
        if (!hasMore)
            return false;
        std::uint32_t keyBytes = 0;
        std::uint32_t payloadBytes = 0;
        std::memcpy(&keyBytes, buffer.data() + at, sizeof keyBytes);
        std::memcpy(&payloadBytes, buffer.data() + at + sizeof keyBytes, sizeof payloadBytes);
        PS_TRY(const bool isWhole, fill(fd, kLengthBytes + keyBytes + payloadBytes));
        if (!isWhole)
            return Error{ErrorCode::Internal, "a temporary file was cut short", {}, 0};
        key = std::string_view(buffer).substr(at + kLengthBytes, keyBytes);
        payload = std::string_view(buffer).substr(at + kLengthBytes + keyBytes, payloadBytes);
        at += kLengthBytes + keyBytes + payloadBytes;
        return true;
    }

    /// For a heap whose front is the smallest; equal keys in the order of their runs.
    static bool isBehind(const std::unique_ptr<Run>& a, const std::unique_ptr<Run>& b)
    {
        const int order = a->key.compare(b->key);
        return order != 0 ? order > 0 : a->number > b->number;
    }
};

ExternalSorter::Cursor::Cursor() = default;
ExternalSorter::Cursor::~Cursor() = default;
ExternalSorter::Cursor::Cursor(Cursor&&) noexcept = default;
ExternalSorter::Cursor& ExternalSorter::Cursor::operator=(Cursor&&) noexcept = default;

Result<ExternalSorter::Cursor> ExternalSorter::sorted()
{
    if (!m_runs.empty() && !m_slots.empty())
        PS_TRY_VOID(spill());
    if (!m_runs.empty()) { // everything is on disk: the merge gets the memory
        std::string().swap(m_arena);
        std::vector<Slot>().swap(m_slots);
    }
    sortMemory();
    Cursor cursor;
    cursor.m_sorter = this;
    const std::size_t readBytes = std::clamp(m_memoryBytes / std::max<std::size_t>(m_runs.size(), 1), kMinReadBytes,
                                             kMaxReadBytes);
    for (const RunPlace& place : m_runs) {
        auto run = std::make_unique<Cursor::Run>();
        run->number = cursor.m_runs.size();
        run->offset = place.offset;
        run->bytesLeft = place.bytes;
        run->readBytes = readBytes;
        cursor.m_runs.push_back(std::move(run));
    }
    return cursor;
}

Result<bool> ExternalSorter::Cursor::next()
{
    if (!m_sorter)
        return false;
    if (m_sorter->m_runs.empty()) {
        if (m_nextInMemory >= m_sorter->m_slots.size())
            return false;
        const Slot& slot = m_sorter->m_slots[m_nextInMemory++];
        m_key = m_sorter->keyOf(slot);
        m_payload = m_sorter->payloadOf(slot);
        return true;
    }
    const int fd = m_sorter->m_file.get();
    if (!m_isPrimed) {
        for (const auto& run : m_runs)
            PS_TRY_VOID(run->next(fd)); // no run is empty
        std::ranges::make_heap(m_runs, &Run::isBehind);
        m_isPrimed = true;
    } else if (!m_runs.empty()) {
        std::ranges::pop_heap(m_runs, &Run::isBehind);
        PS_TRY(const bool hasMore, m_runs.back()->next(fd));
        if (hasMore)
            std::ranges::push_heap(m_runs, &Run::isBehind);
        else
            m_runs.pop_back();
    }
    if (m_runs.empty())
        return false;
    m_key = m_runs.front()->key;
    m_payload = m_runs.front()->payload;
    return true;
}

} // namespace ps
