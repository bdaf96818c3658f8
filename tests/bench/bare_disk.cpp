// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_disk.h"

#include "tests/bench/process_figures.h"

#include <QStorageInfo>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace ps::bench {

namespace {

constexpr std::size_t kBlockBytes = 4096;
constexpr std::int64_t kRingBlocks = 1024;
constexpr std::size_t kPieceBytes = 1U << 20U;

Result<UniqueFd> openPlainly(const std::string& path, int flags)
{
    UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC, 0644));
    if (!file.isOpen())
        return errnoError("cannot open the file", path, errno);
    return file;
}

Result<void> writeBlock(int fd, std::int64_t block)
{
    static const std::array<char, kBlockBytes> bytes = [] {
        std::array<char, kBlockBytes> filled{};
        filled.fill('x');
        return filled;
    }();
    if (::pwrite(fd, bytes.data(), bytes.size(), block * std::ssize(bytes)) != std::ssize(bytes))
        return errnoError("cannot write a block", {}, errno);
    return {};
}

} // namespace

Result<BareWrites> BareWrites::create(const std::string& path, Kind kind)
{
    PS_TRY(UniqueFd file, openPlainly(path, O_RDWR | O_CREAT | O_TRUNC));
    if (kind == Kind::Overwrite) {
        for (std::int64_t block = 0; block < kRingBlocks; ++block)
            PS_TRY_VOID(writeBlock(file.get(), block));
    }
    PS_TRY_VOID(syncFile(file.get()));
    return BareWrites(std::move(file), kind);
}

Result<void> BareWrites::write(std::int64_t count)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const Stopwatch watch;
        PS_TRY_VOID(writeBlock(m_file.get(), m_kind == Kind::Append ? m_written : m_written % kRingBlocks));
        if (::fdatasync(m_file.get()) != 0)
            return errnoError("cannot make a block durable", {}, errno);
        m_timesMs.add(watch.wallMs());
        ++m_written;
    }
    return {};
}

Result<std::int64_t> readPlainly(const std::string& path)
{
    PS_TRY(const UniqueFd file, openPlainly(path, O_RDONLY));
    std::vector<char> piece(kPieceBytes);
    std::int64_t size = 0;
    for (;;) {
        const ssize_t count = ::read(file.get(), piece.data(), piece.size());
        if (count < 0)
            return errnoError("cannot read the file", path, errno);
        if (count == 0)
            return size;
        size += count;
    }
}

Result<void> dropFromPageCache(const std::string& path)
{
    PS_TRY(const UniqueFd file, openPlainly(path, O_RDONLY));
    PS_TRY_VOID(syncFile(file.get()));
    if (const int error = ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED); error != 0)
        return errnoError("cannot drop the file from memory", path, error);
    return {};
}

std::string fileSystemName(const std::string& path)
{
    return QStorageInfo(QString::fromStdString(path)).fileSystemType().toStdString();
}

} // namespace ps::bench
