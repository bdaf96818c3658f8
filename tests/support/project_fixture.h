// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/finalize.h"
#include "core/library/history.h"
#include "core/library/project_session.h"
#include "core/library/review.h"
#include "tests/support/census.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_clock.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ps::test {

/// What the images of a test project are cut and measured with: every readable file is 2000 x 1000, one whose content begins
/// with "broken" cannot be read, and a cut is a text with the box and the bytes of its source.
ImageTools fakeImageTools();
std::string fakeCut(const PixelBox& box, const std::string& sourceBytes);

/// A workspace "ws" with the project "p1" in a temporary folder, and its image files.
class ProjectFixture
{
public:
    /// `imagesPath` is relative to the temporary folder: "ws/photos", "ws" or for example "outside/photos"; an absolute one is
    /// taken as it is.
    explicit ProjectFixture(const std::string& imagesPath = "ws/photos");

    /// The same tree in another folder, with its times: only for images in the workspace.
    ProjectFixture copy() const;

    /// Writes the images of group `number`, one for each stage ("1", "1.5", "2" ...), in a folder beneath the images. The
    /// content of each file is its own.
    void addGroup(int number, const std::vector<std::string>& stages, const std::string& folder = "") const;
    /// A picture without timestamp.
    void addSingle(const std::string& name, const std::string& folder = "") const;
    /// Any other file beneath the images.
    void addFile(const std::string& pathInImages, const std::string& bytes) const;
    /// What the names of all images of a group begin with.
    static std::string stamp(int number);
    /// "20250705_100100_stage2_x.png"
    static std::string imageName(int number, const std::string& stage, std::size_t slot);

    SessionOptions options(bool isWorking = true) const;
    /// Opens a session and makes it ready; a failure ends the test function.
    std::unique_ptr<ProjectSession> open(bool isWorking = true) const;

    const TempFolder& folder() const { return *m_folder; }
    std::string imagesPath() const { return m_imagesPath; }
    std::string pathInImages(std::string_view path) const { return joinPath(m_imagesPath, path); }
    const std::string& databasePath() const { return m_databasePath; }
    TestClock& clock() const { return *m_clock; }
    ImageTools& tools() const { return *m_tools; }

    /// Every file that belongs to people: without databases, backups, manifests and the catalogue.
    Census census() const;

private:
    struct Empty {
    };
    explicit ProjectFixture(Empty);

    std::unique_ptr<TempFolder> m_folder;
    std::unique_ptr<TestClock> m_clock;
    std::unique_ptr<ImageTools> m_tools;
    std::string m_imagesPath;
    std::string m_databasePath;
};

/// The group that has an image whose name holds `text`.
GroupDetail groupWith(const ProjectSession& session, const std::string& text);
/// Decides the group that has such an image.
DecisionReceipt decideGroup(ProjectSession& session, const std::string& text, const DecisionIntent& intent);
Result<DecisionReceipt> tryDecideGroup(ProjectSession& session, const std::string& text, const DecisionIntent& intent);

DecisionIntent approve(int index = 0);
DecisionIntent reject();
DecisionIntent crop(std::optional<Crop> box, int index = 0);
/// Keeps the image with the crop that was proposed for it.
DecisionIntent acceptSuggestion(const Crop& box, int index = 0);

/// Plans and carries out a finalize of everything that is decided.
FinalizeOutcome finalizeAll(ProjectSession& session);

} // namespace ps::test
