// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/image_grouper.h"

#include "core/base/text.h"
#include "core/library/filename.h"
#include "core/library/nearest_up.h"

#include <algorithm>

namespace ps {

namespace {

constexpr std::int64_t kItemsBetweenChecks = 4096;
constexpr std::string_view kNoTimestamp = "99999999_999999"; // sorts last

/// What a record of the first sorting is.
enum class Source : std::uint64_t { Scanned, Moved, FrozenMissing, FrozenOnly };

void writeImage(RecordWriter& out, const GroupImage& image, std::uint64_t tag)
{
    out.text(image.path).text(image.currentPath).real(image.stage).number(image.identity.device);
    out.number(image.identity.inode).signedNumber(image.identity.sizeBytes).signedNumber(image.identity.modifiedNs);
    out.number(image.isMissing ? 1 : 0).number(tag);
}

ImageGrouper::Member readImage(RecordReader& in)
{
    ImageGrouper::Member member;
    GroupImage& image = member.image;
    image.path = in.text();
    image.currentPath = in.text();
    image.stage = in.real();
    image.identity.device = in.number();
    image.identity.inode = in.number();
    image.identity.sizeBytes = in.signedNumber();
    image.identity.modifiedNs = in.signedNumber();
    image.isMissing = in.number() != 0;
    member.tag = in.number();
    return member;
}

/// Bytes whose order is that of pythonLess(): code points, and surrogate escapes for bytes that are not UTF-8.
void appendPythonOrdered(std::string& key, std::string_view name)
{
    for (std::size_t at = 0; at < name.size();) {
        const DecodedChar decoded = decodeUtf8(name, at);
        if (decoded.isRawByte) {
            const auto low = static_cast<unsigned char>(name[at]); // U+DC00 + byte as three bytes
            key += '\xED';
            key += static_cast<char>(0xB0 | low >> 6);
            key += static_cast<char>(0x80 | (low & 0x3F));
        } else {
            key.append(name, at, decoded.length);
        }
        at += decoded.length;
    }
}

std::string orderKey(const GroupImage& image, const ImageName& name)
{
    std::string key(name.timestamp.empty() ? kNoTimestamp : std::string_view(name.timestamp));
    appendOrdered(key, name.stage);
    appendPythonOrdered(key, fileName(image.path));
    key += '\0';
    appendPythonOrdered(key, image.path);
    return key;
}

Error cancelled()
{
    return Error{ErrorCode::Cancelled, "the grouping was stopped", {}, 0};
}

} // namespace

/// An image at its place in the order of all.
struct ImageGrouper::Placed {
    std::uint64_t position = 0;
    bool isFrozen = false;
    std::string image; ///< record
};

ImageGrouper::ImageGrouper(std::string folder, const GroupingOptions& options, bool perFolder)
    : m_options(options), m_isPerFolder(perFolder), m_folder(std::move(folder)), m_byPath(m_folder),
      m_inOrder(m_folder), m_bySequence(m_folder), m_frozen(m_folder), m_result(m_folder)
{
}

// ---- what is known -------------------------------------------------------------------------------------------------

namespace {

std::string pathKey(std::string_view path, Source source, std::uint64_t sequence)
{
    std::string key(path);
    key += '\0';
    appendOrdered(key, static_cast<std::uint64_t>(source) >= 2 ? std::uint64_t{2} : static_cast<std::uint64_t>(source));
    appendOrdered(key, sequence);
    return key;
}

} // namespace

Result<void> ImageGrouper::addImage(const GroupImage& image, std::uint64_t tag)
{
    RecordWriter record;
    record.number(static_cast<std::uint64_t>(Source::Scanned));
    writeImage(record, image, tag);
    return m_byPath.add(pathKey(image.path, Source::Scanned, m_added++), record.bytes());
}

Result<void> ImageGrouper::addMoved(const GroupImage& image)
{
    RecordWriter record;
    record.number(static_cast<std::uint64_t>(Source::Moved));
    writeImage(record, image, 0);
    return m_byPath.add(pathKey(image.path, Source::Moved, m_added++), record.bytes());
}

Result<void> ImageGrouper::addFrozenMember(std::uint64_t frozen, std::uint64_t member, const GroupImage& image,
                                           bool isMissingKnown)
{
    const Source source = isMissingKnown ? Source::FrozenMissing : Source::FrozenOnly;
    RecordWriter record;
    record.number(static_cast<std::uint64_t>(source));
    writeImage(record, image, 0);
    record.number(frozen).number(member);
    return m_byPath.add(pathKey(image.path, source, m_added++), record.bytes());
}

Result<void> ImageGrouper::group(std::stop_token stop)
{
    PS_TRY_VOID(joinByPath(stop));
    m_byPath = ExternalSorter(m_folder); // its file is not needed any more
    PS_TRY_VOID(findRuns(stop));
    m_inOrder = ExternalSorter(m_folder);
    m_bySequence = ExternalSorter(m_folder);
    PS_TRY_VOID(addFrozenGroups());
    m_frozen = ExternalSorter(m_folder);
    return {};
}

/// One record for each known image: what the disk says, then what finalize says of the same path, then which frozen groups
/// remember it.
Result<void> ImageGrouper::joinByPath(std::stop_token stop)
{
    struct Known {
        Member member;
        std::string memberships; ///< pairs of numbers
    };
    std::vector<Known> known; // of one path; more than one only if a path was added twice
    const auto flush = [&]() -> Result<void> {
        if (!known.empty() && onKnownPath)
            PS_TRY_VOID(onKnownPath(known.front().member.image.path));
        for (Known& one : known) {
            const ImageName name = parseImageName(fileName(one.member.image.path));
            one.member.image.stage = name.stage;
            RecordWriter record;
            record.real(name.stage).number(name.timeSeconds ? 1 : 0).signedNumber(name.timeSeconds.value_or(0));
            record.text(one.memberships);
            writeImage(record, one.member.image, one.member.tag);
            PS_TRY_VOID(m_inOrder.add(orderKey(one.member.image, name), record.bytes()));
            ++m_imageCount;
        }
        known.clear();
        return {};
    };
    PS_TRY(ExternalSorter::Cursor cursor, m_byPath.sorted());
    for (std::int64_t count = 1;; ++count) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            return flush();
        if (count % kItemsBetweenChecks == 0 && stop.stop_requested())
            return cancelled();
        RecordReader record(cursor.payload());
        const auto source = static_cast<Source>(record.number());
        Member member = readImage(record);
        if (!known.empty() && known.front().member.image.path != member.image.path)
            PS_TRY_VOID(flush());
        if (source == Source::Scanned || known.empty()) {
            if (source == Source::FrozenOnly)
                continue;
            known.push_back({std::move(member), {}});
        } else if (source == Source::Moved) {
            GroupImage& image = known.front().member.image;
            if (onNameOfMoved)
                PS_TRY_VOID(onNameOfMoved(image.path));
            image.currentPath = member.image.currentPath;
            image.identity = member.image.identity;
            image.isMissing = member.image.isMissing;
        }
        if (source == Source::FrozenMissing || source == Source::FrozenOnly) {
            RecordWriter membership;
            const std::uint64_t frozen = record.number();
            membership.number(frozen).number(record.number());
            known.front().memberships += membership.bytes();
        }
    }
}

// ---- runs ----------------------------------------------------------------------------------------------------------

Result<void> ImageGrouper::findRuns(std::stop_token stop)
{
    NearestUpRuns<Placed> runs(
        m_options, [this](std::vector<Placed>& members) { return addRun(members); },
        [this](Placed& item) { return item.isFrozen ? Result<void>() : addLeftover(item); });
    const auto push = [&](std::uint64_t position, std::string_view payload) -> Result<void> {
        RecordReader record(payload);
        GroupingItem item;
        item.stage = record.real();
        const bool hasTime = record.number() != 0;
        const std::int64_t seconds = record.signedNumber();
        if (hasTime)
            item.timeSeconds = seconds;
        const bool isFrozen = !record.text().empty();
        return runs.push(item, {position, isFrozen, std::string(record.rest())});
    };

    PS_TRY(ExternalSorter::Cursor cursor, m_inOrder.sorted());
    for (std::uint64_t position = 0;; ++position) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            break;
        if (position % kItemsBetweenChecks == 0 && stop.stop_requested())
            return cancelled();
        RecordReader record(cursor.payload());
        record.real();
        record.number();
        record.number();
        const std::string_view memberships = record.text();
        const std::string_view image = record.rest();
        for (RecordReader pairs(memberships); !pairs.atEnd();) {
            std::string key;
            appendOrdered(key, pairs.number());
            appendOrdered(key, pairs.number());
            RecordWriter placed;
            placed.number(position).text(image);
            PS_TRY_VOID(m_frozen.add(key, placed.bytes()));
        }
        if (!m_isPerFolder) {
            PS_TRY_VOID(push(position, cursor.payload()));
            continue;
        }
        std::string key(parentPath(RecordReader(image).text())); // the path is the first of it
        key += '\0';
        appendOrdered(key, position);
        PS_TRY_VOID(m_bySequence.add(key, cursor.payload()));
    }
    if (!m_isPerFolder)
        return runs.finish();

    PS_TRY(ExternalSorter::Cursor sequences, m_bySequence.sorted());
    std::string folder;
    for (;;) {
        PS_TRY(const bool hasRecord, sequences.next());
        if (!hasRecord)
            return runs.finish();
        const std::string_view key = sequences.key();
        if (const std::string_view now = key.substr(0, key.size() - sizeof(std::uint64_t)); now != folder) {
            PS_TRY_VOID(runs.finish());
            folder = now;
        }
        std::uint64_t position = 0;
        for (const char byte : key.substr(key.size() - sizeof position))
            position = position << 8 | static_cast<unsigned char>(byte);
        PS_TRY_VOID(push(position, sequences.payload()));
    }
}

Result<void> ImageGrouper::addRun(std::vector<Placed>& members)
{
    std::erase_if(members, [](const Placed& item) { return item.isFrozen; });
    if (members.size() < m_options.minGroupSize) {
        for (const Placed& item : members)
            PS_TRY_VOID(addLeftover(item));
        return {};
    }
    std::string key;
    appendOrdered(key, std::uint64_t{0});
    appendOrdered(key, members.front().position);
    RecordWriter record;
    record.number(0);
    for (const Placed& item : members)
        record.text(item.image);
    return m_result.add(key, record.bytes());
}

Result<void> ImageGrouper::addLeftover(const Placed& item)
{
    std::string key;
    appendOrdered(key, std::uint64_t{1});
    appendOrdered(key, item.position);
    RecordWriter record;
    record.number(0).text(item.image);
    return m_result.add(key, record.bytes());
}

/// A frozen single is a decided leftover: it stays among the leftovers, where it was decided.
Result<void> ImageGrouper::addFrozenGroups()
{
    std::vector<std::string> images;
    std::uint64_t first = 0;
    const auto flush = [&]() -> Result<void> {
        if (images.empty())
            return {};
        std::string key;
        appendOrdered(key, static_cast<std::uint64_t>(images.size() == 1 ? 1 : 0));
        appendOrdered(key, first);
        RecordWriter record;
        record.number(1);
        for (const std::string& image : images)
            record.text(image);
        images.clear();
        return m_result.add(key, record.bytes());
    };
    PS_TRY(ExternalSorter::Cursor cursor, m_frozen.sorted());
    std::string group;
    for (;;) {
        PS_TRY(const bool hasRecord, cursor.next());
        if (!hasRecord)
            return flush();
        const std::string_view now = cursor.key().substr(0, sizeof(std::uint64_t));
        if (now != group) {
            PS_TRY_VOID(flush());
            group = now;
        }
        RecordReader record(cursor.payload());
        const std::uint64_t position = record.number();
        first = images.empty() ? position : std::min(first, position);
        images.emplace_back(record.text());
    }
}

// ---- the outcome ---------------------------------------------------------------------------------------------------

Result<ImageGrouper::Walk> ImageGrouper::groups()
{
    PS_TRY(ExternalSorter::Cursor cursor, m_result.sorted());
    return Walk(std::move(cursor));
}

Result<bool> ImageGrouper::Walk::next(Group& group)
{
    PS_TRY(const bool hasRecord, m_cursor.next());
    if (!hasRecord)
        return false;
    group.isLeftover = m_cursor.key()[sizeof(std::uint64_t) - 1] != '\0';
    group.members.clear();
    RecordReader record(m_cursor.payload());
    group.isFrozen = record.number() != 0;
    while (!record.atEnd()) {
        RecordReader image(record.text());
        group.members.push_back(readImage(image));
    }
    return true;
}

} // namespace ps
