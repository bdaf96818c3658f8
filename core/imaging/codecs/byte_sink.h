// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

namespace ps {

/// Growing memory for C libraries to write into. It reports a lack of memory instead of throwing, because exceptions
/// must not travel through their frames.
class ByteSink
{
public:
    ByteSink() = default;
    ~ByteSink() { std::free(m_data); }
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;

    std::size_t size() const { return m_size; }
    const unsigned char* data() const { return m_data; }

    /// Writes at any offset; a gap is filled with zeros.
    bool writeAt(std::size_t offset, const void* bytes, std::size_t count) noexcept
    {
        if (count > kMaxBytes || offset > kMaxBytes || !reserve(offset + count))
            return false;
        if (offset > m_size)
            std::memset(m_data + m_size, 0, offset - m_size);
        std::memcpy(m_data + offset, bytes, count);
        m_size = std::max(m_size, offset + count);
        return true;
    }
    bool append(const void* bytes, std::size_t count) noexcept { return writeAt(m_size, bytes, count); }

    std::string toString() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

private:
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 40;

    bool reserve(std::size_t wanted) noexcept
    {
        if (wanted <= m_capacity)
            return true;
        const std::size_t capacity = std::max({wanted, m_capacity * 2, std::size_t{64} * 1024});
        void* larger = std::realloc(m_data, capacity);
        if (!larger)
            return false;
        m_data = static_cast<unsigned char*>(larger);
        m_capacity = capacity;
        return true;
    }

    unsigned char* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace ps
