// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_source.h"

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ps {

namespace {

Result<UniqueFd> reopenedForReading(int fd)
{
    const std::string path = "/proc/self/fd/" + std::to_string(fd);
    UniqueFd reopened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!reopened.isOpen())
        return errnoError("cannot open the file for reading", {}, errno);
    return reopened;
}

} // namespace

std::string OpenImage::itemKey() const
{
    return std::to_string(identity.device) + ':' + std::to_string(identity.inode) + ':' +
           std::to_string(identity.sizeBytes) + ':' + std::to_string(identity.modifiedNs);
}

Result<void> OpenImage::checkUnchanged() const
{
    PS_TRY(const FileIdentity now, identify(file->get()));
    if (now != identity)
        return Error{ErrorCode::Conflict, "the file changed while it was read", name, 0};
    return {};
}

Result<OpenImage> ImageSource::open(std::int64_t maxFileBytes) const
{
    PS_TRY(OpenImage image, m_relativePath.empty() ? adoptFile() : openBeneathFolder());
    if (image.identity.sizeBytes > maxFileBytes)
        return Error{ErrorCode::TooLarge,
                     std::to_string(image.identity.sizeBytes) + " bytes exceed the limit of " +
                         std::to_string(maxFileBytes) + " bytes",
                     m_relativePath, 0};
    return image;
}

Result<FileIdentity> ImageSource::identify() const
{
    if (!m_relativePath.empty())
        return identifyBeneath(m_handle->get(), m_relativePath);
    return ps::identify(m_handle->get());
}

std::string ImageSource::absolutePath() const
{
    std::array<char, PATH_MAX> target{};
    const std::string link = "/proc/self/fd/" + std::to_string(m_handle->get());
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    if (length <= 0 || target[0] != '/')
        return {};
    return joinPath({target.data(), static_cast<std::size_t>(length)}, m_relativePath);
}

Result<OpenImage> ImageSource::openBeneathFolder() const
{
    PS_TRY(UniqueFd file, openFileBeneath(m_handle->get(), m_relativePath));
    PS_TRY(const FileIdentity identity, ps::identify(file.get()));
    return OpenImage{std::make_shared<const UniqueFd>(std::move(file)), identity, m_relativePath};
}

Result<OpenImage> ImageSource::adoptFile() const
{
    struct stat status{};
    if (::fstat(m_handle->get(), &status) != 0)
        return errnoError("cannot examine the file", {}, errno);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::Refused, "not a regular file", {}, 0};
    PS_TRY(const FileIdentity identity, ps::identify(m_handle->get()));
    const int flags = ::fcntl(m_handle->get(), F_GETFL);
    if ((flags & O_ACCMODE) == O_RDONLY && (flags & O_PATH) == 0)
        return OpenImage{m_handle, identity, {}};
    // A worker must never hold a descriptor with which it could change the original.
    PS_TRY(UniqueFd readOnly, reopenedForReading(m_handle->get()));
    return OpenImage{std::make_shared<const UniqueFd>(std::move(readOnly)), identity, {}};
}

} // namespace ps
