// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/survey.h"

#include "core/db/transaction.h"
#include "core/library/image_measures_table.h"

#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>
#include <set>

namespace ps {

namespace {

constexpr std::int64_t kPage = 256;
constexpr std::int64_t kWindow = 4096; ///< groups that are looked through while nobody else reads the catalogue
constexpr std::size_t kBatch = 128;    ///< lines in one transaction
constexpr std::size_t kMaxProblems = 100;

/// Whether the same file would give the same answer again.
bool isOfTheFile(ErrorCode code)
{
    return code == ErrorCode::Corrupt || code == ErrorCode::Unsupported || code == ErrorCode::TooLarge ||
           code == ErrorCode::Timeout || code == ErrorCode::WorkerCrashed || code == ErrorCode::Refused;
}

class ProjectSurvey
{
public:
    ProjectSurvey(const ProjectSession& session, ImageService& images, const ProjectSurveyOptions& options,
                  const std::function<void(const ProjectSurveyProgress&)>& onProgress, std::stop_token stop)
        : m_session(session), m_images(images), m_options(options), m_onProgress(onProgress), m_stop(std::move(stop))
    {
    }

    /// Waits for what is with the workers: their answers come here.
    ~ProjectSurvey()
    {
        cancelOpen();
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_open.empty(); });
    }

    Result<ProjectSurveyReport> run()
    {
        PS_TRY(const GroupCounts counts, m_session.counts());
        m_progress.total = counts.total();
        PS_TRY(const std::int64_t end, endOfImages());
        for (std::int64_t first = 0; first < end && !isEnough(); first += kWindow)
            PS_TRY_VOID(surveyWindow(first));
        PS_TRY_VOID(makeRoom(1));
        PS_TRY_VOID(save(1));
        m_report.surveyed = m_progress.surveyed;
        m_report.failed = m_progress.failed;
        return std::move(m_report);
    }

private:
    struct Finished {
        UnsurveyedImage image;
        Result<SurveyResult> outcome;
    };

    /// One behind the last group with an image.
    Result<std::int64_t> endOfImages() const
    {
        return m_session.withCatalogue([](const Catalogue& catalogue) {
            return catalogue.connection().queryInteger("SELECT coalesce(max(ordinal), -1) + 1 FROM images");
        });
    }

    bool isEnough() const { return m_options.most > 0 && m_launched >= m_options.most; }

    Result<void> surveyWindow(std::int64_t first)
    {
        PS_TRY_VOID(makeRoom(m_options.inFlight)); // a stop counts where there is nothing to do, too
        for (ImagePlace after{first - 1, std::numeric_limits<std::int64_t>::max()};;) {
            PS_TRY(const std::vector<UnsurveyedImage> page, nextPage(after, first + kWindow - 1));
            if (page.empty())
                return {};
            for (const UnsurveyedImage& image : page) {
                if (isEnough())
                    return {};
                PS_TRY_VOID(makeRoom(m_options.inFlight));
                launch(image);
            }
            after = page.back().place;
        }
    }

    Result<std::vector<UnsurveyedImage>> nextPage(ImagePlace after, std::int64_t lastOrdinal) const
    {
        return m_session.withCatalogue([&](const Catalogue& catalogue) {
            return unsurveyedImages(catalogue.connection(), after, m_options.wantsHash, kPage, lastOrdinal);
        });
    }

    void launch(const UnsurveyedImage& image)
    {
        ++m_launched;
        const auto place = m_session.folders().locate(image.currentPath);
        if (!place) {
            const std::lock_guard lock(m_mutex);
            m_finished.push_back({image, place.error()});
            return;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_open.insert(image.place);
        }
        const SurveyOptions options{ThumbnailClass::Small, m_options.wantsHash, false};
        const JobId job = m_images.requestSurvey(ImageSource(place->root, place->path), options, Priority::Background,
                                                 [this, image](Result<SurveyResult> outcome) {
                                                     const std::lock_guard lock(m_mutex);
                                                     m_open.erase(image.place);
                                                     m_finished.push_back({image, std::move(outcome)});
                                                     m_changed.notify_all();
                                                 });
        m_jobs.push_back(job);
        if (m_jobs.size() > 4 * m_options.inFlight)
            m_jobs.pop_front(); // long over
    }

    /// Waits until fewer than so many images are with the workers, and saves what has come meanwhile.
    Result<void> makeRoom(std::size_t limit)
    {
        for (;;) {
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, m_stop, [&] { return m_open.size() < limit || m_finished.size() >= kBatch; });
                if (m_open.size() < limit && m_finished.size() < kBatch)
                    break;
            }
            if (m_stop.stop_requested())
                break;
            PS_TRY_VOID(save(kBatch));
        }
        if (!m_stop.stop_requested())
            return {};
        cancelOpen();
        PS_TRY_VOID(save(1)); // what is done stays done
        return Error{ErrorCode::Cancelled, "the survey was cancelled", m_session.projectId(), 0};
    }

    void cancelOpen()
    {
        for (const JobId job : m_jobs)
            m_images.cancel(job);
        m_jobs.clear();
    }

    /// Puts what has come into the catalogue, if it is at least so much.
    Result<void> save(std::size_t least)
    {
        std::deque<Finished> finished;
        {
            const std::lock_guard lock(m_mutex);
            if (m_finished.size() < least)
                return {};
            finished.swap(m_finished);
        }
        PS_TRY_VOID(m_session.withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
            PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue.connection()));
            for (const Finished& one : finished)
                PS_TRY_VOID(note(catalogue.connection(), one));
            return transaction.commit();
        }));
        for (Finished& one : finished)
            count(one);
        m_onProgress(m_progress);
        return {};
    }

    static Result<void> note(const Connection& catalogue, const Finished& one)
    {
        if (!one.outcome) {
            const Error& error = one.outcome.error();
            return isOfTheFile(error.code)
                       ? putImageSize(catalogue, one.image.path, one.image.identity, {}, error.message)
                       : Result<void>();
        }
        PS_TRY_VOID(putImageSurvey(catalogue, one.image.path, one.outcome->pixels.info(), one.outcome->measures));
        return noteCoverMeasures(catalogue, one.image.place, one.image.path);
    }

    void count(Finished& one)
    {
        m_progress.position = std::max(m_progress.position, one.image.place.ordinal + 1);
        if (one.outcome) {
            ++m_progress.surveyed;
            const ImageInfo& info = one.outcome->pixels.info();
            if (m_options.thumbnails)
                m_options.thumbnails->keep({{info.identity, one.outcome->measures.sha256},
                                            ThumbnailClass::Small,
                                            {std::move(one.outcome->thumbnail), info}});
        } else if (one.outcome.error().code != ErrorCode::Cancelled) {
            ++m_progress.failed;
            if (m_report.problems.size() < kMaxProblems) {
                Error error = one.outcome.error();
                error.context = one.image.currentPath;
                m_report.problems.push_back(std::move(error));
            }
        }
    }

    const ProjectSession& m_session;
    ImageService& m_images;
    const ProjectSurveyOptions& m_options;
    const std::function<void(const ProjectSurveyProgress&)>& m_onProgress;
    std::stop_token m_stop;
    ProjectSurveyProgress m_progress;
    ProjectSurveyReport m_report;
    std::deque<JobId> m_jobs;
    std::int64_t m_launched = 0;

    std::mutex m_mutex; ///< guards the next three
    std::condition_variable_any m_changed;
    std::set<ImagePlace> m_open; ///< with the workers
    std::deque<Finished> m_finished;
};

} // namespace

Result<ProjectSurveyReport> surveyProject(const ProjectSession& session, ImageService& images,
                                          const ProjectSurveyOptions& options,
                                          const std::function<void(const ProjectSurveyProgress&)>& onProgress,
                                          std::stop_token stop)
{
    return ProjectSurvey(session, images, options, onProgress, std::move(stop)).run();
}

} // namespace ps
