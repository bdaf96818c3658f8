// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/external_sort.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/exchange/manifest_reader.h"
#include "core/exchange/release.h"
#include "core/exchange/release_tree.h"
#include "core/exchange/spool.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::size_t kMostProblems = 1000;
constexpr std::string_view kItemsFile = "release_items.jsonl";

bool isPicture(std::string_view path)
{
    constexpr std::array<std::string_view, 10> kSuffixes{".png", ".jpg",  ".jpeg", ".webp", ".bmp",
                                                         ".tif", ".tiff", ".heic", ".avif", ".jxl"};
    const std::string lower = toLowerAscii(path);
    return std::ranges::any_of(kSuffixes, [&](std::string_view suffix) { return endsWith(lower, suffix); });
}

/// What can be counted again without knowing more of a format than the names of its files.
class Recount
{
public:
    void begin(std::string_view path)
    {
        const std::string_view name = path.substr(path.rfind('/') + 1);
        m_isItems = path == kItemsFile;
        m_isLines = !m_isItems && endsWith(name, ".jsonl") &&
                    (startsWith(name, "batch_") || name == "samples.jsonl" || name == "pairs.jsonl" ||
                     name == "crops.jsonl");
        m_images += isPicture(path) ? 1 : 0;
    }
    void bytes(std::string_view piece)
    {
        if (m_isItems || m_isLines)
            (m_isItems ? m_items : m_lines) += std::ranges::count(piece, '\n');
    }

    void compare(const Json& manifest, std::vector<ReleaseProblem>& problems) const
    {
        const Json& counts = manifest["counts"];
        const std::string& format = manifest["format"].toString();
        const auto check = [&](std::string_view what, std::int64_t found) {
            if (counts[what].toInteger() != found)
                problems.push_back({std::string(kManifestName), std::string(what) + ": the manifest says " +
                                                                    std::to_string(counts[what].toInteger()) +
                                                                    ", found " + std::to_string(found)});
        };
        const bool hasLines = format == "jsonl" || format == "preferences" || format == "crops";
        constexpr std::array<std::string_view, 6> kWithFiles{"yolo", "yolo-cls", "coco", "voc", "cvat", "imagefolder"};
        if (hasLines)
            check("lines", m_lines);
        if (std::ranges::find(kWithFiles, format) != kWithFiles.end())
            check("images", m_images);
        if (m_items < counts["exported"].toInteger())
            check("exported", m_items);
        std::int64_t accounted = counts["exported"].toInteger();
        for (const auto& [reason, count] : counts["excluded"].members())
            accounted += count.toInteger();
        check("in_view", accounted);
    }

private:
    bool m_isItems = false;
    bool m_isLines = false;
    std::int64_t m_items = 0;
    std::int64_t m_lines = 0;
    std::int64_t m_images = 0;
};

class Verifier
{
public:
    explicit Verifier(std::stop_token stop)
        : m_stop(std::move(stop)), m_found(exchangeScratchFolder()), m_manifest(exchangeScratchFolder())
    {
    }

    Result<ReleaseVerdict> run(const std::string& path)
    {
        const TreeTaker taker{[this](const std::string& file) { return begin(file); },
                              [this](std::string_view bytes) { return take(bytes); },
                              [this](const std::string& problem) { return end(problem); }};
        PS_TRY_VOID(walkRelease(path, taker, m_stop));
        if (!m_hasManifest)
            return Error{ErrorCode::NotFound, "there is no release.json; this is no release of this program",
                         displayText(path), 0};
        if (m_manifestProblem.empty()) {
            if (auto finished = m_manifest.finish(); !finished) {
                if (finished.error().code != ErrorCode::Corrupt)
                    return finished.error().in(displayText(path));
                m_manifestProblem = finished.error().message;
            }
        }
        if (!m_manifestProblem.empty()) { // then nothing can be held against it
            addProblem(kManifestName, m_manifestProblem);
            return std::move(m_verdict);
        }
        m_verdict.name = m_manifest.head()["name"].toString();
        m_verdict.format = m_manifest.head()["format"].toString();
        PS_TRY_VOID(compare());
        if (m_verdict.problems.empty())
            m_recount.compare(m_manifest.head(), m_verdict.problems);
        return std::move(m_verdict);
    }

private:
    Result<void> begin(const std::string& file)
    {
        m_path = file;
        m_hash = Sha256();
        m_size = 0;
        m_isManifest = file == kManifestName;
        m_hasManifest = m_hasManifest || m_isManifest;
        m_recount.begin(file);
        return {};
    }

    Result<void> take(std::string_view bytes)
    {
        m_size += static_cast<std::int64_t>(bytes.size());
        if (m_isManifest)
            return feedManifest(bytes);
        m_hash.add(bytes);
        m_recount.bytes(bytes);
        return {};
    }

    /// A manifest that is not as it was written is a problem of the release; the rest of the release is read all the same.
    Result<void> feedManifest(std::string_view bytes)
    {
        if (!m_manifestProblem.empty())
            return {};
        auto fed = m_manifest.feed(bytes);
        if (fed || fed.error().code != ErrorCode::Corrupt)
            return fed;
        m_manifestProblem = fed.error().message;
        return {};
    }

    Result<void> end(const std::string& problem)
    {
        ++m_verdict.fileCount;
        m_verdict.byteCount += m_size;
        if (m_isManifest) {
            if (!problem.empty())
                m_manifestProblem = problem;
            return {};
        }
        RecordWriter record;
        record.signedNumber(m_size).text(m_hash.hex()).text(problem);
        return m_found.add(m_path, record.bytes());
    }

    void addProblem(std::string_view path, std::string what)
    {
        if (m_verdict.problems.size() < kMostProblems)
            m_verdict.problems.push_back({std::string(path), std::move(what)});
    }

    Result<void> compare()
    {
        PS_TRY(ExternalSorter::Cursor found, m_found.sorted());
        PS_TRY(ExternalSorter::Cursor listed, m_manifest.files().sorted());
        PS_TRY(bool hasFound, found.next());
        PS_TRY(bool hasListed, listed.next());
        while (hasFound || hasListed) {
            const bool isFoundFirst = hasFound && (!hasListed || found.key() < listed.key());
            const bool isListedFirst = hasListed && (!hasFound || listed.key() < found.key());
            if (isFoundFirst)
                addProblem(found.key(), "not in the manifest");
            else if (isListedFirst)
                addProblem(listed.key(), "missing");
            else
                compareFile(found, listed);
            if (!isListedFirst) {
                const std::string previous(found.key());
                PS_TRY(hasFound, found.next());
                if (hasFound && found.key() == previous)
                    addProblem(previous, "there twice");
            }
            if (!isFoundFirst) {
                PS_TRY(hasListed, listed.next());
            }
        }
        return {};
    }

    void compareFile(const ExternalSorter::Cursor& found, const ExternalSorter::Cursor& listed)
    {
        RecordReader is(found.payload());
        RecordReader should(listed.payload());
        const std::int64_t size = is.signedNumber();
        const std::int64_t listedSize = should.signedNumber();
        const std::string_view sha256 = is.text();
        const std::string_view listedSha256 = should.text();
        const std::string problem(is.text());
        if (!problem.empty())
            addProblem(found.key(), problem);
        else if (size != listedSize)
            addProblem(found.key(), "size differs: " + std::to_string(size) + " bytes, the manifest says " +
                                        std::to_string(listedSize));
        else if (sha256 != listedSha256)
            addProblem(found.key(), "sha256 differs");
    }

    std::stop_token m_stop;
    ExternalSorter m_found;
    ManifestReader m_manifest;
    Recount m_recount;
    ReleaseVerdict m_verdict;
    std::string m_path;
    Sha256 m_hash;
    std::int64_t m_size = 0;
    bool m_isManifest = false;
    bool m_hasManifest = false;
    std::string m_manifestProblem;
};

} // namespace

Result<ReleaseVerdict> verifyRelease(const std::string& path, std::stop_token stop)
{
    return Verifier(std::move(stop)).run(path);
}

} // namespace ps
