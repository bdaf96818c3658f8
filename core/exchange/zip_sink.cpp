// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/release_path.h"
#include "core/exchange/release_sink.h"
#include "core/exchange/sink_parts.h"
#include "core/exchange/zip_output.h"

#include <QDateTime>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <optional>
#include <unistd.h>
#include <zlib.h>

namespace ps {

namespace {

/// From here on sizes need the fields of zip64, with room for what heads add.
constexpr std::int64_t kZip64Bytes = std::int64_t{std::numeric_limits<std::uint32_t>::max()} - (1 << 20);
constexpr std::size_t kPendingBytes = 64 * 1024;
// Which version of the format a reader must know, and where heads say it. Source: PKWARE APPNOTE 4.3.7, 4.3.12, 4.4.3.
constexpr std::string_view kPlainVersion{"\x14\0", 2};
constexpr std::string_view kZip64Version{"\x2d\0", 2};
// Who made an entry: Unix, by version 3.0 of the format.
constexpr std::string_view kMaker{"\x1e\x03", 2};
constexpr qint64 kLocalVersionPlace = 4;
constexpr qint64 kMakerPlace = 4; ///< in the head of the central directory; the version that a reader must know follows
constexpr qint64 kDirectoryHeadBytes = 46;
constexpr int kDeflateLevel = 6;
constexpr quint32 kUnixFile = 0100644;

/// True for what is compressed already.
bool isStored(std::string_view path)
{
    static constexpr std::array<std::string_view, 17> kSuffixes{".jpg",  ".jpeg", ".png", ".webp", ".heic", ".heif",
                                                                ".avif", ".jxl",  ".gif", ".zip",  ".gz",   ".xz",
                                                                ".zst",  ".bz2",  ".7z",  ".tar",  ".mp4"};
    const std::string name = toLowerAscii(fileName(path));
    return std::ranges::any_of(kSuffixes, [&name](std::string_view suffix) { return endsWith(name, suffix); });
}

class ZipSink final : public ReleaseSink
{
public:
    explicit ZipSink(UniqueFd file) : m_output(std::move(file)), m_zip(&m_output) {}
    ~ZipSink() override;

    Result<void> open();

    Result<void> beginFile(std::string_view path) override;
    Result<void> write(std::string_view bytes) override;
    Result<void> endFile() override;
    Result<void> copyFile(std::string_view path, int fromFd, std::stop_token stop) override;
    Result<UniqueFd> scratchFile() override;
    Result<void> finish() override;

private:
    /// The entry that is written now.
    struct Entry {
        explicit Entry(QuaZip* zip) : file(zip) {}
        QuaZipFile file;
        ReleaseFile release;
        Sha256 hash;
    };

    Result<void> openEntry(std::string_view path, bool isLarge);
    Result<void> append(std::string_view bytes);
    Result<void> appendPending();
    Result<void> closeEntry();
    Result<void> copy(std::string_view path, int fromFd, const std::stop_token& stop);
    Result<void> close();
    Result<void> correctVersions(qint64 directoryBegin, qint64 directoryEnd);
    Error zipError(int code, std::string_view path) const;

    ZipOutput m_output;
    QuaZip m_zip;
    ReleasePathSet m_paths;
    FirstError m_firstError;
    bool m_isFinished = false;
    std::optional<Entry> m_entry;
    std::string m_buffer;
    std::string m_pending;
    HashThread m_hashThread;
};

ZipSink::~ZipSink()
{
    // What was not finished is worth nothing; the file is the caller's to remove.
    m_entry.reset();
    if (m_zip.isOpen())
        m_zip.close();
}

Result<void> ZipSink::open()
{
    if (!m_output.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Error{ErrorCode::Internal, "the archive cannot be opened", {}, 0};
    m_zip.setAutoClose(false);
    m_zip.setUtf8Enabled(true);
    m_zip.setDataDescriptorWritingEnabled(false); // sizes stand in front, for readers that go from front to back
    if (!m_zip.open(QuaZip::mdCreate))
        return zipError(m_zip.getZipError(), {});
    return {};
}

Error ZipSink::zipError(int code, std::string_view path) const
{
    if (m_output.firstError())
        return m_output.firstError()->in(path);
    return {ErrorCode::Io, "cannot write the archive (zip error " + std::to_string(code) + ")", std::string(path),
            code};
}

// ---- entries -------------------------------------------------------------------------------------------------------

namespace {

QuaZipNewInfo entryInfo(std::string_view path)
{
    QuaZipNewInfo info(QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size())));
    info.dateTime = QDateTime(QDate(1980, 1, 1), QTime(0, 0), Qt::UTC); // the fields of the format have no zone
    info.externalAttr = kUnixFile << 16;
    return info;
}

} // namespace

Result<void> ZipSink::openEntry(std::string_view path, bool isLarge)
{
    const qint64 head = m_output.size();
    m_zip.setZip64Enabled(isLarge);
    m_entry.emplace(&m_zip);
    m_entry->release.path = path;
    const bool stores = isStored(path);
    if (!m_entry->file.open(QIODevice::WriteOnly, entryInfo(path), nullptr, 0, stores ? 0 : Z_DEFLATED,
                            stores ? 0 : kDeflateLevel, /*raw=*/false))
        return zipError(m_entry->file.getZipError(), path);
    return m_output.patch(head + kLocalVersionPlace, isLarge ? kZip64Version : kPlainVersion);
}

Result<void> ZipSink::append(std::string_view bytes)
{
    m_entry->release.sizeBytes += static_cast<std::int64_t>(bytes.size());
    const auto size = static_cast<qint64>(bytes.size());
    if (m_entry->file.write(bytes.data(), size) != size)
        return zipError(m_entry->file.getZipError(), m_entry->release.path);
    return {};
}

Result<void> ZipSink::appendPending()
{
    m_entry->hash.add(m_pending);
    auto outcome = append(m_pending);
    m_pending.clear();
    return outcome;
}

Result<void> ZipSink::closeEntry()
{
    PS_TRY_VOID(appendPending());
    m_entry->file.close();
    if (m_entry->file.getZipError() != ZIP_OK || m_output.firstError())
        return zipError(m_entry->file.getZipError(), m_entry->release.path);
    ReleaseFile file = std::move(m_entry->release);
    file.sha256 = m_entry->hash.hex();
    m_entry.reset();
    return onFile ? onFile(file) : Result<void>();
}

// ---- the interface -------------------------------------------------------------------------------------------------

Result<void> ZipSink::beginFile(std::string_view path)
{
    PS_TRY_VOID(endFile());
    PS_TRY_VOID(m_paths.add(path));
    if (m_isFinished)
        return Error{ErrorCode::Internal, "the release is finished", std::string(path), 0};
    return m_firstError.keep(openEntry(path, /*isLarge=*/true));
}

Result<void> ZipSink::write(std::string_view bytes)
{
    PS_TRY_VOID(m_firstError.check());
    if (!m_entry)
        return Error{ErrorCode::Internal, "no file of the release is open", {}, 0};
    // Lines are collected: a call of QuaZip costs more than a line.
    if (m_pending.size() + bytes.size() < kPendingBytes) {
        m_pending.append(bytes);
        return {};
    }
    PS_TRY_VOID(m_firstError.keep(appendPending()));
    m_entry->hash.add(bytes);
    return m_firstError.keep(append(bytes));
}

Result<void> ZipSink::endFile()
{
    PS_TRY_VOID(m_firstError.check());
    return m_entry ? m_firstError.keep(closeEntry()) : Result<void>();
}

Result<void> ZipSink::copyFile(std::string_view path, int fromFd, std::stop_token stop)
{
    PS_TRY_VOID(endFile());
    PS_TRY_VOID(m_paths.add(path));
    if (m_isFinished)
        return Error{ErrorCode::Internal, "the release is finished", std::string(path), 0};
    auto outcome = copy(path, fromFd, stop);
    return m_firstError.keep(outcome ? outcome : outcome.error().in(path));
}

Result<UniqueFd> ZipSink::scratchFile()
{
    // Beside the archive: the file system that was chosen has the room.
    std::string path(4096, '\0');
    const std::string link = "/proc/self/fd/" + std::to_string(m_output.fd());
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
    if (length <= 0)
        return errnoError("cannot find the folder of the archive", {}, errno);
    path.resize(static_cast<std::size_t>(length));
    PS_TRY(const UniqueFd folder, openFolder(std::string(parentPath(path))));
    return namelessFile(folder.get());
}

Result<void> ZipSink::finish()
{
    PS_TRY_VOID(endFile());
    m_isFinished = true;
    return m_firstError.keep(close());
}

Result<void> ZipSink::close()
{
    const qint64 directoryBegin = m_output.size();
    if (m_zip.isOpen())
        m_zip.close();
    if (m_zip.getZipError() != ZIP_OK)
        return zipError(m_zip.getZipError(), {});
    PS_TRY_VOID(m_output.flush());
    if (directoryBegin >= kZip64Bytes) {
        PS_TRY_VOID(correctVersions(directoryBegin, m_output.size()));
    }
    return syncFile(m_output.fd());
}

/// QuaZip says of what zip64 holds that a reader must know version 6.3 of the format, the one with LZMA; old readers refuse that
/// although they could read it. It also says of such an entry that MS-DOS made it, so that its permissions would mean nothing.
Result<void> ZipSink::correctVersions(qint64 directoryBegin, qint64 directoryEnd)
{
    std::array<unsigned char, kDirectoryHeadBytes> head{};
    const auto number = [&head](std::size_t place) { return head[place] | head[place + 1] << 8; };
    for (qint64 offset = directoryBegin; offset + kDirectoryHeadBytes <= directoryEnd;) {
        if (::pread(m_output.fd(), head.data(), head.size(), offset) != static_cast<ssize_t>(head.size()))
            return errnoError("cannot read the archive", {}, errno);
        constexpr std::string_view kSignature = "PK\x01\x02";
        if (std::string_view(reinterpret_cast<const char*>(head.data()), kSignature.size()) != kSignature)
            return {}; // behind the last entry
        constexpr int kLzmaVersion = 63;
        constexpr int kMadeForZip64 = 45; // and the maker left out
        if (number(kMakerPlace) == kMadeForZip64) {
            PS_TRY_VOID(m_output.patch(offset + kMakerPlace, kMaker));
        }
        if (number(kMakerPlace + 2) == kLzmaVersion) {
            PS_TRY_VOID(m_output.patch(offset + kMakerPlace + 2, kZip64Version));
        }
        offset += kDirectoryHeadBytes + number(28) + number(30) + number(32); // name, extra field, comment
    }
    return {};
}

Result<void> ZipSink::copy(std::string_view path, int fromFd, const std::stop_token& stop)
{
    PS_TRY(const FileIdentity identity, identify(fromFd));
    PS_TRY_VOID(openEntry(path, identity.sizeBytes >= kZip64Bytes));
    // The hash takes as long as the checksum and the copying inside QuaZip, so that both are done at once.
    const auto take = [this](std::string_view piece) {
        m_hashThread.add(m_entry->hash, piece);
        auto outcome = append(piece);
        m_hashThread.wait();
        return outcome;
    };
    PS_TRY_VOID(readPieces(fromFd, 0, identity.sizeBytes, m_buffer, take, stop));
    PS_TRY(const FileIdentity after, identify(fromFd));
    if (!isUnchanged(identity, after))
        return Error{ErrorCode::Conflict, "the file changed while it was copied", {}, 0};
    return closeEntry();
}

} // namespace

Result<std::unique_ptr<ReleaseSink>> openZipSink(UniqueFd file, const SinkOptions&)
{
    auto sink = std::make_unique<ZipSink>(std::move(file));
    PS_TRY_VOID(sink->open());
    return std::unique_ptr<ReleaseSink>(std::move(sink));
}

} // namespace ps
