// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/archive_writer.h"

#include "core/base/text.h"

#include <QString>

#include <cerrno>
#include <fcntl.h>

namespace ps {

namespace {

constexpr std::int64_t kSpaceCheckBytes = std::int64_t{16} << 20;
constexpr mode_t kFileMode = 0666;

/// Two names that some file system takes for one have the same form.
std::string foldedName(std::string_view name)
{
    if (!isValidUtf8(name))
        return toLowerAscii(name);
    const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    return text.normalized(QString::NormalizationForm_C)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C)
        .toUtf8()
        .toStdString();
}

} // namespace

Error ArchiveWriter::named(ErrorCode code, std::string what) const
{
    return {code, std::move(what), displayText(m_name), 0};
}

Result<void> ArchiveWriter::take(const ArchiveEvent& event)
{
    using Kind = ArchiveEvent::Kind;
    if (m_hasEnded)
        return named(ErrorCode::Corrupt, "something comes behind the end of the archive");
    if (event.kind == Kind::Bytes)
        return addBytes(event.text);
    PS_TRY_VOID(finishFile());
    if (event.kind == Kind::End) {
        m_hasEnded = true;
        return {};
    }
    m_name = event.text;
    PS_TRY_VOID(checkEntry(event));
    if (event.kind == Kind::Folder) {
        PS_TRY_VOID(folderOf(event.text));
        return {};
    }
    return beginFile(event);
}

Result<void> ArchiveWriter::finishFile()
{
    if (!m_file.isOpen())
        return {};
    if (m_left != 0)
        return named(ErrorCode::Corrupt, "fewer bytes than announced");
    m_file.reset();
    return {};
}

Result<void> ArchiveWriter::checkEntry(const ArchiveEvent& event)
{
    if (++m_entries > m_limits.maxEntries)
        return named(ErrorCode::TooLarge, "more than " + std::to_string(m_limits.maxEntries) + " entries");
    if (const auto checked = checkEntryName(event.text); !checked)
        return named(ErrorCode::Refused, checked.error().message);
    if (event.kind == ArchiveEvent::Kind::Folder && event.sizeBytes != 0)
        return named(ErrorCode::Corrupt, "a folder with bytes");
    if (event.sizeBytes < 0 || event.sizeBytes > m_limits.maxEntryBytes)
        return named(ErrorCode::TooLarge, "larger than the limit of one entry");
    if (event.sizeBytes > m_limits.maxTotalBytes - m_declared)
        return named(ErrorCode::TooLarge,
                     "the archive unpacks to more than " + std::to_string(m_limits.maxTotalBytes) + " bytes");
    m_declared += event.sizeBytes;
    if (isBomb(m_declared, m_archiveBytes, m_limits))
        return named(ErrorCode::TooLarge, "the archive unpacks to too many times its size");
    const auto [place, isNew] = m_taken.emplace(foldedName(event.text), event.text);
    if (!isNew)
        return named(ErrorCode::Refused, place->second == event.text ? "the name stands twice"
                                                                     : "the name differs from another in case only");
    return checkSpace(event.sizeBytes);
}

Result<void> ArchiveWriter::checkSpace(std::int64_t wantedBytes)
{
    m_sinceSpaceCheck = 0;
    PS_TRY(const std::uint64_t freeBytes, freeSpaceBytes(m_folderFd));
    if (freeBytes < static_cast<std::uint64_t>(wantedBytes) + static_cast<std::uint64_t>(m_limits.reserveBytes))
        return named(ErrorCode::NoSpace, "unpacking would leave less than " + std::to_string(m_limits.reserveBytes) +
                                             " bytes free on the disk");
    return {};
}

/// Opens the folder, making what is missing; the same one again costs nothing. Its entries may be made by name only.
Result<int> ArchiveWriter::folderOf(std::string_view path)
{
    if (m_openFolder.isOpen() && m_openFolderPath == path)
        return m_openFolder.get();
    auto opened = makeFoldersBeneath(m_folderFd, path);
    if (!opened && opened.error().code != ErrorCode::NoSpace && opened.error().code != ErrorCode::ReadOnly)
        return named(ErrorCode::Refused, "a file stands where a folder is needed: " + opened.error().message);
    if (!opened)
        return opened.error();
    m_openFolder = *std::move(opened);
    m_openFolderPath = path;
    return m_openFolder.get();
}

Result<void> ArchiveWriter::beginFile(const ArchiveEvent& event)
{
    PS_TRY(const int folder, folderOf(parentPath(event.text)));
    const std::string name(fileName(event.text));
    m_file = UniqueFd(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
    if (!m_file.isOpen() && errno == EEXIST)
        return named(ErrorCode::Refused, "the name is taken");
    if (!m_file.isOpen())
        return errnoError("cannot make the file", displayText(m_name), errno);
    m_left = event.sizeBytes;
    return {};
}

Result<void> ArchiveWriter::addBytes(std::string_view bytes)
{
    if (!m_file.isOpen())
        return named(ErrorCode::Corrupt, "bytes that belong to no file");
    const auto count = static_cast<std::int64_t>(bytes.size());
    if (count == 0 || count > m_left)
        return named(ErrorCode::Corrupt, "more bytes than announced");
    m_sinceSpaceCheck += count;
    if (m_sinceSpaceCheck > kSpaceCheckBytes)
        PS_TRY_VOID(checkSpace(m_left));
    if (auto written = writeAll(m_file.get(), bytes); !written)
        return written.error().in(displayText(m_name));
    m_left -= count;
    m_written += count;
    return {};
}

} // namespace ps
