// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_plan.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/image_format_writer.h"
#include "core/exchange/portable_name.h"
#include "core/exchange/release_checks.h"
#include "core/exchange/release_files.h"
#include "core/exchange/release_names.h"
#include "core/exchange/release_sides.h"

#include <numeric>

namespace ps {

namespace {

constexpr std::string_view kTieAction = "tie";
constexpr std::size_t kNameDigits = 8;

/// How groups are reached in their order: by place, with what is not in their records.
std::string orderPayload(std::int64_t place, std::optional<ReleaseSide> side, const std::vector<std::string>& names)
{
    RecordWriter out;
    out.signedNumber(place).number(side ? static_cast<std::uint64_t>(*side) + 1 : 0).number(names.size());
    for (const std::string& name : names)
        out.text(name);
    return out.bytes();
}

ReleaseImage releaseImage(const ReleaseCandidateImage& candidate, const ProjectSession& session)
{
    ReleaseImage image;
    image.slot = candidate.slot;
    image.role = candidate.role;
    image.sourceName = candidate.sourceName;
    image.identity = candidate.identity;
    image.sha256 = candidate.sha256;
    image.format = candidate.format;
    image.size = candidate.size;
    image.orientation = candidate.orientation;
    image.crop = candidate.crop;
    image.boxes = candidate.boxes;
    image.classes = candidate.classes;
    if (candidate.isKnown && !candidate.isMissing) {
        if (auto place = session.folders().locate(candidate.currentPath))
            image.place = *std::move(place);
        if (const auto original = session.folders().locate(candidate.path))
            image.folder = parentPath(original->path);
    }
    return image;
}

} // namespace

std::string releaseImageKey(const std::string& sha256, std::string_view directory, std::string_view name)
{
    return sha256.empty() ? std::string(kNameKeyPrefix) + joinPath(directory, name) : sha256;
}

struct ReleasePlan::State {
    State(const ProjectSession& openSession, ExportRequest wanted, Options given, Spool spool)
        : session(openSession), request(std::move(wanted)), info(exportFormatInfo(request.format)),
          options(std::move(given)), candidates(std::move(spool))
    {
        if (info.hasImages && !info.hasBoxes)
            request.crops = CropMode::Applied;
    }

    void report(std::string_view phase, std::int64_t done, std::int64_t total) const
    {
        if (options.onProgress)
            options.onProgress({done, total, phase});
    }

    Result<void> prepare(ImageService& images, std::stop_token stop);
    Result<void> arrange(std::stop_token stop);
    Result<void> gatherNamesAndSides(std::stop_token stop);
    void count(const ReleaseCandidate& candidate, std::optional<ReleaseSide> side);
    std::vector<std::string> classesWritten(const ReleaseCandidate& candidate,
                                            const ReleaseCandidateImage& image) const;
    void addToDigest(const ReleaseCandidate& candidate, std::optional<ReleaseSide> side,
                     const std::vector<std::string>& names);
    Result<void> nameRelease();
    ReleaseGroup groupOf(ReleaseCandidate candidate, std::optional<ReleaseSide> side,
                         std::vector<std::string> names) const;

    const ProjectSession& session;
    ExportRequest request;
    const ExportFormatInfo& info;
    Options options;
    ReleasePreview preview;
    std::vector<std::string> columns;
    Spool candidates;
    std::int64_t candidateCount = 0;
    std::string ledgerHead;
    std::int64_t ledgerSeq = 0;
    std::optional<ReleaseNames> names;
    std::optional<ReleaseSides> sides;
    std::unique_ptr<ExternalSorter> order; ///< null: as the candidates lie there
    Sha256 digest;
    std::string contentSha256;
};

ReleasePlan::ReleasePlan() = default;
ReleasePlan::~ReleasePlan() = default;

const ReleasePreview& ReleasePlan::preview() const
{
    return m_state->preview;
}

const std::string& ReleasePlan::contentSha256() const
{
    return m_state->contentSha256;
}

const std::string& ReleasePlan::ledgerHead() const
{
    return m_state->ledgerHead;
}

std::int64_t ReleasePlan::ledgerSeq() const
{
    return m_state->ledgerSeq;
}

Result<std::unique_ptr<ReleasePlan>> ReleasePlan::make(const ProjectSession& session, ImageService& images,
                                                       const ExportRequest& request, const Options& options,
                                                       std::stop_token stop)
{
    PS_TRY_VOID(checkRulesAreKnown(request));
    if (!request.name.empty() && portableStem(request.name, true) != request.name)
        return Error{ErrorCode::InvalidInput, "the name of a release is a portable file name of at most 200 bytes",
                     displayText(request.name), 0};
    PS_TRY(Spool spool, Spool::make(options.scratchFolder));
    std::unique_ptr<ReleasePlan> plan(new ReleasePlan);
    plan->m_state = std::make_unique<State>(session, request, options, std::move(spool));
    PS_TRY_VOID(plan->m_state->prepare(images, stop));
    PS_TRY_VOID(plan->m_state->arrange(stop));
    return plan;
}

Result<void> ReleasePlan::State::prepare(ImageService& images, std::stop_token stop)
{
    PS_TRY(ReleaseSelection selection, selectForRelease(
                                           session, request, options.scratchFolder,
                                           [this](std::int64_t done) { report("select", done, 0); }, stop));
    columns = selection.columns;
    ledgerHead = selection.ledgerHead;
    ledgerSeq = selection.ledgerSeq;
    preview.inView = selection.inView;
    preview.excluded = selection.excluded;
    FindingList findings = selection.findings;
    if (info.hasImages || request.split) {
        const std::int64_t total = selection.candidateCount;
        PS_TRY(ReleaseFiles files, lookAtReleaseFiles(
                                       session, images, request, selection, options.scratchFolder,
                                       [&](std::int64_t done) { report("hash", done, total); }, stop));
        for (const auto& [reason, count] : files.excluded)
            preview.excluded[reason] += count;
        preview.leftOutImages = files.leftOut;
        findings.append(files.findings);
        candidates = std::move(files.candidates);
        candidateCount = files.candidateCount;
    } else {
        candidates = std::move(selection.candidates);
        candidateCount = selection.candidateCount;
    }
    preview.checks = applyCheckRules(findings, request);
    preview.exported = candidateCount;
    std::int64_t accounted = preview.exported;
    for (const auto& [reason, count] : preview.excluded)
        accounted += count;
    if (accounted != preview.inView)
        return Error{ErrorCode::Internal,
                     "counts do not reconcile: " + std::to_string(preview.inView) + " in view, " +
                         std::to_string(accounted) + " accounted for",
                     session.projectId(), 0};
    return {};
}

/// First walk: what names and sides are made from.
Result<void> ReleasePlan::State::gatherNamesAndSides(std::stop_token stop)
{
    if (info.hasImages)
        names.emplace(options.scratchFolder, request.format != ExportFormat::WebDataset);
    if (request.split) {
        PS_TRY(Connection database, session.openReader());
        sides.emplace(session.projectId(), std::move(database), *request.split, request.seed, options.scratchFolder);
    }
    if (!names && !sides)
        return {};
    Spool::Reader reader(candidates, 0);
    for (;;) {
        PS_TRY(const bool hasRecord, reader.next());
        if (!hasRecord)
            break;
        const ReleaseCandidate candidate = candidateFromBytes(reader.record(), columns);
        for (const ReleaseCandidateImage& image : candidate.images) {
            if (names)
                PS_TRY_VOID(names->add(image.sourceName, formatExtension(image.format)));
        }
        if (sides)
            PS_TRY_VOID(sides->add(candidate));
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", session.projectId(), 0};
    }
    report("split", 0, candidateCount);
    if (names)
        PS_TRY_VOID(names->finish());
    if (sides) {
        PS_TRY_VOID(sides->finish(stop));
        preview.leaks = sides->leaks();
    }
    return {};
}

/// Second walk: counts, the digest, and the order.
Result<void> ReleasePlan::State::arrange(std::stop_token stop)
{
    PS_TRY_VOID(gatherNamesAndSides(stop));
    if (names || sides)
        order = std::make_unique<ExternalSorter>(options.scratchFolder);
    Spool::Reader reader(candidates, 0);
    std::int64_t place = 0;
    for (;;) {
        PS_TRY(const bool hasRecord, reader.next());
        if (!hasRecord)
            break;
        const ReleaseCandidate candidate = candidateFromBytes(reader.record(), columns);
        const std::optional<ReleaseSide> side = sides ? std::optional(sides->next()) : std::nullopt;
        std::vector<std::string> ofGroup;
        for (std::size_t i = 0; names && i < candidate.images.size(); ++i) {
            PS_TRY(std::string name, names->next());
            ofGroup.push_back(std::move(name));
        }
        count(candidate, side);
        addToDigest(candidate, side, ofGroup);
        if (order) {
            std::string key(1, side ? static_cast<char>(*side) : '\0');
            key += (ofGroup.empty() ? std::string() : ofGroup.front()) + '\0' + candidate.groupId + '\0' +
                   candidate.groupKey;
            PS_TRY_VOID(order->add(key, orderPayload(place, side, ofGroup)));
        }
        place += static_cast<std::int64_t>(reader.record().size()) + Spool::kHeadBytes;
    }
    names.reset();
    sides.reset();
    contentSha256 = digest.hex();
    return nameRelease();
}

void ReleasePlan::State::count(const ReleaseCandidate& candidate, std::optional<ReleaseSide> side)
{
    const bool isTie = candidate.groupId.empty() && !candidate.tiedNames.empty();
    ++preview.byAction[std::string(isTie ? kTieAction : actionName(candidate.action))];
    if (side)
        ++preview.bySide.at(static_cast<std::size_t>(*side));
    for (const ReleaseCandidateImage& image : candidate.images) {
        for (std::string& name : classesWritten(candidate, image))
            ++preview.byClass[std::move(name)];
    }
}

/// What the format's writer will count for an image.
std::vector<std::string> ReleasePlan::State::classesWritten(const ReleaseCandidate& candidate,
                                                            const ReleaseCandidateImage& image) const
{
    std::vector<std::string> classes;
    const bool isWinner = image.role == ImageRole::Winner;
    if (request.format == ExportFormat::YoloClassification) {
        classes.emplace_back(!isWinner               ? actionName(Action::Reject)
                             : image.classes.empty() ? actionName(candidate.action)
                                                     : image.classes.front());
    } else if (request.format == ExportFormat::Delivery && isWinner) {
        classes.emplace_back(actionName(candidate.action));
    }
    if (!info.hasBoxes)
        return classes;
    const bool isCut = image.crop && request.crops == CropMode::Applied;
    const auto cut = isCut ? toPixels(*image.crop, image.size) : std::nullopt;
    if (image.crop && !isCut)
        classes.emplace_back(kCropClass);
    for (const ReleaseBox& box : image.boxes) {
        if (!cut || boxWithin(box.box, *cut, image.size))
            classes.push_back(box.className);
    }
    if (holdsImageClasses(request.format))
        classes.insert(classes.end(), image.classes.begin(), image.classes.end());
    return classes;
}

void ReleasePlan::State::addToDigest(const ReleaseCandidate& candidate, std::optional<ReleaseSide> side,
                                     const std::vector<std::string>& ofGroup)
{
    RecordWriter text;
    text.text(candidate.groupKey).text(rowBytes(candidate.row));
    text.number(side ? static_cast<std::uint64_t>(*side) + 1 : 0);
    for (const ReleaseCandidateImage& image : candidate.images) {
        text.signedNumber(image.slot).text(image.sha256);
        for (const ReleaseBox& box : image.boxes)
            text.text(box.className).text(cropText(box.box));
        for (const std::string& name : image.classes)
            text.text(name);
    }
    for (const std::string& name : ofGroup)
        text.text(name);
    for (const std::string& name : candidate.tiedNames)
        text.text(name);
    digest.add(text.bytes());
}

/// Without a name of its own a release is called after what is in it, so that the same content has the same name.
Result<void> ReleasePlan::State::nameRelease()
{
    preview.name = request.name;
    if (!preview.name.empty())
        return {};
    ExportRequest unnamed = request;
    const std::string identity = dumpJson(exportRequestJson(unnamed)) + contentSha256 + ledgerHead;
    preview.name = portableStem(session.projectId(), true) + "-" + std::string(info.name) + "-" +
                   sha256Hex(identity).substr(0, kNameDigits);
    return {};
}

ReleaseGroup ReleasePlan::State::groupOf(ReleaseCandidate candidate, std::optional<ReleaseSide> side,
                                         std::vector<std::string> ofGroup) const
{
    ReleaseGroup group;
    group.groupKey = std::move(candidate.groupKey);
    group.groupId = std::move(candidate.groupId);
    group.projectId = std::move(candidate.projectId);
    group.provenance = provenanceName(candidate.provenance);
    group.row = std::move(candidate.row);
    group.action = candidate.action;
    group.selectedIndex = candidate.selectedIndex;
    group.side = side;
    group.tiedNames = std::move(candidate.tiedNames);
    if (side)
        group.ties = releaseTies(candidate, group.row.text("directory").value_or(""));
    group.images.reserve(candidate.images.size());
    for (std::size_t i = 0; i < candidate.images.size(); ++i) {
        group.images.push_back(releaseImage(candidate.images[i], session));
        if (i < ofGroup.size())
            group.images.back().name = std::move(ofGroup[i]);
    }
    return group;
}

Result<void> ReleasePlan::forEach(const std::function<Result<void>(const ReleaseGroup&)>& take,
                                  std::stop_token stop) const
{
    const State& state = *m_state;
    Spool::Reader reader(state.candidates, 0);
    std::optional<ExternalSorter::Cursor> cursor;
    if (state.order) {
        PS_TRY(cursor, state.order->sorted());
    }
    for (;;) {
        std::optional<ReleaseSide> side;
        std::vector<std::string> names;
        if (cursor) {
            PS_TRY(const bool hasGroup, cursor->next());
            if (!hasGroup)
                return {};
            RecordReader record(cursor->payload());
            reader.moveTo(record.signedNumber());
            if (const std::uint64_t number = record.number(); number > 0)
                side = static_cast<ReleaseSide>(number - 1);
            for (std::uint64_t count = record.number(); count > 0; --count)
                names.emplace_back(record.text());
        }
        PS_TRY(const bool hasRecord, reader.next());
        if (!hasRecord)
            return {};
        PS_TRY_VOID(take(state.groupOf(candidateFromBytes(reader.record(), state.columns), side, std::move(names))));
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "the export was stopped", state.session.projectId(), 0};
    }
}

} // namespace ps
