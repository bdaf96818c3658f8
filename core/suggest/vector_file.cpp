// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/vector_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

static_assert(std::endian::native == std::endian::little, "the file is mapped as it is");

namespace {

constexpr std::size_t kHeaderBytes = 4096; // a page, so that vectors are aligned
constexpr std::size_t kSmallestMapping = std::size_t{64} << 20;
constexpr std::array<char, 8> kMagic{'P', 'S', 'V', 'E', 'C', 'T', 'O', 'R'};
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kFloat32 = 1;
constexpr std::uint64_t kMostRows = std::numeric_limits<std::uint32_t>::max();

struct Header {
    std::array<char, 8> magic = kMagic;
    std::uint32_t version = kVersion;
    std::uint32_t dimension = 0;
    std::uint32_t element = kFloat32;
    std::uint32_t reserved = 0;
    std::uint64_t count = 0;
    std::uint64_t tunedCount = 0;
    std::uint64_t tunedDepth = 0;
};
static_assert(sizeof(Header) == 48);
constexpr off_t kCountOffset = offsetof(Header, count);
constexpr off_t kTuningOffset = offsetof(Header, tunedCount);

Error failure(std::string what, const std::string& path)
{
    return errnoError(std::move(what), path, errno);
}

Result<void> writeAt(int fd, const void* bytes, std::size_t count, off_t offset, const std::string& path)
{
    const auto* at = static_cast<const char*>(bytes);
    while (count > 0) {
        const ssize_t written = ::pwrite(fd, at, count, offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return failure("cannot write", path);
        at += written;
        offset += written;
        count -= static_cast<std::size_t>(written);
    }
    return {};
}

Result<Header> readHeader(int fd, const std::string& path)
{
    Header header;
    const ssize_t count = ::pread(fd, &header, sizeof header, 0);
    if (count < 0)
        return failure("cannot read", path);
    if (count != sizeof header || header.magic != kMagic)
        return Error{ErrorCode::Corrupt, "not a file of vectors", path, 0};
    return header;
}

/// Between processes; freed with the object.
class FileLock
{
public:
    static Result<FileLock> take(int fd, const std::string& path)
    {
        while (::flock(fd, LOCK_EX) != 0) {
            if (errno != EINTR)
                return failure("cannot lock", path);
        }
        return FileLock(fd);
    }
    FileLock(FileLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock()
    {
        if (m_fd >= 0)
            ::flock(m_fd, LOCK_UN);
    }

private:
    explicit FileLock(int fd) : m_fd(fd) {}
    int m_fd;
};

Result<std::uint64_t> fileBytes(int fd, const std::string& path)
{
    struct stat status{};
    if (::fstat(fd, &status) != 0)
        return failure("cannot read the size", path);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::Refused, "not a regular file", path, 0};
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace

Result<VectorFile> VectorFile::open(std::string path, std::size_t dimension)
{
    if (dimension == 0 || dimension > kHeaderBytes)
        return Error{ErrorCode::InvalidInput, "vectors of " + std::to_string(dimension) + " numbers", path, 0};
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (!fd.isOpen() && errno == ELOOP)
        return Error{ErrorCode::Refused, "a symbolic link", path, ELOOP};
    if (!fd.isOpen())
        return failure("cannot open", path);
    VectorFile file(std::move(fd), std::move(path), dimension);
    PS_TRY_VOID(file.prepareHeader());
    PS_TRY_VOID(file.readCount());
    return file;
}

VectorFile::VectorFile(VectorFile&& other) noexcept
    : m_fd(std::move(other.m_fd)), m_path(std::move(other.m_path)), m_dimension(other.m_dimension),
      m_count(std::exchange(other.m_count, 0)), m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_mappedBytes(std::exchange(other.m_mappedBytes, 0))
{
}

VectorFile& VectorFile::operator=(VectorFile&& other) noexcept
{
    if (this != &other) {
        unmap();
        m_fd = std::move(other.m_fd);
        m_path = std::move(other.m_path);
        m_dimension = other.m_dimension;
        m_count = std::exchange(other.m_count, 0);
        m_mapping = std::exchange(other.m_mapping, nullptr);
        m_mappedBytes = std::exchange(other.m_mappedBytes, 0);
    }
    return *this;
}

VectorFile::~VectorFile()
{
    unmap();
}

const float* VectorFile::row(std::int64_t row) const
{
    const auto* const bytes = static_cast<const std::byte*>(m_mapping);
    return reinterpret_cast<const float*>(bytes + kHeaderBytes + static_cast<std::size_t>(row) * rowBytes());
}

Result<void> VectorFile::prepareHeader()
{
    PS_TRY(const FileLock lock, FileLock::take(m_fd.get(), m_path));
    PS_TRY(const std::uint64_t bytes, fileBytes(m_fd.get(), m_path));
    if (bytes == 0) {
        std::array<std::byte, kHeaderBytes> page{};
        Header header;
        header.dimension = static_cast<std::uint32_t>(m_dimension);
        std::memcpy(page.data(), &header, sizeof header);
        return writeAt(m_fd.get(), page.data(), page.size(), 0, m_path);
    }
    PS_TRY(const Header header, readHeader(m_fd.get(), m_path));
    if (header.version != kVersion || header.element != kFloat32)
        return Error{ErrorCode::VersionMismatch, "vectors of version " + std::to_string(header.version), m_path, 0};
    if (header.dimension != m_dimension)
        return Error{ErrorCode::VersionMismatch,
                     "vectors of " + std::to_string(header.dimension) + " numbers, not of " +
                         std::to_string(m_dimension),
                     m_path, 0};
    return {};
}

Result<void> VectorFile::readCount()
{
    PS_TRY(const Header header, readHeader(m_fd.get(), m_path));
    PS_TRY(const std::uint64_t bytes, fileBytes(m_fd.get(), m_path));
    if (bytes < kHeaderBytes || header.count > kMostRows || header.count > (bytes - kHeaderBytes) / rowBytes())
        return Error{ErrorCode::Corrupt,
                     "the file has " + std::to_string(bytes) + " bytes, too few for " + std::to_string(header.count) +
                         " vectors",
                     m_path, 0};
    const auto count = static_cast<std::int64_t>(header.count);
    if (count < m_count)
        return Error{ErrorCode::Corrupt, "vectors have gone", m_path, 0};
    PS_TRY_VOID(map(count));
    m_count = count;
    return {};
}

Result<void> VectorFile::map(std::int64_t count)
{
    const std::size_t needed = kHeaderBytes + static_cast<std::size_t>(count) * rowBytes();
    if (m_mapping && needed <= m_mappedBytes)
        return {};
    // Behind the end of the file as well: what is appended appears there without a new mapping.
    const std::size_t bytes = std::max(kSmallestMapping, 2 * needed);
    void* const mapping = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, m_fd.get(), 0);
    if (mapping == MAP_FAILED)
        return failure("cannot map", m_path);
    unmap();
    m_mapping = mapping;
    m_mappedBytes = bytes;
    return {};
}

void VectorFile::unmap()
{
    if (m_mapping)
        ::munmap(m_mapping, m_mappedBytes);
    m_mapping = nullptr;
}

Result<void> VectorFile::append(std::span<const float> vector)
{
    PS_TRY(const FileLock lock, FileLock::take(m_fd.get(), m_path));
    PS_TRY_VOID(readCount());
    if (static_cast<std::uint64_t>(m_count) >= kMostRows)
        return Error{ErrorCode::TooLarge, "the file of vectors is full", m_path, 0};
    PS_TRY_VOID(map(m_count + 1));
    const auto offset = static_cast<off_t>(kHeaderBytes + static_cast<std::size_t>(m_count) * rowBytes());
    PS_TRY_VOID(writeAt(m_fd.get(), vector.data(), rowBytes(), offset, m_path));
    const auto count = static_cast<std::uint64_t>(m_count + 1);
    PS_TRY_VOID(writeAt(m_fd.get(), &count, sizeof count, kCountOffset, m_path));
    ++m_count;
    return {};
}

Result<void> VectorFile::checkLength() const
{
    PS_TRY(const std::uint64_t bytes, fileBytes(m_fd.get(), m_path));
    if (bytes < kHeaderBytes + static_cast<std::size_t>(m_count) * rowBytes())
        return Error{ErrorCode::Corrupt, "the file of vectors has become shorter", m_path, 0};
    return {};
}

Result<VectorFile::Tuning> VectorFile::tuning() const
{
    PS_TRY(const Header header, readHeader(m_fd.get(), m_path));
    if (header.tunedCount > static_cast<std::uint64_t>(m_count) || header.tunedDepth > header.tunedCount)
        return Tuning{};
    return Tuning{static_cast<std::int64_t>(header.tunedCount), static_cast<std::int64_t>(header.tunedDepth)};
}

Result<void> VectorFile::setTuning(const Tuning& tuning)
{
    const std::array<std::uint64_t, 2> values{static_cast<std::uint64_t>(tuning.rowCount),
                                              static_cast<std::uint64_t>(tuning.depth)};
    return writeAt(m_fd.get(), values.data(), sizeof values, kTuningOffset, m_path);
}

} // namespace ps
