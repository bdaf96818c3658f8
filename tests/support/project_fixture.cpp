// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/project_fixture.h"

#include "core/library/project.h"
#include "tests/support/checks.h"

#include <QProcess>

#include <filesystem>

namespace ps::test {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxBytes = 10'000'000;

Result<std::string> bytesAt(const Place& place)
{
    PS_TRY(std::string bytes, readFileBeneath(place.rootFd(), place.path, kMaxBytes));
    if (bytes.starts_with("broken"))
        return Error{ErrorCode::Corrupt, "not an image", place.path, 0};
    return bytes;
}

} // namespace

std::string fakeCut(const PixelBox& box, const std::string& sourceBytes)
{
    return "cut " + std::to_string(box.x1) + " " + std::to_string(box.y1) + " " + std::to_string(box.x2) + " " +
           std::to_string(box.y2) + " of " + sourceBytes;
}

ImageTools fakeImageTools()
{
    ImageTools tools;
    tools.measure = [](const Place& place) -> Result<ImageSize> {
        PS_TRY_VOID(bytesAt(place));
        return ImageSize{2000, 1000};
    };
    tools.cut = [](const Place& source, PixelBox box, int output) -> Result<void> {
        PS_TRY(const std::string bytes, bytesAt(source));
        return writeAll(output, fakeCut(box, bytes));
    };
    return tools;
}

ProjectFixture::ProjectFixture(const std::string& imagesPath)
    : m_folder(std::make_unique<TempFolder>()), m_clock(std::make_unique<TestClock>()),
      m_tools(std::make_unique<ImageTools>(fakeImageTools())),
      m_imagesPath(imagesPath.starts_with('/') ? imagesPath : m_folder->pathOf(imagesPath))
{
    fs::create_directories(m_folder->pathOf("ws"));
    fs::create_directories(m_imagesPath);
    const Workspace workspace = must(Workspace::open(m_folder->pathOf("ws")));
    must(createProject(workspace, "p1", m_imagesPath, m_clock->now()));
    m_databasePath = workspace.databasePath("p1");
}

ProjectFixture::ProjectFixture(Empty)
    : m_folder(std::make_unique<TempFolder>()), m_clock(std::make_unique<TestClock>()),
      m_tools(std::make_unique<ImageTools>(fakeImageTools()))
{
}

ProjectFixture ProjectFixture::copy() const
{
    ProjectFixture other{Empty{}};
    QProcess process;
    process.start(QStringLiteral("cp"), {QStringLiteral("-a"), QString::fromStdString(m_folder->path() + "/."),
                                         QString::fromStdString(other.m_folder->path())});
    if (!process.waitForFinished() || process.exitCode() != 0)
        throw std::runtime_error("cp failed");
    const auto moved = [&](const std::string& path) {
        return other.m_folder->path() + path.substr(m_folder->path().size());
    };
    other.m_imagesPath = moved(m_imagesPath);
    other.m_databasePath = moved(m_databasePath);
    other.m_clock->set(m_clock->now());
    return other;
}

std::string ProjectFixture::stamp(int number)
{
    const std::string minute = std::to_string(100 + number % 60).substr(1);
    const std::string hour = std::to_string(110 + number / 60).substr(1);
    return "20250705_" + hour + minute;
}

std::string ProjectFixture::imageName(int number, const std::string& stage, std::size_t slot)
{
    return stamp(number) + "0" + std::to_string(slot) + "_stage" + stage + "_x.png";
}

void ProjectFixture::addFile(const std::string& pathInImages, const std::string& bytes) const
{
    const std::string path = joinPath(m_imagesPath, pathInImages);
    fs::create_directories(fs::path(path).parent_path());
    must(writeFileDurably(path, bytes, Replace::Atomic));
}

void ProjectFixture::addGroup(int number, const std::vector<std::string>& stages, const std::string& folder) const
{
    for (std::size_t slot = 0; slot < stages.size(); ++slot) {
        const std::string path = joinPath(folder, imageName(number, stages[slot], slot));
        addFile(path, "image " + path);
    }
}

void ProjectFixture::addSingle(const std::string& name, const std::string& folder) const
{
    addFile(joinPath(folder, name), "image " + joinPath(folder, name));
}

SessionOptions ProjectFixture::options(bool isWorking) const
{
    SessionOptions options;
    options.workspacePath = m_folder->pathOf("ws");
    options.projectId = "p1";
    options.isWorking = isWorking;
    options.annotator = "anna";
    options.program = "tests 1.0";
    options.clock = m_clock.get();
    options.images = *m_tools;
    options.cataloguePath = m_folder->pathOf("cache/p1.db");
    return options;
}

std::unique_ptr<ProjectSession> ProjectFixture::open(bool isWorking) const
{
    auto session = must(ProjectSession::open(options(isWorking)));
    must(session->makeReady({}, {}));
    return session;
}

Census ProjectFixture::census() const
{
    Census census = takeCensus(m_folder->path(), {"cache", "ws/data/training", "ws/data/backups", "ws/data/projects"});
    if (!m_imagesPath.starts_with(m_folder->path() + "/")) {
        const std::string parent = fs::path(m_imagesPath).parent_path().string();
        for (const auto& [path, what] : takeCensus(parent))
            census["<images>/" + path] = what;
    }
    return census;
}

GroupDetail groupWith(const ProjectSession& session, const std::string& text)
{
    const auto ordinal = must(session.find(text, 0));
    if (!ordinal)
        throw std::runtime_error("no group has an image like " + text);
    return must(session.groupAt(*ordinal));
}

Result<DecisionReceipt> tryDecideGroup(ProjectSession& session, const std::string& text, const DecisionIntent& intent)
{
    PS_TRY(const DecisionRequest request, makeRequest(session, groupWith(session, text), intent));
    return decide(session, request);
}

DecisionReceipt decideGroup(ProjectSession& session, const std::string& text, const DecisionIntent& intent)
{
    return must(tryDecideGroup(session, text, intent));
}

DecisionIntent approve(int index)
{
    return {Action::Approve, index, {}, {}};
}

DecisionIntent reject()
{
    return {Action::Reject, 0, {}, {}};
}

DecisionIntent crop(std::optional<Crop> box, int index)
{
    return {Action::Crop, index, box, {}};
}

DecisionIntent acceptSuggestion(const Crop& box, int index)
{
    return {Action::Approve, index, {}, ShownSuggestion{"model-1", index, box, 0.75, true}};
}

FinalizeOutcome finalizeAll(ProjectSession& session)
{
    const FinalizePlan plan = must(prepareFinalize(session, false, {}));
    return must(finalize(session, plan, {}, {}));
}

} // namespace ps::test
