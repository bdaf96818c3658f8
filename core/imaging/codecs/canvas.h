// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cerrno>
#include <cstdint>
#include <span>
#include <sys/mman.h>

namespace ps {

/// The program's memory, writable as long as this lives. It must be gone before the answer is sent: the program seals
/// the memory against writing, which fails while anybody has it mapped.
class Canvas
{
public:
    Canvas() = default;
    ~Canvas()
    {
        if (m_address)
            ::munmap(m_address, m_byteCount);
    }
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    Result<std::span<std::uint8_t>> map(int fd, std::size_t byteCount)
    {
        // All pages at once: every one of them will be drawn, and faults one by one are several times dearer.
        void* address = ::mmap(nullptr, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
        if (address == MAP_FAILED)
            return errnoError("cannot map the memory for the picture", {}, errno);
        m_address = address;
        m_byteCount = byteCount;
        return std::span(static_cast<std::uint8_t*>(address), byteCount);
    }

private:
    void* m_address = nullptr;
    std::size_t m_byteCount = 0;
};

} // namespace ps
