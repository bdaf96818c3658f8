// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/pixels.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

/// Memory of a worker, mapped for reading.
struct Mapping {
    Mapping(void* mapped, std::size_t length) : address(mapped), byteCount(length) {}
    ~Mapping() { ::munmap(address, byteCount); }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    void* address;
    std::size_t byteCount;
};

/// One picture and the mapping in which it lies.
struct Pixels::Storage {
    std::shared_ptr<const Mapping> mapping;
    const std::uint8_t* data = nullptr;
    std::size_t byteCount = 0;
    PixelLayout layout;
    ImageInfo info;
};

namespace {

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, "the worker's picture is not acceptable: " + std::move(message), {}, 0};
}

/// Errors: Corrupt unless `layout` describes pixels inside `memoryBytes`.
Result<std::size_t> checkedByteCount(const PixelLayout& layout, std::int64_t memoryBytes)
{
    if (layout.size.isEmpty())
        return corrupt("it is empty");
    if (layout.strideBytes < rowBytes(layout.size.width) || layout.strideBytes % 4 != 0)
        return corrupt("its rows overlap");
    const std::int64_t byteCount = std::int64_t{layout.strideBytes} * layout.size.height;
    if (byteCount > memoryBytes)
        return corrupt(std::to_string(byteCount) + " bytes in a memory of " + std::to_string(memoryBytes));
    return static_cast<std::size_t>(byteCount);
}

/// The size of the memory, which nobody can change any more.
Result<std::int64_t> sealedSize(const UniqueFd& memory)
{
    const int seals = ::fcntl(memory.get(), F_GET_SEALS);
    if (seals < 0 || (seals & F_SEAL_SHRINK) == 0)
        return corrupt("its memory can shrink");
    // Fails while the worker still has a writable mapping, which an honest one has given up before it answered.
    if ((seals & F_SEAL_WRITE) == 0 && ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return corrupt(std::string("somebody can still write to it: ") + std::strerror(errno));
    struct stat status{};
    if (::fstat(memory.get(), &status) != 0)
        return errnoError("cannot examine shared memory", {}, errno);
    return std::int64_t{status.st_size};
}

Result<std::shared_ptr<const Mapping>> mapped(const UniqueFd& memory, std::size_t byteCount)
{
    // Private, because kernels before 6.7 refuse a shared mapping of memory that is sealed against writing. Nothing is
    // copied: nobody writes. Populated, so that the page faults happen here and not in the thread that paints.
    void* address = ::mmap(nullptr, byteCount, PROT_READ, MAP_PRIVATE | MAP_POPULATE, memory.get(), 0);
    if (address == MAP_FAILED)
        return errnoError("cannot map shared memory", {}, errno);
    return std::make_shared<const Mapping>(address, byteCount);
}

} // namespace

Result<UniqueFd> makePixelMemory(std::int64_t byteCount)
{
    UniqueFd memory(::memfd_create("proofsheet-pixels", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen())
        return errnoError("cannot make shared memory", {}, errno);
    if (::ftruncate(memory.get(), byteCount) != 0)
        return errnoError("cannot size shared memory", {}, errno);
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0)
        return errnoError("cannot seal shared memory", {}, errno);
    return memory;
}

Result<Pixels> Pixels::fromMemory(UniqueFd memory, const PixelLayout& layout, ImageInfo info)
{
    std::vector<Placed> pictures;
    pictures.push_back({layout, 0, std::move(info)});
    PS_TRY(std::vector<Pixels> one, manyFromMemory(std::move(memory), std::move(pictures)));
    return std::move(one.front());
}

Result<std::vector<Pixels>> Pixels::manyFromMemory(UniqueFd memory, std::vector<Placed> pictures)
{
    PS_TRY(const std::int64_t memoryBytes, sealedSize(memory));
    std::size_t end = 0;
    for (const Placed& picture : pictures) {
        if (picture.offsetBytes < 0 || picture.offsetBytes > memoryBytes || picture.offsetBytes % 4 != 0)
            return corrupt("it does not begin inside the memory");
        PS_TRY(const std::size_t byteCount, checkedByteCount(picture.layout, memoryBytes - picture.offsetBytes));
        end = std::max(end, static_cast<std::size_t>(picture.offsetBytes) + byteCount);
    }
    std::vector<Pixels> result;
    if (pictures.empty())
        return result;
    PS_TRY(const std::shared_ptr<const Mapping> mapping, mapped(memory, end));
    for (Placed& picture : pictures) {
        auto storage = std::make_shared<Storage>();
        storage->mapping = mapping;
        storage->data = static_cast<const std::uint8_t*>(mapping->address) + picture.offsetBytes;
        storage->byteCount = static_cast<std::size_t>(picture.layout.strideBytes) *
                             static_cast<std::size_t>(picture.layout.size.height);
        storage->layout = picture.layout;
        storage->info = std::move(picture.info);
        result.push_back(Pixels(std::shared_ptr<const Storage>(std::move(storage))));
    }
    return result;
}

const PixelLayout& Pixels::layout() const
{
    static const PixelLayout kNone;
    return m_storage ? m_storage->layout : kNone;
}

const ImageInfo& Pixels::info() const
{
    static const ImageInfo kNone;
    return m_storage ? m_storage->info : kNone;
}

std::size_t Pixels::byteCount() const
{
    return m_storage ? m_storage->byteCount : 0;
}

const std::uint8_t* Pixels::data() const
{
    return m_storage ? m_storage->data : nullptr;
}

const std::uint8_t* Pixels::row(int y) const
{
    return data() + static_cast<std::ptrdiff_t>(y) * strideBytes();
}

std::uint32_t Pixels::pixel(int x, int y) const
{
    std::uint32_t value = 0;
    std::memcpy(&value, row(y) + std::ptrdiff_t{x} * 4, sizeof value);
    return value;
}

} // namespace ps
