// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/bounded_device.h"

#include <cerrno>
#include <unistd.h>

namespace ps {

qint64 BoundedDevice::readData(char* data, qint64 maxSize)
{
    if (m_sinceMark > m_maxBytes) {
        m_isBeyondLimit = true;
        return -1;
    }
    ssize_t count = 0;
    do {
        count = ::read(m_fd, data, static_cast<std::size_t>(maxSize));
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        m_errorNumber = errno;
        return -1;
    }
    m_sinceMark += count;
    m_doneBytes += count;
    return count == 0 ? -1 : count;
}

} // namespace ps
