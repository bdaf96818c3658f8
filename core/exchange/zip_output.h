// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <QIODevice>

#include <optional>
#include <string>

namespace ps {

/// An open file as QuaZip wants it. QuaZip writes heads number by number and goes back to complete them: both happen in one large
/// buffer as far as possible.
class ZipOutput : public QIODevice
{
public:
    explicit ZipOutput(UniqueFd file) : m_file(std::move(file)) {}

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_bufferBegin + static_cast<qint64>(m_buffer.size()); }

    int fd() const { return m_file.get(); }
    /// Writes what is still in memory.
    Result<void> flush();
    /// Writes over bytes that were written before; the position stays.
    Result<void> patch(qint64 offset, std::string_view bytes);
    /// What went wrong at the first write that failed.
    const std::optional<Error>& firstError() const { return m_error; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    bool writeAt(qint64 offset, std::string_view bytes);

    UniqueFd m_file;
    std::string m_buffer;     ///< the end of the file
    qint64 m_bufferBegin = 0; ///< where that is
    std::optional<Error> m_error;
};

} // namespace ps
