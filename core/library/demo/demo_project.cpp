// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/demo/demo_project.h"

#include "core/base/text.h"
#include "core/db/transaction.h"
#include "core/library/demo/demo_planted.h"
#include "core/library/demo/demo_script.h"
#include "core/library/filename.h"
#include "core/library/image_tools.h"
#include "core/library/review.h"
#include "core/library/suggestions.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/stat.h>

namespace ps {

namespace {

constexpr std::string_view kImagesFolder = "images";

/// One instant for everything, so that the demo is the same every time.
class FixedClock final : public Clock
{
public:
    UtcTime now() const override { return *parseTimestamp("2025-07-06T09:00:00.000000Z"); }
};

Result<void> setFixedTime(int fd)
{
    const auto time = parseTimestamp("2025-07-06T08:00:00Z")->time_since_epoch();
    const timespec fixed{std::chrono::duration_cast<std::chrono::seconds>(time).count(), 0};
    const timespec times[2] = {fixed, fixed};
    if (::futimens(fd, times) != 0)
        return errnoError("cannot set the time of a demo file", {}, errno);
    return {};
}

Result<UniqueFd> createFile(int folderFd, const std::string& name)
{
    UniqueFd fd(::openat(folderFd, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!fd.isOpen())
        return errnoError("cannot create the file", name, errno);
    return fd;
}

// ---- photographs ---------------------------------------------------------------------------------------------------

Result<std::shared_ptr<const UniqueFd>> openRoot()
{
    PS_TRY(UniqueFd root, openFolder("/"));
    return std::make_shared<const UniqueFd>(std::move(root));
}

/// The photographs that are there, with their sizes. Errors: NotFound naming the packages of those that are not.
Result<std::vector<Photograph>> findPhotographs(ImageService& images, const std::shared_ptr<const UniqueFd>& root)
{
    PS_TRY(std::vector<Photograph> photographs, demoPhotographs());
    std::set<std::string> missingPackages;
    for (Photograph& photograph : photographs) {
        const auto info = images.probe(ImageSource(root, photograph.path.substr(1)));
        if (info)
            photograph.size = info->size;
        else if (info.error().code == ErrorCode::NotFound)
            missingPackages.insert(photograph.package);
        else
            return info.error();
    }
    if (missingPackages.empty())
        return photographs;
    const std::vector<std::string> packages(missingPackages.begin(), missingPackages.end());
    return Error{ErrorCode::NotFound, "apt-get install " + join(packages, " "), "photographs for the demo", 0};
}

// ---- images and companions -----------------------------------------------------------------------------------------

std::string companionText(const DemoImage& image, const Photograph& photograph, std::string_view suffix)
{
    const std::string title = displayText(fileStem(fileName(photograph.path)));
    if (suffix == ".caption")
        return "a photograph, " + title;
    if (suffix == ".txt")
        return title + "\n";
    return "source: " + std::string(fileName(photograph.path)) + "\npackage: " + photograph.package + "\nauthor: \"" +
           photograph.author + "\"\nlicence: " + photograph.licence + "\nfile: " + image.name + "\n";
}

Result<void> writeCompanions(int folderFd, const DemoImage& image, const Photograph& photograph)
{
    for (const std::string& suffix : image.companionSuffixes) {
        PS_TRY(const UniqueFd file, createFile(folderFd, std::string(fileStem(image.name)) + suffix));
        PS_TRY_VOID(writeAll(file.get(), companionText(image, photograph, suffix)));
        PS_TRY_VOID(setFixedTime(file.get()));
    }
    return {};
}

/// Renders every image over the pool and waits for all of them.
class ImageMaker
{
public:
    ImageMaker(ImageService& images, std::shared_ptr<const UniqueFd> root, int folderFd, const DemoOptions& options)
        : m_images(images), m_root(std::move(root)), m_folderFd(folderFd), m_options(options)
    {
    }

    Result<std::int64_t> make(const std::vector<DemoGroup>& groups, const std::vector<Photograph>& photographs,
                              std::stop_token stop)
    {
        for (const DemoGroup& group : groups)
            m_total += std::ssize(group.images);
        for (const DemoGroup& group : groups) {
            for (const DemoImage& image : group.images) {
                PS_TRY_VOID(writeCompanions(m_folderFd, image, photographs[group.photograph]));
                PS_TRY_VOID(start(image, photographs[group.photograph]));
            }
        }
        std::unique_lock lock(m_mutex);
        while (m_done < m_started) {
            m_changed.wait_for(lock, std::chrono::milliseconds(100));
            if (stop.stop_requested() && !m_failure) {
                m_failure = Error{ErrorCode::Cancelled, "the demo was stopped", {}, 0};
                lock.unlock();
                m_images.cancelAll(Priority::Background);
                lock.lock();
            }
        }
        if (m_failure)
            return *m_failure;
        return m_total;
    }

private:
    Result<void> start(const DemoImage& image, const Photograph& photograph)
    {
        PS_TRY(UniqueFd file, createFile(m_folderFd, image.name));
        auto own = std::make_shared<UniqueFd>(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
        {
            const std::lock_guard lock(m_mutex);
            ++m_started;
        }
        m_images.requestRender(ImageSource(m_root, photograph.path.substr(1)), image.recipe, std::move(file),
                               Priority::Background, [this, own, name = image.name](Result<RenderReport> report) {
                                   Result<void> outcome = report ? setFixedTime(own->get()) : report.error().in(name);
                                   finished(outcome);
                               });
        return {};
    }

    void finished(const Result<void>& outcome)
    {
        std::int64_t done = 0;
        {
            const std::lock_guard lock(m_mutex);
            if (!outcome && !m_failure)
                m_failure = outcome.error();
            done = ++m_done;
        }
        if (m_options.onProgress)
            m_options.onProgress(done, m_total);
        m_changed.notify_all();
    }

    ImageService& m_images;
    std::shared_ptr<const UniqueFd> m_root;
    int m_folderFd;
    const DemoOptions& m_options;
    std::int64_t m_total = 0;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_started = 0;     // guarded by m_mutex
    std::int64_t m_done = 0;        // guarded by m_mutex
    std::optional<Error> m_failure; // guarded by m_mutex
};

// ---- decisions -----------------------------------------------------------------------------------------------------

ShownSuggestion shownSuggestion(const DemoGroup& group)
{
    return {std::string(kDemoModelId), group.suggestedIndex, group.suggestedCrop, group.confidence,
            group.action == Action::Approve && group.suggestedIndex == group.bestIndex && group.confidence > 0.8};
}

DecisionIntent intentOf(const DemoGroup& group, std::size_t index, bool decideAll)
{
    DecisionIntent intent;
    intent.action = group.action;
    intent.selectedIndex = std::max(group.bestIndex, 0);
    intent.crop = group.crop;
    const bool isCroppedLater = group.action == Action::Crop && index % 12 == 4 && !decideAll;
    if (isCroppedLater)
        intent.crop.reset();
    if (group.hasSuggestion) {
        intent.shown = shownSuggestion(group);
        intent.shown->isCropAccepted = intent.shown->isCropAccepted && !decideAll;
    }
    return intent;
}

Suggestion suggestionOf(const DemoGroup& group)
{
    return {std::string(kDemoModelId),
            group.suggestedIndex,
            group.suggestedCrop,
            group.confidence,
            {"highest stage", "subject off the centre"}};
}

/// All decisions and suggestions in one transaction: one commit makes the same file every time.
Result<std::int64_t> decideGroups(ProjectSession& session, const std::vector<DemoGroup>& groups, bool decideAll)
{
    std::vector<DecisionRequest> requests;
    std::vector<std::pair<std::string, Suggestion>> suggestions;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        PS_TRY(const GroupDetail detail, session.groupAt(static_cast<std::int64_t>(i)));
        if (std::ssize(detail.images) != std::ssize(groups[i].images))
            return Error{ErrorCode::Internal, "the demo is grouped otherwise than planned", detail.entry.key, 0};
        if (detail.row)
            continue; // a planted row
        if (groups[i].isDecided) {
            PS_TRY(DecisionRequest request, makeRequest(session, detail, intentOf(groups[i], i, decideAll)));
            requests.push_back(std::move(request));
        } else if (groups[i].hasSuggestion) {
            suggestions.emplace_back(detail.entry.key, suggestionOf(groups[i]));
        }
    }
    PS_TRY(DecisionStore* const store, session.store());
    PS_TRY_VOID(store->run([&](StoreTransaction& transaction) -> Result<void> {
        for (const DecisionRequest& request : requests)
            PS_TRY_VOID(applyDecision(transaction, request));
        for (const auto& [groupKey, suggestion] : suggestions)
            PS_TRY_VOID(storeSuggestion(transaction, groupKey, suggestion));
        return {};
    }));
    return std::ssize(requests);
}

Result<std::int64_t> decideDemo(ImageService& images, const DemoOptions& options, const std::vector<DemoGroup>& groups,
                                const Clock& clock)
{
    SessionOptions session;
    session.workspacePath = options.targetPath;
    session.projectId = kDemoProjectId;
    session.isWorking = true;
    session.annotator = "demo";
    session.program = "proofsheet demo";
    session.host = "demo";
    session.sessionToken = "demo";
    session.clock = &clock;
    session.images = makeImageTools(images);
    session.keepsCatalogueInMemory = true;
    PS_TRY(const auto opened, ProjectSession::open(std::move(session)));
    PS_TRY_VOID(opened->makeReady({}, {}));
    return decideGroups(*opened, groups, options.decideAll);
}

} // namespace

Result<DemoReport> createDemo(ImageService& images, const DemoOptions& options, std::stop_token stop)
{
    PS_TRY(const auto root, openRoot());
    PS_TRY(const std::vector<Photograph> photographs, findPhotographs(images, root));
    const std::vector<DemoGroup> groups = demoGroups(photographs, options.decideAll);

    if (::mkdir(options.targetPath.c_str(), 0777) != 0 && errno != EEXIST)
        return errnoError("cannot make the folder", options.targetPath, errno);
    PS_TRY(const Workspace workspace, Workspace::open(options.targetPath));
    PS_TRY(const std::vector<std::string> existing, folderEntries(workspace.folderFd()));
    if (!existing.empty())
        return Error{ErrorCode::AlreadyExists, "the folder is not empty", options.targetPath, 0};
    PS_TRY(const UniqueFd folder, makeFoldersBeneath(workspace.folderFd(), kImagesFolder));
    ImageMaker maker(images, root, folder.get(), options);
    DemoReport report;
    PS_TRY(report.images, maker.make(groups, photographs, stop));
    report.groups = std::ssize(groups);

    const FixedClock clock;
    PS_TRY(ProjectManifest manifest,
           createProject(workspace, kDemoProjectId, joinPath(options.targetPath, kImagesFolder), clock.now()));
    manifest.setTitle("Demo");
    manifest.setInitialImageCount(report.images);
    PS_TRY_VOID(manifest.save(workspace));
    if (!options.decideAll) {
        PS_TRY(report.planted, plantProblems(workspace, kDemoProjectId, groups, folder.get(), clock.now()));
        PS_TRY(const UniqueFd sidecar, openFileBeneath(folder.get(), kOrphanSidecar));
        PS_TRY_VOID(setFixedTime(sidecar.get()));
    }
    PS_TRY(report.decided, decideDemo(images, options, groups, clock));
    return report;
}

} // namespace ps
