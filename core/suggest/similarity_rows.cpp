// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/similarity_rows.h"

#include "core/base/text.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kLineBytes = kHashDigits + 1;
constexpr std::size_t kMostIdBytes = std::size_t{4} << 30;

bool isHash(std::string_view text)
{
    return text.size() == kHashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<UniqueFd> openIds(const std::string& path)
{
    UniqueFd ids(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (!ids.isOpen())
        return errnoError("cannot open", path, errno);
    if (::flock(ids.get(), LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK
                   ? Error{ErrorCode::Locked, "another program searches for similar images", path, EWOULDBLOCK}
                   : errnoError("cannot lock", path, errno);
    return ids;
}

/// The hashes line by line; nothing when the file is damaged.
std::optional<std::vector<std::string>> readIds(std::string_view bytes)
{
    std::vector<std::string> hashes;
    for (std::size_t at = 0; at + kLineBytes <= bytes.size(); at += kLineBytes) {
        if (!isHash(bytes.substr(at, kHashDigits)) || bytes[at + kHashDigits] != '\n')
            return std::nullopt;
        hashes.emplace_back(bytes.substr(at, kHashDigits));
    }
    return hashes;
}

} // namespace

Result<SimilarityRows> SimilarityRows::open(const std::string& folder, const std::string& name, std::size_t dimension)
{
    PS_TRY(const UniqueFd made, makeFolders(folder));
    const std::string vectors = joinPath(folder, name + ".vec");
    const std::string idPath = joinPath(folder, name + ".ids");
    PS_TRY(UniqueFd ids, openIds(idPath));
    PS_TRY(const std::string bytes, readAll(ids.get(), kMostIdBytes));
    auto hashes = readIds(bytes);
    auto index = SimilarityIndex::open(vectors, dimension);
    const bool isSound = hashes && index && std::ssize(*hashes) >= index->size();
    if (!isSound) {
        if (!index && index.error().code != ErrorCode::Corrupt && index.error().code != ErrorCode::VersionMismatch)
            return std::move(index).error();
        PS_TRY_VOID(removeFile(made.get(), name + ".vec"));
        index = SimilarityIndex::open(vectors, dimension);
        if (!index)
            return std::move(index).error();
        hashes = std::vector<std::string>();
    }
    hashes->resize(static_cast<std::size_t>(index->size())); // a crash came between a line and its vector
    if (::ftruncate(ids.get(), static_cast<off_t>(hashes->size() * kLineBytes)) != 0 ||
        ::lseek(ids.get(), 0, SEEK_END) < 0)
        return errnoError("cannot shorten", idPath, errno);
    SimilarityRows rows(*std::move(index), std::move(ids));
    for (std::size_t i = 0; i < hashes->size(); ++i)
        rows.m_rows.emplace(std::move((*hashes)[i]), static_cast<std::int64_t>(i));
    return rows;
}

std::optional<std::int64_t> SimilarityRows::rowOf(std::string_view sha256) const
{
    const auto found = m_rows.find(std::string(sha256));
    return found == m_rows.end() ? std::nullopt : std::optional(found->second);
}

Result<void> SimilarityRows::add(std::string_view sha256, std::span<const float> vector)
{
    if (!isHash(sha256) || m_rows.contains(std::string(sha256)))
        return Error{ErrorCode::InvalidInput, "not the hash of a new image", std::string(sha256), 0};
    const off_t end = ::lseek(m_ids.get(), 0, SEEK_CUR);
    PS_TRY_VOID(writeAll(m_ids.get(), std::string(sha256) + '\n'));
    const auto row = m_index.add(vector);
    if (row) {
        m_rows.emplace(sha256, *row);
        return {};
    }
    if (::ftruncate(m_ids.get(), end) != 0 || ::lseek(m_ids.get(), end, SEEK_SET) < 0)
        return errnoError("cannot shorten", std::string(sha256), errno);
    return row.error();
}

} // namespace ps
