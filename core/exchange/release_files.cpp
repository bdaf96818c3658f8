// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_files.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/decisions/frozen_groups.h"
#include "core/exchange/release_rules.h"
#include "core/imaging/image_service.h"
#include "core/library/image_measures_table.h"

#include <algorithm>
#include <latch>

namespace ps {

namespace {

constexpr std::size_t kGroupsAtOnce = 64;

/// What a failure of one file means for the release; nothing when it is a failure of the machine.
std::optional<std::string_view> reasonOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound: return exclusion::kMissing;
    case ErrorCode::Conflict: return exclusion::kChanged;
    case ErrorCode::Refused:
    case ErrorCode::TooLarge:
    case ErrorCode::Unsupported:
    case ErrorCode::Corrupt:
    case ErrorCode::Timeout:
    case ErrorCode::WorkerCrashed: return exclusion::kUnreadable;
    default: return std::nullopt;
    }
}

struct Surveyed {
    ImageInfo info;
    ImageMeasures measures;
};

/// One image that is being looked at.
struct Look {
    ReleaseCandidateImage* image = nullptr;
    bool isRelative = false; ///< not part of the release
    std::optional<Place> place;
    std::optional<StoredMeasures> known;
    std::optional<Result<ImageInfo>> info;
    std::optional<Result<Surveyed>> survey;
    std::optional<Error> problem;
};

class FileLook
{
public:
    FileLook(const ProjectSession& session, ImageService& images, const ExportRequest& request, Connection database,
             const std::vector<std::string>& columns, Spool spool)
        : m_session(session), m_images(images), m_needsFiles(exportFormatInfo(request.format).hasImages),
          m_hasSplit(request.split.has_value()), m_database(std::move(database)), m_columns(columns),
          m_result{.candidates = std::move(spool)}
    {
    }

    Result<void> add(std::string_view record)
    {
        m_chunk.push_back(candidateFromBytes(record, m_columns));
        return m_chunk.size() < kGroupsAtOnce ? Result<void>() : work();
    }

    Result<ReleaseFiles> finish()
    {
        PS_TRY_VOID(work());
        PS_TRY_VOID(m_result.candidates.flush());
        return std::move(m_result);
    }

private:
    Result<void> work()
    {
        std::vector<std::vector<Look>> looks;
        for (ReleaseCandidate& candidate : m_chunk) {
            std::vector<GroupMember> decided;
            if (m_needsFiles && !candidate.groupKey.empty()) {
                PS_TRY(auto frozen, findFrozenGroup(m_database, candidate.groupKey));
                if (frozen)
                    decided = std::move(frozen->members);
            }
            std::vector<Look>& ofGroup = looks.emplace_back();
            for (ReleaseCandidateImage& image : candidate.images) {
                PS_TRY(Look look, begin(image, decided));
                ofGroup.push_back(std::move(look));
            }
            for (ReleaseCandidateImage& image : candidate.relatives) {
                PS_TRY(Look look, begin(image, {}));
                look.isRelative = true;
                ofGroup.push_back(std::move(look));
            }
        }
        ask(looks);
        for (std::size_t i = 0; i < m_chunk.size(); ++i) {
            for (Look& look : looks[i])
                PS_TRY_VOID(complete(look));
            PS_TRY_VOID(keepOrExclude(m_chunk[i], looks[i]));
        }
        m_chunk.clear();
        return {};
    }

    /// What can be told without opening the file.
    Result<Look> begin(ReleaseCandidateImage& image, const std::vector<GroupMember>& decided)
    {
        Look look;
        look.image = &image;
        if (!image.isKnown) {
            look.problem = Error{ErrorCode::NotFound, "no such image in the project", image.sourceName, 0};
            return look;
        }
        auto place = m_session.folders().locate(image.currentPath);
        if (!place) {
            look.problem = std::move(place).error();
            return look;
        }
        const auto identity = identifyBeneath(place->rootFd(), place->path);
        if (!identity) {
            if (!reasonOf(identity.error()))
                return identity.error().in(image.currentPath);
            look.problem = identity.error();
            return look;
        }
        const auto member = std::ranges::find(decided, image.path, &GroupMember::path);
        if (member != decided.end() && !isUnchanged(member->identity, *identity)) {
            look.problem = Error{ErrorCode::Conflict, "changed since it was decided", image.currentPath, 0};
            return look;
        }
        image.identity = *identity;
        look.place = *std::move(place);
        PS_TRY(look.known, m_session.withCatalogue([&](const Catalogue& catalogue) {
            return findMeasures(catalogue.connection(), image.path, image.identity);
        }));
        return look;
    }

    enum class Question { Nothing, Info, Survey };

    Question questionFor(const Look& look) const
    {
        if (!look.place)
            return Question::Nothing;
        if (m_hasSplit && !(look.known && look.known->measures))
            return Question::Survey;
        return m_needsFiles && !look.isRelative ? Question::Info : Question::Nothing;
    }

    /// Has all images of the chunk looked at by the workers at once.
    void ask(std::vector<std::vector<Look>>& looks)
    {
        std::ptrdiff_t count = 0;
        for (const auto& ofGroup : looks)
            count += std::ranges::count_if(ofGroup,
                                           [this](const Look& look) { return questionFor(look) != Question::Nothing; });
        std::latch open(count);
        for (auto& ofGroup : looks) {
            for (Look& look : ofGroup)
                ask(look, open);
        }
        open.wait();
    }

    void ask(Look& look, std::latch& open)
    {
        const Question question = questionFor(look);
        if (question == Question::Nothing)
            return;
        const ImageSource source(look.place->root, look.place->path);
        if (question == Question::Info) {
            m_images.requestProbe(source, Priority::Background, [&look, &open](Result<ImageInfo> result) {
                look.info = std::move(result);
                open.count_down();
            });
            return;
        }
        m_images.requestSurvey(source, {.wantsHash = true}, Priority::Background,
                               [&look, &open](Result<SurveyResult> result) {
                                   if (result) // without its pixels
                                       look.survey = Surveyed{result->pixels.info(), result->measures};
                                   else
                                       look.survey = std::move(result).error();
                                   open.count_down();
                               });
    }

    Result<void> complete(Look& look)
    {
        const bool canDoWithout = look.isRelative || !m_needsFiles; // its content hash, or its name, ties it as well
        if (look.survey)
            takeSurvey(look);
        if (look.info)
            takeInfo(look, *look.info);
        if (look.problem && !reasonOf(*look.problem))
            return look.problem->in(look.image->currentPath);
        if (!look.place || (look.problem && !canDoWithout))
            return {};
        if (look.known && look.known->measures) {
            look.image->perceptualHash = look.known->measures->perceptualHash;
            if (look.image->sha256.empty())
                look.image->sha256 = look.known->measures->sha256;
        }
        if (look.image->sha256.empty())
            PS_TRY_VOID(hash(look));
        if (look.problem && !reasonOf(*look.problem))
            return look.problem->in(look.image->currentPath);
        return {};
    }

    void takeSurvey(Look& look) const
    {
        if (!*look.survey) {
            look.problem = look.survey->error();
            return;
        }
        const auto& [info, measures] = **look.survey;
        takeInfo(look, info);
        if (look.problem)
            return;
        look.image->sha256 = measures.sha256;
        look.image->perceptualHash = measures.perceptualHash;
        discard(m_session.withCatalogue([&](const Catalogue& catalogue) {
            return putImageSurvey(catalogue.connection(), look.image->path, info, measures);
        }),
                "the catalogue only saves the next look");
    }

    void takeInfo(Look& look, const Result<ImageInfo>& info) const
    {
        if (!info) {
            look.problem = info.error();
        } else if (!isUnchanged(look.image->identity, info->identity)) {
            look.problem = Error{ErrorCode::Conflict, "changed while it was looked at", look.image->currentPath, 0};
        } else if (m_needsFiles) { // else the row says it, whether somebody looked or not
            look.image->format = info->format;
            look.image->size = info->size;
            look.image->orientation = info->orientation;
        }
    }

    Result<void> hash(Look& look)
    {
        ReleaseCandidateImage& image = *look.image;
        PS_TRY(image.sha256, m_session.withCatalogue([&](const Catalogue& catalogue) {
            return findImageHash(catalogue.connection(), image.path, image.identity);
        }));
        if (!image.sha256.empty())
            return {};
        const auto file = openFileBeneath(look.place->rootFd(), look.place->path);
        const auto hashed = file ? sha256OfFile(file->get()) : Result<std::string>(file.error());
        if (!hashed) {
            look.problem = hashed.error();
            return {};
        }
        image.sha256 = *hashed;
        discard(m_session.withCatalogue([&](const Catalogue& catalogue) {
            return putImageHash(catalogue.connection(), image.path, image.identity, image.sha256);
        }),
                "the catalogue only saves the next look");
        return {};
    }

    Result<void> keepOrExclude(ReleaseCandidate& candidate, const std::vector<Look>& looks)
    {
        if (!m_needsFiles)
            return keep(candidate);
        std::vector<ReleaseCandidateImage> good;
        std::map<std::string, std::int64_t> bad;
        std::optional<std::string> decisive;
        for (const Look& look : looks) {
            if (look.isRelative)
                continue;
            if (!look.problem) {
                good.push_back(*look.image);
                noteSize(candidate, *look.image);
                dropWholeCrop(candidate, good.back());
                continue;
            }
            const std::string reason(*reasonOf(*look.problem));
            noteProblem(candidate, *look.image, reason, *look.problem);
            ++bad[reason];
            const bool isDecisive = look.image->role == ImageRole::Winner || good.empty();
            if (isDecisive && (!decisive || look.image->role == ImageRole::Winner))
                decisive = reason;
        }
        const bool hasWinner = candidate.action == Action::Reject || std::ranges::any_of(good, [](const auto& image) {
                                   return image.role == ImageRole::Winner;
                               });
        if (good.empty() || !hasWinner) {
            ++m_result.excluded[decisive.value_or(std::string(exclusion::kMissing))];
            return {};
        }
        for (const auto& [reason, count] : bad)
            m_result.leftOut[reason] += count;
        candidate.images = std::move(good);
        return keep(candidate);
    }

    /// The file says better than the row whether a crop keeps every pixel.
    static void dropWholeCrop(ReleaseCandidate& candidate, ReleaseCandidateImage& image)
    {
        if (!image.crop || !keepsWhole(*image.crop, image.size))
            return;
        image.crop.reset();
        candidate.action = Action::Approve;
    }

    Result<void> keep(const ReleaseCandidate& candidate)
    {
        PS_TRY_VOID(m_result.candidates.append(candidateBytes(candidate)));
        ++m_result.candidateCount;
        return {};
    }

    void noteProblem(const ReleaseCandidate& candidate, const ReleaseCandidateImage& image, const std::string& reason,
                     const Error& problem)
    {
        if (reason == exclusion::kMissing && image.role == ImageRole::Winner)
            m_result.findings.add("file_missing", candidate.groupId, 0, displayText(image.sourceName));
        else if (reason == exclusion::kUnreadable)
            m_result.findings.add("file_unreadable", candidate.groupId, 0,
                                  displayText(image.sourceName) + ": " + problem.message);
    }

    void noteSize(const ReleaseCandidate& candidate, const ReleaseCandidateImage& image)
    {
        const auto width = candidate.row.integer("image_width");
        const auto height = candidate.row.integer("image_height");
        if (image.role != ImageRole::Winner || !width || !height || *width <= 0 || *height <= 0 ||
            (*width == image.size.width && *height == image.size.height))
            return;
        m_result.findings.add("size_differs", candidate.groupId, 0,
                              std::to_string(*width) + " x " + std::to_string(*height) + " in the row, " +
                                  std::to_string(image.size.width) + " x " + std::to_string(image.size.height) +
                                  " in the file");
    }

    const ProjectSession& m_session;
    ImageService& m_images;
    bool m_needsFiles;
    bool m_hasSplit;
    Connection m_database;
    const std::vector<std::string>& m_columns;
    std::vector<ReleaseCandidate> m_chunk;
    ReleaseFiles m_result;
};

} // namespace

Result<ReleaseFiles> lookAtReleaseFiles(const ProjectSession& session, ImageService& images,
                                        const ExportRequest& request, const ReleaseSelection& selection,
                                        const std::string& scratchFolder,
                                        const std::function<void(std::int64_t done)>& onProgress, std::stop_token stop)
{
    PS_TRY(Spool spool, Spool::make(scratchFolder));
    PS_TRY(Connection database, session.openReader());
    FileLook look(session, images, request, std::move(database), selection.columns, std::move(spool));
    Spool::Reader reader(selection.candidates, 0);
    for (std::int64_t done = 0;; ++done) {
        PS_TRY(const bool hasRecord, reader.next());
        if (!hasRecord)
            return look.finish();
        PS_TRY_VOID(look.add(reader.record()));
        if (done % static_cast<std::int64_t>(kGroupsAtOnce) != 0)
            continue;
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", session.projectId(), 0};
        onProgress(done);
    }
}

} // namespace ps
