// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/inference/embedding_cache.h"
#include "core/inference/npy_file.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <cmath>

using namespace ps;
using test::must;

namespace {

constexpr std::string_view kCache = "data/ai_data/cache";
constexpr std::string_view kScriptLines = "data/ai_data/cache/processed_images.jsonl";
constexpr std::string_view kIndexLines = "data/ai_data/cache/proofsheet_index.jsonl";

Embedding embeddingOf(const std::string& content, float first)
{
    Embedding embedding;
    embedding.values = {first, 2, 3};
    embedding.sha256 = sha256Hex(content);
    embedding.size = {640, 480};
    embedding.measures[QualityMeasure::Sharpness] = 12.3F;
    embedding.measures.subject = FractionBox{0.25, 0.25, 0.75, 1};
    return embedding;
}

ModelSpec clipModel()
{
    ModelSpec model;
    model.name = "clip";
    model.engine = ModelEngine::OnnxRuntime;
    model.sha256 = std::string(64, 'e');
    model.preprocessing = Preprocessing::clip();
    return model;
}

const FileIdentity kIdentity{7, 8, 1000, 123456789};

class Cache
{
public:
    explicit Cache(const test::TempFolder& folder, std::string_view shard = {})
        : m_cache(must(EmbeddingCache::open(folder.pathOf(kCache), shard)))
    {
    }
    EmbeddingCache* operator->() { return &m_cache; }

    void add(const std::string& path, const Embedding& embedding, const ModelSpec& model = {},
             const FileIdentity& identity = kIdentity)
    {
        must(m_cache.add(model, path, identity, embedding));
        must(m_cache.flush());
    }
    const EmbeddingCache::Entry* find(const std::string& path, const ModelSpec& model = {})
    {
        return m_cache.findByPath(path, std::nullopt, model.id(), model.preprocessing.id());
    }
    const EmbeddingCache::Entry* findContent(const std::string& content, const ModelSpec& model = {})
    {
        return m_cache.findByContent(sha256Hex(content), model.id(), model.preprocessing.id());
    }

private:
    EmbeddingCache m_cache;
};

std::string fileOf(const std::string& path)
{
    return sha256Hex(path).substr(0, 16) + ".npy";
}

} // namespace

class TestEmbeddingCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesComeBackAfterReopening()
    {
        const test::TempFolder folder;
        Cache(folder).add("images/a.png", embeddingOf("a", 1));
        Cache cache(folder);
        QCOMPARE(cache->size(), std::size_t{1});
        const auto* entry = cache.find("images/a.png");
        QVERIFY(entry);
        QCOMPARE(entry, cache.findContent("a"));
        QVERIFY(must(cache->loadEmbedding(*entry)) == embeddingOf("a", 1));
        QCOMPARE(entry->identity.sizeBytes, kIdentity.sizeBytes);
        QVERIFY(!cache.find("images/b.png"));
        QVERIFY(!cache.findContent("b"));
    }

    void viewingCreatesNothing()
    {
        const test::TempFolder folder;
        QCOMPARE(Cache(folder)->size(), std::size_t{0});
        QVERIFY(!openFolder(folder.pathOf("data")));
    }

    /// What compute_embeddings.py writes and its readers read.
    void scriptsFindLineAndFile()
    {
        const test::TempFolder folder;
        Cache(folder).add("images/\xc3\xa4.png", embeddingOf("a", 1));
        const std::string hash = sha256Hex("images/\xc3\xa4.png").substr(0, 16);
        QCOMPARE(folder.read(kScriptLines), "{\"image_path\": \"images/\\u00e4.png\", \"embedding_file\": "
                                            "\"data/ai_data/embeddings/" +
                                                hash + ".npy\", \"hash\": \"" + hash + "\"}\n");
        QCOMPARE(folder.read("data/ai_data/embeddings/" + hash + ".npy"), npyBytes(std::vector<float>{1, 2, 3}));
    }

    void nothingIsThereBeforeItIsDurable()
    {
        const test::TempFolder folder;
        Cache cache(folder);
        must(cache->add({}, "a.png", kIdentity, embeddingOf("a", 1)));
        QCOMPARE(Cache(folder)->size(), std::size_t{0});
        QVERIFY(must(cache->load(*cache.find("a.png"))) == (std::vector<float>{1, 2, 3})); // but it can be used
        must(cache->flush());
        QCOMPARE(Cache(folder)->size(), std::size_t{1});
    }

    void changedFilesHaveNoEntry()
    {
        const test::TempFolder folder;
        Cache cache(folder);
        cache.add("a.png", embeddingOf("a", 1));
        const ModelSpec model;
        const auto find = [&](const FileIdentity& now) {
            return cache->findByPath("a.png", now, model.id(), model.preprocessing.id());
        };
        QVERIFY(find(kIdentity));
        QVERIFY(find({1, 2, kIdentity.sizeBytes, kIdentity.modifiedNs})); // a copied workspace
        QVERIFY(!find({7, 8, 1001, kIdentity.modifiedNs}));
        QVERIFY(!find({7, 8, 1000, kIdentity.modifiedNs + 1}));
    }

    void newContentReplacesOldOfOnePath()
    {
        const test::TempFolder folder;
        {
            Cache cache(folder);
            cache.add("a.png", embeddingOf("old", 1));
            cache.add("a.png", embeddingOf("new", 9));
            QVERIFY(!cache.findContent("old")); // its file holds other numbers now
        }
        Cache cache(folder);
        QCOMPARE(cache->size(), std::size_t{1});
        QVERIFY(!cache.findContent("old"));
        QCOMPARE(must(cache->load(*cache.findContent("new"))).front(), 9.0F);
    }

    void oneContentUnderTwoPaths()
    {
        const test::TempFolder folder;
        Cache cache(folder);
        cache.add("a.png", embeddingOf("same", 1));
        cache.add("b.png", embeddingOf("same", 1));
        cache.add("a.png", embeddingOf("other", 2));
        QVERIFY(cache.findContent("same"));
        QCOMPARE(cache.findContent("same")->imagePath, std::string("b.png"));
    }

    void modelsDoNotMeet()
    {
        const test::TempFolder folder;
        Cache cache(folder);
        cache.add("a.png", embeddingOf("a", 1));
        cache.add("a.png", embeddingOf("a", 2), clipModel());
        ModelSpec normalized = clipModel();
        normalized.preprocessing.normalizesOutput = true;
        cache.add("a.png", embeddingOf("a", 3), normalized);
        QCOMPARE(cache->size(), std::size_t{3});
        QCOMPARE(cache.find("a.png")->embeddingFile, fileOf("a.png"));
        QCOMPARE(must(cache->load(*cache.find("a.png"))).front(), 1.0F);
        QCOMPARE(must(cache->load(*cache.find("a.png", clipModel()))).front(), 2.0F);
        QCOMPARE(must(cache->load(*cache.find("a.png", normalized))).front(), 3.0F);
        Cache again(folder);
        QCOMPARE(must(again->load(*again.find("a.png", clipModel()))).front(), 2.0F);
        QCOMPARE(again->entriesOf(clipModel().id(), clipModel().preprocessing.id()).size(), std::size_t{1});
        again.add("a.png", embeddingOf("changed", 4), clipModel()); // each keeps its own file
        QCOMPARE(must(again->load(*again.find("a.png"))).front(), 1.0F);
        QCOMPARE(must(again->load(*again.find("a.png", clipModel()))).front(), 4.0F);
    }

    void tornAndStrangeLinesAreSkipped()
    {
        const test::TempFolder folder;
        Cache(folder).add("a.png", embeddingOf("a", 1));
        const std::string good = folder.read(kIndexLines);
        folder.write(kIndexLines, "no json\n{}\n" + good + good.substr(0, good.size() / 2));
        Cache cache(folder);
        QCOMPARE(cache->size(), std::size_t{1});
        QCOMPARE(cache->skippedLines(), std::size_t{3});
        cache.add("b.png", embeddingOf("b", 2)); // behind the torn line, not inside it
        Cache again(folder);
        QCOMPARE(again->size(), std::size_t{2});
        QVERIFY(again.find("b.png"));
        QVERIFY(again.find("a.png"));
    }

    void filesOutsideTheFolderAreNotTouched()
    {
        const test::TempFolder folder;
        Cache(folder).add("a.png", embeddingOf("a", 1));
        std::string line = folder.read(kIndexLines);
        line.replace(line.find(fileOf("a.png")), fileOf("a.png").size(), "../../secret.npy");
        folder.write(kIndexLines, line);
        Cache cache(folder);
        QCOMPARE(cache->size(), std::size_t{0});
        QCOMPARE(cache->skippedLines(), std::size_t{1});
    }

    void damagedVectorsAreNoEmbeddings()
    {
        const test::TempFolder folder;
        Cache cache(folder);
        cache.add("a.png", embeddingOf("a", 1));
        const std::string path = "data/ai_data/embeddings/" + fileOf("a.png");
        folder.write(path, "\x80\x04K\x01."); // a pickle
        PS_CHECK_ERROR(ErrorCode::Corrupt, cache->load(*cache.find("a.png")));
        folder.write(path, npyBytes(std::vector<float>{1, std::nanf(""), 3}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, cache->load(*cache.find("a.png")));
        QVERIFY(::unlink(folder.pathOf(path).c_str()) == 0);
        PS_CHECK_ERROR(ErrorCode::NotFound, cache->load(*cache.find("a.png")));
    }

    void shardsWriteTheirOwnFilesAndAreReadTogether()
    {
        const test::TempFolder folder;
        {
            Cache first(folder, "shard-0-of-2");
            Cache second(folder, "shard-1-of-2");
            first.add("a.png", embeddingOf("a", 1));
            second.add("b.png", embeddingOf("b", 2));
        }
        QVERIFY(folder.read("data/ai_data/cache/processed_images.shard-0-of-2.jsonl").find("a.png") !=
                std::string::npos);
        QVERIFY(folder.read("data/ai_data/cache/proofsheet_index.shard-1-of-2.jsonl").find("b.png") !=
                std::string::npos);
        Cache all(folder);
        QCOMPARE(all->size(), std::size_t{2});
        QVERIFY(all.find("a.png"));
        QVERIFY(all.find("b.png"));
    }

    void fullDiskIsSaidAndNothingIsHalf()
    {
        const test::TempFolder folder;
        folder.write("data/ai_data/embeddings", "a file where the folder should be");
        Cache cache(folder);
        must(cache->add({}, "a.png", kIdentity, embeddingOf("a", 1)));
        QVERIFY(!cache->flush());
        QCOMPARE(Cache(folder)->size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingCache)
#include "tst_embedding_cache.moc"
