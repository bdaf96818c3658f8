// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/thumbnail_cache.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace ps;
using test::must;

namespace {

FileIdentity fileOf(int number)
{
    return {7, static_cast<std::uint64_t>(1000 + number), 5000 + number, 1'700'000'000'000'000'000 + number};
}

ThumbnailCache::Entry entryOf(int number, std::size_t bytes = 20'000, ThumbnailClass size = ThumbnailClass::Small,
                              std::string sha256 = {})
{
    ImageInfo info;
    info.size = {4000, 3000};
    info.fileBytes = 5000 + number;
    info.identity = fileOf(number);
    // Not compressible and different for each, as JPEG data are.
    std::string picture(bytes, '\0');
    std::uint32_t state = static_cast<std::uint32_t>(number) * 2 + 1;
    for (char& byte : picture) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return {{fileOf(number), std::move(sha256)}, size, {std::move(picture), info}};
}

struct Fixture {
    ThumbnailCache open(std::int64_t budget = std::int64_t{1} << 30)
    {
        return must(ThumbnailCache::open({path, budget, [this] { return hour; }}));
    }

    static void store(ThumbnailCache& cache, const ThumbnailCache::Entry& entry) { must(cache.store({&entry, 1})); }

    test::TempFolder folder;
    std::string path = folder.pathOf("cache/thumbnails.db");
    std::int64_t hour = 490'000;
};

bool has(ThumbnailCache& cache, int number, ThumbnailClass size = ThumbnailClass::Small)
{
    const auto found = cache.find({fileOf(number), {}}, size);
    return found && found->bytes == entryOf(number, found->bytes.size()).thumbnail.bytes;
}

void overwrite(const std::string& path, off_t from, std::size_t count)
{
    const UniqueFd file(::open(path.c_str(), O_WRONLY));
    const std::string noise(count, '\x5a');
    QCOMPARE(::pwrite(file.get(), noise.data(), noise.size(), from), static_cast<ssize_t>(noise.size()));
}

} // namespace

class TestThumbnailCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesWhatWasStoredAlsoAfterReopening()
    {
        Fixture fixture;
        {
            ThumbnailCache cache = fixture.open();
            Fixture::store(cache, entryOf(1));
            QVERIFY(has(cache, 1));
            QVERIFY(!has(cache, 2));
        }
        ThumbnailCache cache = fixture.open();
        const auto found = cache.find({fileOf(1), {}}, ThumbnailClass::Small);
        QVERIFY(found);
        QVERIFY(found->info == entryOf(1).thumbnail.info);
    }

    void anyChangeOfTheFileIsAnotherFile()
    {
        Fixture fixture;
        ThumbnailCache cache = fixture.open();
        Fixture::store(cache, entryOf(1));
        FileIdentity other = fileOf(1);
        ++other.modifiedNs;
        QVERIFY(!cache.find({other, {}}, ThumbnailClass::Small));
        other = fileOf(1);
        ++other.sizeBytes;
        QVERIFY(!cache.find({other, {}}, ThumbnailClass::Small));
        other = fileOf(1);
        ++other.device;
        QVERIFY(!cache.find({other, {}}, ThumbnailClass::Small));
        other = fileOf(1);
        ++other.inode;
        QVERIFY(!cache.find({other, {}}, ThumbnailClass::Small));
    }

    void sameContentIsFoundByItsHash()
    {
        const std::string sha(64, 'a');
        Fixture fixture;
        ThumbnailCache cache = fixture.open();
        Fixture::store(cache, entryOf(1, 20'000, ThumbnailClass::Small, sha));
        const auto copy = cache.find({fileOf(2), sha}, ThumbnailClass::Small);
        QVERIFY(copy);
        QVERIFY(copy->bytes == entryOf(1).thumbnail.bytes);
        QVERIFY(copy->info.identity == fileOf(2));
        QVERIFY(!cache.find({fileOf(2), std::string(64, 'b')}, ThumbnailClass::Small));
        // A copy that is stored shares the picture from then on.
        Fixture::store(cache, entryOf(2, 20'000, ThumbnailClass::Small, sha));
        QCOMPARE(must(cache.figures()).thumbnailCount, 1);
        QVERIFY(cache.find({fileOf(2), {}}, ThumbnailClass::Small));
    }

    void smallIsServedFromLargeButNotTheOtherWayRound()
    {
        Fixture fixture;
        ThumbnailCache cache = fixture.open();
        Fixture::store(cache, entryOf(1, 20'000, ThumbnailClass::Large));
        QVERIFY(has(cache, 1, ThumbnailClass::Small));
        QVERIFY(has(cache, 1, ThumbnailClass::Large));
        Fixture::store(cache, entryOf(2, 9'000, ThumbnailClass::Small));
        QVERIFY(!has(cache, 2, ThumbnailClass::Large));
    }

    void whatWasUnusedLongestGoesFirst()
    {
        Fixture fixture;
        ThumbnailCache cache = fixture.open(11 << 20);
        for (int i = 0; i < 200; ++i)
            Fixture::store(cache, entryOf(i));
        ++fixture.hour;
        for (int i = 0; i < 50; ++i) // the oldest, but looked at since
            QVERIFY(has(cache, i));
        ++fixture.hour;
        std::vector<ThumbnailCache::Entry> more;
        for (int i = 1000; i < 1400; ++i)
            more.push_back(entryOf(i));
        must(cache.store(more));
        for (int i = 0; i < 50; ++i)
            QVERIFY2(has(cache, i), std::to_string(i).c_str());
        int survivors = 0;
        for (int i = 50; i < 200; ++i)
            survivors += has(cache, i) ? 1 : 0;
        QVERIFY2(survivors < 100, std::to_string(survivors).c_str());
    }

    void fileStaysWithinItsBudget()
    {
        Fixture fixture;
        constexpr std::int64_t kBudget = 8 << 20;
        ThumbnailCache cache = fixture.open(kBudget);
        for (int i = 0; i < 1500; i += 50) {
            ++fixture.hour;
            std::vector<ThumbnailCache::Entry> entries;
            for (int k = i; k < i + 50; ++k)
                entries.push_back(entryOf(k));
            must(cache.store(entries));
            QVERIFY(must(cache.figures()).fileBytes <= kBudget);
        }
        QVERIFY(has(cache, 1499));
        QVERIFY(must(cache.figures()).thumbnailCount > 100);
    }

    void loweredBudgetGivesSpaceBack()
    {
        Fixture fixture;
        ThumbnailCache cache = fixture.open();
        std::vector<ThumbnailCache::Entry> entries;
        for (int i = 0; i < 4000; ++i)
            entries.push_back(entryOf(i));
        must(cache.store(entries));
        cache.setBudget(8 << 20);
        for (int i = 5000; i < 5020; ++i)
            Fixture::store(cache, entryOf(i));
        must(cache.figures());
        struct stat status{};
        { // closing folds the write-ahead log into the file
            ThumbnailCache other = std::move(cache);
        }
        QCOMPARE(::stat(fixture.path.c_str(), &status), 0);
        QVERIFY2(status.st_size < (40 << 20), std::to_string(status.st_size).c_str());
    }

    void usesOfAReaderSurvive()
    {
        Fixture fixture;
        ThumbnailCache writer = fixture.open(6 << 20);
        for (int i = 0; i < 100; ++i)
            Fixture::store(writer, entryOf(i));
        ++fixture.hour;
        {
            ThumbnailCache reader = fixture.open();
            QVERIFY(has(reader, 3));
            must(reader.flushUses());
        }
        ++fixture.hour;
        for (int i = 1000; i < 1250; ++i)
            Fixture::store(writer, entryOf(i));
        QVERIFY(has(writer, 3));
        QVERIFY(!has(writer, 4));
    }

    void garbageInPlaceOfTheFileIsReplaced_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("this is not a database, and long enough to be read as a header ......."
                                            "..............................................................");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("half a header") << QByteArray("SQLite format 3");
    }

    void garbageInPlaceOfTheFileIsReplaced()
    {
        QFETCH(QByteArray, content);
        Fixture fixture;
        fixture.folder.write("cache/thumbnails.db", content.toStdString());
        ThumbnailCache cache = fixture.open();
        Fixture::store(cache, entryOf(1));
        QVERIFY(has(cache, 1));
    }

    void databaseOfAnotherKindIsReplaced()
    {
        Fixture fixture;
        must(makeFolders(fixture.folder.pathOf("cache")));
        {
            const Connection other = must(Connection::open(fixture.path, OpenMode::Create));
            must(other.execute("CREATE TABLE uses(x); PRAGMA user_version=77"));
        }
        ThumbnailCache cache = fixture.open();
        Fixture::store(cache, entryOf(1));
        QVERIFY(has(cache, 1));
    }

    void damageThatShowsInUseIsHealed()
    {
        Fixture fixture;
        {
            ThumbnailCache cache = fixture.open();
            std::vector<ThumbnailCache::Entry> entries;
            for (int i = 0; i < 300; ++i)
                entries.push_back(entryOf(i));
            must(cache.store(entries));
        }
        struct stat status{};
        QCOMPARE(::stat(fixture.path.c_str(), &status), 0);
        overwrite(fixture.path, 3 * 16384, static_cast<std::size_t>(status.st_size) - 3 * 16384);
        ThumbnailCache cache = fixture.open(); // the first pages are whole: nothing shows yet
        for (int i = 0; i < 300; ++i)
            discard(Result<int>(cache.find({fileOf(i), {}}, ThumbnailClass::Small) ? 1 : 0),
                    "it may or may not be there");
        must(cache.remove({fileOf(1), {}}));
        Fixture::store(cache, entryOf(1000));
        QVERIFY(has(cache, 1000));
        for (int i = 0; i < 300; ++i) {
            const auto found = cache.find({fileOf(i), {}}, ThumbnailClass::Small);
            QVERIFY(!found || found->bytes == entryOf(i).thumbnail.bytes);
        }
    }

    void fileThatIsRemovedWhileOpenIsMadeAnew()
    {
        Fixture fixture;
        ThumbnailCache writer = fixture.open();
        ThumbnailCache reader = fixture.open();
        Fixture::store(writer, entryOf(1));
        QVERIFY(has(reader, 1));
        for (const char* suffix : {"", "-wal", "-shm"})
            ::unlink((fixture.path + suffix).c_str());
        Fixture::store(writer, entryOf(2));
        QVERIFY(has(reader, 2));
        QVERIFY(!has(reader, 1));
    }

    void severalObjectsWriteAtOnce()
    {
        Fixture fixture;
        std::vector<std::jthread> threads;
        std::atomic<int> failures = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                ThumbnailCache cache = fixture.open();
                for (int i = 0; i < 50; ++i) {
                    const ThumbnailCache::Entry entry = entryOf(t * 1000 + i);
                    failures += cache.store({&entry, 1}) ? 0 : 1;
                }
            });
        }
        threads.clear();
        QCOMPARE(failures.load(), 0);
        ThumbnailCache cache = fixture.open();
        QCOMPARE(must(cache.figures()).thumbnailCount, 200);
        QVERIFY(has(cache, 3049));
    }

    void pathFollowsTheEnvironment()
    {
        qputenv("XDG_CACHE_HOME", "/somewhere");
        QCOMPARE(ThumbnailCache::defaultPath(), std::string("/somewhere/proofsheet/thumbnails.db"));
    }
};

QTEST_GUILESS_MAIN(TestThumbnailCache)
#include "tst_thumbnail_cache.moc"
