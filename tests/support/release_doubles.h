// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/format_writer.h"
#include "core/imaging/image_service.h"
#include "tests/support/temp_folder.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ps::test {

/// A release that exists in memory only. A path that is used twice is a defect of its writer.
class MemorySink final : public ReleaseSink
{
public:
    Result<void> beginFile(std::string_view path) override;
    Result<void> write(std::string_view bytes) override;
    Result<void> endFile() override;
    Result<void> copyFile(std::string_view path, int fromFd, std::stop_token stop) override;
    Result<UniqueFd> scratchFile() override;
    Result<void> finish() override;

    const std::map<std::string, std::string>& files() const { return m_files; }
    std::vector<std::string> paths() const;
    /// The bytes of a file; one that is not there ends the test function.
    const std::string& at(const std::string& path) const;
    /// Writes everything beneath a folder.
    void saveTo(const TempFolder& folder) const;

private:
    std::map<std::string, std::string> m_files;
    std::string m_open;
    bool m_isOpen = false;
    bool m_isFinished = false;
};

/// Pictures without pixels: each "file" is what `bytesOf` says, by default "<name> <width>x<height>". No worker is started.
class FakeMedia final : public ReleaseMedia
{
public:
    explicit FakeMedia(CropMode crops = CropMode::Boxes);

    Result<Prepared> prepare(const ReleaseImage& image, ReleaseSink& sink, std::stop_token stop) override;
    Result<MediaReport> put(const ReleaseImage& image, std::string_view path, ReleaseSink& sink,
                            std::stop_token stop) override;
    ImageSize sizeOf(const ReleaseImage& image) const override;

    std::function<std::string(const ReleaseImage& image, ImageSize size)> bytesOf;

private:
    explicit FakeMedia(std::unique_ptr<ImageService> images, CropMode crops);
    std::unique_ptr<ImageService> m_idleImages;
};

/// A decided group with one row as the program writes it. Images are "<number>_<slot>.png" of 1000 x 500 pixels, the winner
/// is the only one in `images`.
struct GroupMaker {
    Action action = Action::Approve;
    int imageCount = 3;
    int selected = 0;
    std::optional<Crop> crop = {};
    std::optional<ReleaseSide> side = {};
    ImageSize size{1000, 500};
    bool hasLosers = false; ///< losers and images of rejects are in `images` too

    ReleaseGroup make(int number) const;
};

/// The context of a writer into a sink.
FormatContext contextFor(ExportFormat format, ReleaseSink& sink, ReleaseMedia* media = nullptr);

/// Runs a writer over the groups and returns its counts. Failures end the test function.
FormatWriter::Counts writeAll(FormatContext context, const std::vector<ReleaseGroup>& groups);

} // namespace ps::test
