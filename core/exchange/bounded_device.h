// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <cstdint>

namespace ps {

/// A file for a parser that would otherwise hold whatever it is given: it ends when more than a limit was read since the last
/// mark(). Does not own the descriptor.
class BoundedDevice final : public QIODevice
{
public:
    BoundedDevice(int fd, std::int64_t maxBytes) : m_fd(fd), m_maxBytes(maxBytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    /// The parser has given something out: it may read on.
    void mark() { m_sinceMark = 0; }
    bool isBeyondLimit() const { return m_isBeyondLimit; }
    bool hasFailed() const { return m_errorNumber != 0; }
    int errorNumber() const { return m_errorNumber; }
    std::int64_t doneBytes() const { return m_doneBytes; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    int m_fd;
    std::int64_t m_maxBytes;
    std::int64_t m_sinceMark = 0;
    std::int64_t m_doneBytes = 0;
    bool m_isBeyondLimit = false;
    int m_errorNumber = 0;
};

} // namespace ps
