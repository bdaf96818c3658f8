// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/exchange/release_media.h"
#include "core/exchange/release_sink.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ps {

/// The temporary place of a release beside its destination: a folder or a file with a name that follows from the destination, so
/// that an export that was interrupted finds it again, and a journal of the image files that were finished.
class ReleaseStaging
{
public:
    /// `destination` is where the release will be; a folder, or a zip when it ends with ".zip".
    /// Errors: AlreadyExists when something is there; NotFound (the folder around it); Locked when another export writes there;
    /// NoSpace, ReadOnly, Io.
    static Result<ReleaseStaging> open(const std::string& destination, bool resumes);
    ReleaseStaging(ReleaseStaging&&) noexcept = default;
    ReleaseStaging& operator=(ReleaseStaging&&) = delete;
    /// Removes everything that is temporary, unless keep() or publish() was called.
    ~ReleaseStaging();

    bool isZip() const { return m_isZip; }
    std::string path() const; ///< of the temporary folder or file
    Result<std::unique_ptr<ReleaseSink>> openSink(const SinkOptions& options) const;

    /// One image file that was finished: what it was made from, and what came of it.
    struct Finished {
        std::string key;
        ReleaseFile file;
        MediaReport report;
    };
    Result<void> noteFinished(const Finished& finished);
    /// The file of an interrupted attempt with this key and path, open, if it still has its hash. It has no name any more then.
    Result<std::optional<std::pair<UniqueFd, MediaReport>>> takeFinished(const std::string& key, std::string_view path);
    bool hasLeftovers() const { return !m_leftovers.empty(); }

    /// Gives the release its name. Errors: AlreadyExists; those of the disk.
    Result<void> publish();
    /// Leaves a folder as it is for the next attempt. A zip cannot be taken up again.
    void keep();

private:
    ReleaseStaging() = default;
    Result<void> findLeftovers(bool resumes);
    Result<void> readJournal();
    void removeTemporary(const std::string& name) const;

    std::string m_parentPath;
    std::string m_name;
    std::string m_temporary;
    bool m_isZip = false;
    bool m_isKept = false;
    UniqueFd m_parent;
    UniqueFd m_staging; ///< holds the lock
    UniqueFd m_journal;
    std::vector<std::string> m_leftovers;                     ///< names of folders of interrupted attempts
    std::unordered_map<std::string, std::int64_t> m_finished; ///< first half of the key's hash -> place in the journal
};

/// Takes finished image files of an interrupted export over instead of making them again.
class ResumingMedia final : public ReleaseMedia
{
public:
    /// `tool` is the program with its version: what another one made is made again.
    ResumingMedia(ImageService& images, CropMode crops, bool keepsMetadata, ReleaseStaging& staging, std::string tool);

    Result<MediaReport> put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink,
                            std::stop_token stop) override;
    /// Told of every file that the sink finished.
    void onFile(const ReleaseFile& file) { m_lastFile = file; }

private:
    std::string keyOf(const ReleaseImage& image) const;

    ReleaseStaging& m_staging;
    bool m_keepsMetadata;
    std::string m_tool;
    ReleaseFile m_lastFile;
};

} // namespace ps
