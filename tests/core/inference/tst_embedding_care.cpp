// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/inference/embedding_care.h"
#include "core/inference/npy_file.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <algorithm>

using namespace ps;
using test::must;

namespace {

class Gallery
{
public:
    void write(const std::string& name, const std::string& bytes) const { m_folder.write("images/" + name, bytes); }
    void writePattern(const std::string& name, int width) const
    {
        write(name, test::encodedAs(ImageFormat::Png, test::patternRaster({width, 64})));
    }
    EmbeddingItem item(const std::string& name) const
    {
        const ImageSource source(m_folder.handle(), "images/" + name);
        return {"images/" + name, source, must(source.identify())};
    }
    std::vector<EmbeddingItem> items(const std::vector<std::string>& names) const
    {
        std::vector<EmbeddingItem> all;
        for (const std::string& name : names)
            all.push_back(item(name));
        return all;
    }
    EmbeddingCache cache(std::string_view shard = {}) const
    {
        return must(EmbeddingCache::open(m_folder.pathOf("data/ai_data/cache"), shard));
    }
    void embed(const std::vector<EmbeddingItem>& items, EmbeddingShard shard = {}) const
    {
        EmbeddingCache open = cache(shard.name());
        EmbeddingRunOptions options;
        options.shard = shard;
        must(embedImages(service(), open, items, options, {}));
    }
    InferenceService& service() const
    {
        if (!m_service) {
            InferenceService::Options options;
            options.workerPath = test::programPath("proofsheet-worker");
            options.workerCount = 1;
            m_service = must(InferenceService::start(options));
        }
        return *m_service;
    }
    Result<ImportReport> import() const
    {
        EmbeddingCache open = cache();
        return importScriptCache(
            open, [this](const std::string& path) { return std::optional(ImageSource(m_folder.handle(), path)); }, {});
    }
    const test::TempFolder& folder() const { return m_folder; }

private:
    test::TempFolder m_folder;
    mutable std::unique_ptr<InferenceService> m_service;
};

std::string vectorBytes(float first)
{
    std::vector<float> values(512, 0.25F);
    values[0] = first;
    return npyBytes(values);
}

} // namespace

class TestEmbeddingCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportNamesWhatIsWrong()
    {
        const Gallery gallery;
        for (const char* name : {"a.png", "b.png", "gone.png", "lost.png"})
            gallery.writePattern(name, 80 + name[0]);
        gallery.embed(gallery.items({"a.png", "b.png", "gone.png", "lost.png"}));
        gallery.writePattern("b.png", 333);
        gallery.writePattern("new.png", 444);
        const std::string lost = gallery.cache()
                                     .findByPath("images/lost.png", std::nullopt, ModelSpec().id(),
                                                 ModelSpec().preprocessing.id())
                                     ->embeddingFile;
        QVERIFY(::unlink(gallery.folder().pathOf("data/ai_data/embeddings/" + lost).c_str()) == 0);
        gallery.folder().write("data/ai_data/embeddings/0123456789abcdef.npy", vectorBytes(1));
        const CacheReport report = must(
            reportOnCache(gallery.cache(), gallery.items({"a.png", "b.png", "lost.png", "new.png"}), {}));
        QCOMPARE(report.images, 4);
        QCOMPARE(report.current, 2);
        QCOMPARE(report.coverage(), 0.5);
        QCOMPARE(report.stale, (std::vector<std::string>{"images/b.png"}));
        QCOMPARE(report.missing, (std::vector<std::string>{"images/new.png"}));
        QCOMPARE(report.orphans, (std::vector<std::string>{"images/gone.png"}));
        QCOMPARE(report.lostVectors, (std::vector<std::string>{"images/lost.png"}));
        QCOMPARE(report.strayVectors, (std::vector<std::string>{"0123456789abcdef.npy"}));
        QVERIFY(!report.isClean());
    }

    void wholeCacheIsClean()
    {
        const Gallery gallery;
        gallery.writePattern("a.png", 80);
        gallery.embed(gallery.items({"a.png"}));
        QVERIFY(must(reportOnCache(gallery.cache(), gallery.items({"a.png"}), {})).isClean());
        QVERIFY(must(reportOnCache(gallery.cache(), gallery.items({"a.png"}), {})).strayVectors.empty());
    }

    void verifyFindsWhatWasChanged()
    {
        const Gallery gallery;
        std::vector<std::string> names;
        for (int i = 0; i < 6; ++i) {
            names.push_back(std::to_string(i) + ".png");
            gallery.writePattern(names.back(), 100 + i);
        }
        const auto items = gallery.items(names);
        gallery.embed(items);
        VerifyReport report = must(verifyCache(gallery.service(), gallery.cache(), items, {}, 20));
        QCOMPARE(report.checked, 6);
        QCOMPARE(report.equal, 6);
        QCOMPARE(report.largestDifference, 0.0);
        QCOMPARE(must(verifyCache(gallery.service(), gallery.cache(), items, {}, 2)).checked, 2);

        const EmbeddingCache cache = gallery.cache();
        const auto* entry = cache.findByPath("images/3.png", std::nullopt, ModelSpec().id(),
                                             ModelSpec().preprocessing.id());
        std::vector<float> values = must(cache.load(*entry));
        values[100] += 0.5F;
        gallery.folder().write("data/ai_data/embeddings/" + entry->embeddingFile, npyBytes(values));
        report = must(verifyCache(gallery.service(), gallery.cache(), items, {}, 20));
        QCOMPARE(report.equal, 5);
        QCOMPARE(report.differences.size(), std::size_t{1});
        QCOMPARE(report.differences.front().context, std::string("images/3.png"));
    }

    void allShapesOfTheScriptsAreTaken()
    {
        const Gallery gallery;
        gallery.writePattern("a.png", 80);
        gallery.writePattern("b.png", 90);
        gallery.writePattern("c.png", 95);
        const std::string a = sha256Hex("images/a.png").substr(0, 16);
        const std::string b = sha256Hex("/home/x/images/b.png").substr(0, 16); // of the absolute path
        gallery.folder().write("data/ai_data/embeddings/" + a + ".npy", vectorBytes(1));
        gallery.folder().write("data/ai_data/cache/embeddings/" + b + ".npy", vectorBytes(2));
        gallery.folder().write("data/ai_data/cache/embeddings/feed.npy", vectorBytes(3));
        gallery.folder().write("data/ai_data/cache/embeddings/dead.npy", vectorBytes(4));
        gallery.folder().write(
            "data/ai_data/cache/processed_images.jsonl",
            "{\"image_path\": \"images/a.png\", \"embedding_file\": \"data/ai_data/embeddings/" + a +
                ".npy\", \"hash\": \"" + a + "\"}\n{\"image_path\": \"images/b.png\", \"embedding_file\": \"" + b +
                ".npy\", \"hash\": \"" + b +
                "\"}\n{\"image_path\": \"images/missing.png\", \"embedding_file\": "
                "\"dead.npy\", \"hash\": \"dead\"}\nno line\n{\"image_path\": \"images/x.png\", \"embedding_file\": "
                "\"../../etc/passwd\", \"hash\": \"nothing\"}\n");
        gallery.folder().write("data/ai_data/cache/processed_files.jsonl",
                               "{\"file_path\": \"images/c.png\", \"embedding_hash\": \"feed\", \"processed_at\": "
                               "\"2025-10-01T00:00:00\", \"processing_time_sec\": 0.1}\n");
        const std::string before = gallery.folder().read("data/ai_data/cache/processed_images.jsonl");
        const ImportReport report = must(gallery.import());
        QCOMPARE(report.imported, 4);
        QCOMPARE(report.withoutImage, 1);
        QCOMPARE(report.problems.size(), std::size_t{2});

        const EmbeddingCache cache = gallery.cache();
        const auto first = [&](const std::string& path, bool isNormalized) -> double {
            const ModelSpec model = scriptClip(isNormalized);
            const auto* entry = cache.findByPath(path, std::nullopt, model.id(), model.preprocessing.id());
            return entry ? static_cast<double>(must(cache.load(*entry)).front()) : 0;
        };
        QCOMPARE(first("images/a.png", false), 1.0);
        QCOMPARE(first("images/b.png", false), 2.0);
        QCOMPARE(first("images/c.png", true), 3.0);
        QCOMPARE(first("images/c.png", false), 0.0);
        const ModelSpec raw = scriptClip(false);
        QVERIFY(
            cache.findByContent(sha256Hex(gallery.folder().read("images/a.png")), raw.id(), raw.preprocessing.id()));
        QCOMPARE(gallery.folder().read("data/ai_data/cache/processed_images.jsonl"), before);
        const ImportReport again = must(gallery.import());
        QCOMPARE(again.imported, 0);
        QCOMPARE(again.known, 4);
    }

    void ourOwnLinesAreNotTheScripts()
    {
        const Gallery gallery;
        gallery.writePattern("a.png", 80);
        gallery.embed(gallery.items({"a.png"}));
        const ImportReport report = must(gallery.import());
        QCOMPARE(report.imported, 0);
        QCOMPARE(report.known, 1);
    }

    void shardsMergeOnceHoweverOften()
    {
        const Gallery gallery;
        std::vector<std::string> names;
        for (int i = 0; i < 12; ++i) {
            names.push_back(std::to_string(i) + ".png");
            gallery.writePattern(names.back(), 100 + i);
        }
        const auto items = gallery.items(names);
        for (std::uint64_t i = 0; i < 3; ++i)
            gallery.embed(items, {i, 3});
        const std::string folder = gallery.folder().pathOf("data/ai_data/cache");
        const MergeReport merged = must(mergeShards(folder));
        QCOMPARE(merged.lines, 24); // one for the scripts and one of ours
        const auto lineCount = [&](const char* name) {
            const std::string text = gallery.folder().read(std::string("data/ai_data/cache/") + name);
            return std::ranges::count(text, '\n');
        };
        QCOMPARE(lineCount("processed_images.jsonl"), 12);
        QCOMPARE(lineCount("proofsheet_index.jsonl"), 12);
        QCOMPARE(must(mergeShards(folder)).lines, 0);
        QCOMPARE(gallery.cache().size(), std::size_t{12});
        QVERIFY(must(reportOnCache(gallery.cache(), items, {})).isClean());
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingCare)
#include "tst_embedding_care.moc"
