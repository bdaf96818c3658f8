// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/similar_images.h"

#include "core/library/group_snapshot.h"
#include "core/suggest/list_preparation.h"
#include "core/suggest/representative_order.h"
#include "tests/core/library/session_helpers.h"
#include "tests/core/suggest/sample_vectors.h"
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <set>

using namespace ps;
using namespace ps::test;

namespace {

constexpr int kSingles = 30;
constexpr std::size_t kClusters = 3;
constexpr std::size_t kDimension = 16;

std::string nameOf(int number)
{
    return "single" + std::to_string(100 + number) + ".png";
}

std::string hashOf(int number)
{
    std::string hash(64, '0');
    hash.replace(0, 3, std::to_string(100 + number));
    return hash;
}

/// 30 singles; number i has an embedding of cluster i % 3, apart from the last one, which has none.
class SimilarProject
{
public:
    SimilarProject()
    {
        for (int i = 0; i < kSingles; ++i)
            m_fixture.addSingle(nameOf(i));
        m_session = m_fixture.open();
        EmbeddingCache cache = must(EmbeddingCache::open(cacheFolder()));
        SampleVectors sample(kDimension, kClusters, 0.3F, 1);
        for (int i = 0; i + 1 < kSingles; ++i)
            embed(cache, i, sample.next());
        must(cache.flush());
    }

    ProjectSession& session() { return *m_session; }
    std::string cacheFolder() const { return m_fixture.folder().pathOf("ws/data/ai_data/cache"); }
    std::string indexFolder() const { return m_fixture.folder().pathOf("similarity"); }
    SimilarOptions options() const { return {cacheFolder(), indexFolder(), {}}; }
    SimilarImages open() { return must(SimilarImages::open(*m_session, options(), {}, {})); }
    std::string keyOf(int number) { return groupWith(*m_session, nameOf(number)).entry.key; }
    std::string pathOf(int number) const { return "photos/" + nameOf(number); }
    int numberOf(const std::string& path) const { return std::stoi(path.substr(path.find("single") + 6, 3)) - 100; }

    void embedLast()
    {
        EmbeddingCache cache = must(EmbeddingCache::open(cacheFolder()));
        embed(cache, kSingles - 1, SampleVectors(kDimension, 1, 0, 5).next());
        must(cache.flush());
    }

private:
    void embed(EmbeddingCache& cache, int number, const std::vector<float>& values)
    {
        const GroupImage image = groupWith(*m_session, nameOf(number)).images.front();
        Embedding embedding;
        embedding.values = values;
        embedding.sha256 = hashOf(number);
        embedding.size = {2000, 1000};
        must(cache.add(ModelSpec(), image.path, image.identity, embedding));
    }

    ProjectFixture m_fixture;
    std::unique_ptr<ProjectSession> m_session;
};

std::vector<std::string> namesIn(ProjectSession& session, const GroupQuery& query)
{
    const GroupSnapshot snapshot = must(session.selectGroups(query, {}));
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < snapshot.count(); ++i)
        names.push_back(must(session.groupAt(snapshot.ordinalAt(i))).images.front().path);
    return names;
}

} // namespace

class TestSimilarImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheImagesOfItsOwnCluster()
    {
        SimilarProject project;
        const SimilarImages images = project.open();
        QCOMPARE(images.size(), std::size_t{kSingles - 1});
        for (const std::string& name : {project.pathOf(4), hashOf(4), project.keyOf(4)}) {
            const auto found = must(images.find(name, 8));
            QCOMPARE(found.size(), std::size_t{8});
            QVERIFY(std::ranges::is_sorted(found, std::ranges::greater(), &SimilarImage::cosine));
            for (const SimilarImage& image : found) {
                const int number = project.numberOf(image.path);
                QCOMPARE(number % static_cast<int>(kClusters), 1);
                if (name != hashOf(4))
                    QVERIFY2(number != 4, "it is not similar to itself");
                QCOMPARE(image.groupKey, project.keyOf(number));
            }
        }
        PS_CHECK_ERROR(ErrorCode::NotFound, images.find(project.pathOf(kSingles - 1), 3));
        PS_CHECK_ERROR(ErrorCode::NotFound, images.find("photos/none.png", 3));
    }

    void theIndexStaysAndIsMadeAnewWhenDamaged()
    {
        SimilarProject project;
        const auto before = must(project.open().find(project.pathOf(0), 5));
        QVERIFY(must(project.open().find(project.pathOf(0), 5)) == before);
        namespace fs = std::filesystem;
        for (const fs::directory_entry& entry : fs::directory_iterator(project.indexFolder()))
            fs::resize_file(entry.path(), 100); // vectors without a header, ids in the middle of a line
        QVERIFY(must(project.open().find(project.pathOf(0), 5)) == before);
    }

    void twoAtOnceAreRefused()
    {
        SimilarProject project;
        const SimilarImages images = project.open();
        PS_CHECK_ERROR(ErrorCode::Locked, SimilarImages::open(project.session(), project.options(), {}, {}));
    }

    void withoutEmbeddingsItSaysSo()
    {
        ProjectFixture fixture;
        fixture.addSingle("a.png");
        const auto session = fixture.open();
        const SimilarOptions options{
            fixture.folder().pathOf("ws/data/ai_data/cache"), fixture.folder().pathOf("similarity"), {}};
        PS_CHECK_ERROR(ErrorCode::NotFound, SimilarImages::open(*session, options, {}, {}));
    }

    void listsOfQueries()
    {
        SimilarProject project;
        ListPreparation preparation(project.options());
        const std::string key = project.keyOf(7);
        const GroupQuery similar{"similar:" + key, {GroupSort::By::Similar, false}};
        QVERIFY(namesIn(project.session(), similar).empty()); // the control: nobody looked for it
        must(preparation.prepare(project.session(), similar, {}));
        const auto names = namesIn(project.session(), similar);
        QCOMPARE(names.size(), std::size_t{kSingles - 1});
        QCOMPARE(names.front(), project.pathOf(7));
        for (std::size_t i = 0; i < 9; ++i)
            QCOMPARE(project.numberOf(names[i]) % static_cast<int>(kClusters), 1);
        // Known from the catalogue, without the index.
        ListPreparation other({project.cacheFolder(), "/nowhere", {}});
        PS_CHECK_OK(other.prepare(project.session(), similar, {}));

        // New embeddings make it look again.
        project.embedLast();
        must(preparation.prepare(project.session(), similar, {}));
        QCOMPARE(namesIn(project.session(), similar).size(), std::size_t{kSingles});

        const GroupQuery representative{"", {GroupSort::By::Representative, false}};
        must(preparation.prepare(project.session(), representative, {}));
        const auto ordered = namesIn(project.session(), representative);
        QCOMPARE(ordered.size(), std::size_t{kSingles});
        std::set<int> clusters;
        for (std::size_t i = 0; i < 6; ++i)
            clusters.insert(project.numberOf(ordered[i]) % static_cast<int>(kClusters));
        QCOMPARE(clusters.size(), kClusters); // all kinds are among the first
    }

    void aListThatNeedsNothingNeedsNoEmbeddings()
    {
        SimilarProject project;
        ListPreparation preparation({"/nowhere", "/nowhere", {}});
        PS_CHECK_OK(preparation.prepare(project.session(), {"state:undecided", {}}, {}));
        PS_CHECK_OK(preparation.prepare(project.session(), {"cannot ( be read", {}}, {}));
        QVERIFY(!preparation.prepare(project.session(), {"", {GroupSort::By::Representative, false}}, {}));
    }

    void representativesTakeTurns()
    {
        const TempFolder folder;
        SimilarityIndex index = must(SimilarityIndex::open(folder.pathOf("v.vec"), kDimension));
        SampleVectors sample(kDimension, 4, 0.05F, 2);
        std::vector<std::int64_t> rows;
        for (int i = 0; i < 100; ++i)
            rows.push_back(must(index.add(sample.next())));
        const auto order = must(representativeOrder(index, rows, {}));
        std::vector<std::size_t> sorted = order;
        std::ranges::sort(sorted);
        for (std::size_t i = 0; i < sorted.size(); ++i)
            QCOMPARE(sorted[i], i); // each once
        std::set<std::size_t> kinds;
        for (std::size_t i = 0; i < 10; ++i)
            kinds.insert(order[i] % 4);
        QCOMPARE(kinds.size(), std::size_t{4});
        QVERIFY(must(representativeOrder(index, rows, {})) == order);
        QVERIFY(must(representativeOrder(index, {}, {})).empty());
    }
};

QTEST_GUILESS_MAIN(TestSimilarImages)
#include "tst_similar_images.moc"
