// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_names.h"

#include "core/base/text.h"
#include "core/db/connection.h"
#include "core/exchange/portable_name.h"
#include "core/exchange/release_path.h"
#include "core/library/filename.h"

#include <unistd.h>

namespace ps {

namespace {

constexpr std::size_t kMemoryBytes = 16 << 20;

std::string orderedNumber(std::uint64_t number)
{
    std::string key;
    appendOrdered(key, number);
    return key;
}

/// The folded stem in front of a key.
std::string_view foldedPart(std::string_view key)
{
    return key.substr(0, key.find('\0'));
}

/// The names that are taken, in a temporary database: only needed where names repeat.
class TakenNames
{
public:
    static Result<TakenNames> make(const std::string& folder)
    {
        const std::string path = folder + "/" + temporaryName();
        PS_TRY(Connection connection, Connection::open(path, OpenMode::Create));
        PS_TRY_VOID(connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; "
                                       "CREATE TABLE taken (name TEXT PRIMARY KEY) WITHOUT ROWID"));
        return TakenNames(std::move(connection), path);
    }

    TakenNames(TakenNames&&) noexcept = default;
    TakenNames& operator=(TakenNames&&) = delete;
    ~TakenNames()
    {
        if (m_path)
            ::unlink(m_path->c_str());
    }

    /// False when it is taken already.
    Result<bool> take(std::string_view folded)
    {
        PS_TRY(const auto insert, m_connection.borrow("INSERT OR IGNORE INTO taken VALUES (?1)"));
        PS_TRY_VOID(insert->run(folded));
        return m_connection.changeCount() > 0;
    }

private:
    TakenNames(Connection connection, std::string path)
        : m_connection(std::move(connection)), m_path(std::make_unique<std::string>(std::move(path)))
    {
    }

    Connection m_connection;
    std::unique_ptr<std::string> m_path; ///< null once it was moved on
};

} // namespace

ReleaseNames::ReleaseNames(std::string scratchFolder, bool keepsDots)
    : m_scratchFolder(std::move(scratchFolder)), m_keepsDots(keepsDots), m_byStem(m_scratchFolder, kMemoryBytes),
      m_repeated(m_scratchFolder, kMemoryBytes), m_names(m_scratchFolder, kMemoryBytes)
{
}

Result<void> ReleaseNames::add(std::string_view sourceName, std::string_view extension)
{
    const std::string stem = portableStem(fileStem(sourceName), m_keepsDots);
    const std::string key = foldedName(stem) + '\0' + stem + '\0' + orderedNumber(m_count);
    RecordWriter payload;
    payload.number(m_count++).text(stem).text(extension);
    return m_byStem.add(key, payload.bytes());
}

Result<void> ReleaseNames::finish()
{
    PS_TRY(ExternalSorter::Cursor cursor, m_byStem.sorted());
    std::optional<std::string> folded;
    for (;;) {
        PS_TRY(const bool hasName, cursor.next());
        if (!hasName)
            break;
        if (folded && *folded == foldedPart(cursor.key())) {
            PS_TRY_VOID(m_repeated.add(cursor.key(), cursor.payload()));
            continue;
        }
        folded = foldedPart(cursor.key());
        RecordReader record(cursor.payload());
        const std::string number = orderedNumber(record.number());
        const std::string stem(record.text());
        PS_TRY_VOID(m_names.add(number, stem + std::string(record.text())));
    }
    if (m_repeated.count() > 0)
        PS_TRY_VOID(nameRepeated());
    PS_TRY(m_cursor, m_names.sorted());
    return {};
}

Result<void> ReleaseNames::nameRepeated()
{
    PS_TRY(TakenNames taken, TakenNames::make(m_scratchFolder));
    PS_TRY(ExternalSorter::Cursor all, m_byStem.sorted());
    for (;;) {
        PS_TRY(const bool hasName, all.next());
        if (!hasName)
            break;
        PS_TRY_VOID(taken.take(foldedPart(all.key())));
    }
    PS_TRY(ExternalSorter::Cursor cursor, m_repeated.sorted());
    std::string folded;
    std::int64_t suffix = 1;
    for (;;) {
        PS_TRY(const bool hasName, cursor.next());
        if (!hasName)
            return {};
        if (folded != foldedPart(cursor.key())) {
            folded = foldedPart(cursor.key());
            suffix = 1;
        }
        RecordReader record(cursor.payload());
        const std::string number = orderedNumber(record.number());
        const std::string stem(record.text());
        const std::string extension(record.text());
        for (bool isFree = false; !isFree;) {
            ++suffix;
            PS_TRY(isFree, taken.take(foldedName(stem + "_" + std::to_string(suffix))));
        }
        PS_TRY_VOID(m_names.add(number, stem + "_" + std::to_string(suffix) + extension));
    }
}

Result<std::string> ReleaseNames::next()
{
    PS_TRY(const bool hasName, m_cursor->next());
    if (!hasName)
        return Error{ErrorCode::Internal, "more names are asked for than images were added", {}, 0};
    return std::string(m_cursor->payload());
}

} // namespace ps
