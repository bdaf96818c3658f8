// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/embedding_run.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <sys/stat.h>

using namespace ps;
using test::must;

namespace {

class Gallery
{
public:
    explicit Gallery(int count)
    {
        for (int i = 0; i < count; ++i)
            write(std::to_string(i) + ".png", test::encodedAs(ImageFormat::Png, test::patternRaster({70 + i, 64})));
    }

    void write(const std::string& name, const std::string& bytes)
    {
        m_folder.write("images/" + name, bytes);
        if (std::ranges::find(m_names, name) == m_names.end())
            m_names.push_back(name);
    }
    std::string read(const std::string& name) const { return m_folder.read("images/" + name); }
    void forget(const std::string& name) { std::erase(m_names, name); }

    std::vector<EmbeddingItem> items() const
    {
        std::vector<EmbeddingItem> items;
        for (const std::string& name : m_names) {
            const ImageSource source(m_folder.handle(), "images/" + name);
            const auto identity = source.identify();
            items.push_back({"images/" + name, source, identity ? *identity : FileIdentity{1, 1, 1, 1}});
        }
        return items;
    }

    EmbeddingCache cache(std::string_view shard = {}) const
    {
        return must(EmbeddingCache::open(m_folder.pathOf("data/ai_data/cache"), shard));
    }

    Result<EmbeddingProgress> run(EmbeddingRunOptions options = {}, std::stop_token stop = {}) const
    {
        EmbeddingCache open = cache(options.shard.name());
        return embedImages(service(), open, items(), options, std::move(stop));
    }

    InferenceService& service() const
    {
        if (!m_service) {
            InferenceService::Options options;
            options.workerPath = test::programPath("proofsheet-worker");
            options.workerCount = 2;
            m_service = must(InferenceService::start(options));
        }
        return *m_service;
    }

private:
    test::TempFolder m_folder;
    std::vector<std::string> m_names;
    mutable std::unique_ptr<InferenceService> m_service;
};

} // namespace

class TestEmbeddingRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyImageGetsOne()
    {
        const Gallery gallery(20);
        const EmbeddingProgress done = must(gallery.run());
        QCOMPARE(done.total, 20);
        QCOMPARE(done.computed, 20);
        const EmbeddingCache cache = gallery.cache();
        QCOMPARE(cache.size(), std::size_t{20});
        for (const EmbeddingItem& item : gallery.items()) {
            const auto* entry = cache.findByPath(item.imagePath, item.identity, ModelSpec().id(),
                                                 ModelSpec().preprocessing.id());
            QVERIFY(entry);
            QCOMPARE(must(cache.load(*entry)).size(), std::size_t{512});
        }
    }

    void secondRunHasNothingToDo()
    {
        const Gallery gallery(5);
        must(gallery.run());
        const EmbeddingProgress again = must(gallery.run());
        QCOMPARE(again.kept, 5);
        QCOMPARE(again.computed + again.copied, 0);
        EmbeddingRunOptions anew;
        anew.computesAnew = true;
        QCOMPARE(must(gallery.run(anew)).computed, 5);
    }

    void changedImagesAreComputedAnew()
    {
        Gallery gallery(5);
        must(gallery.run());
        gallery.write("3.png", test::encodedAs(ImageFormat::Png, test::noiseRaster({64, 64})));
        const EmbeddingProgress again = must(gallery.run());
        QCOMPARE(again.kept, 4);
        QCOMPARE(again.computed, 1);
        QCOMPARE(gallery.cache().size(), std::size_t{5});
    }

    void equalContentIsComputedOnce()
    {
        Gallery gallery(3);
        const std::string same = gallery.read("1.png");
        for (const char* name : {"copy1.png", "copy2.png", "copy3.png"})
            gallery.write(name, same);
        const EmbeddingProgress done = must(gallery.run());
        QCOMPARE(done.computed, 3);
        QCOMPARE(done.copied, 3);
        const EmbeddingCache cache = gallery.cache();
        const auto valuesOf = [&](const char* path) {
            return must(
                cache.load(*cache.findByPath(path, std::nullopt, ModelSpec().id(), ModelSpec().preprocessing.id())));
        };
        QVERIFY(valuesOf("images/copy3.png") == valuesOf("images/1.png"));
        QVERIFY(valuesOf("images/copy3.png") != valuesOf("images/2.png"));
        gallery.write("later.png", same); // also of an earlier run
        QCOMPARE(must(gallery.run()).copied, 1);
    }

    void badImagesAreToldAndTheOthersGoOn()
    {
        Gallery gallery(4);
        gallery.write("bad1.jpg", "no image");
        gallery.write("bad2.jpg", "no image"); // equal content that has no embedding
        std::vector<std::string> problems;
        EmbeddingRunOptions options;
        options.onProblem = [&](const Error& error) { problems.push_back(error.context); };
        const EmbeddingProgress done = must(gallery.run(options));
        QCOMPARE(done.computed, 4);
        QCOMPARE(done.failed, 2);
        std::ranges::sort(problems);
        QCOMPARE(problems, (std::vector<std::string>{"images/bad1.jpg", "images/bad2.jpg"}));
        QCOMPARE(must(gallery.run()).failed, 2); // and tried again
    }

    void stoppedWorkGoesOn()
    {
        const Gallery gallery(40);
        std::stop_source stop;
        EmbeddingRunOptions options;
        options.batch = 2;
        options.onProgress = [&](const EmbeddingProgress& now) {
            if (now.done() > 0)
                stop.request_stop();
        };
        const auto stopped = gallery.run(options, stop.get_token());
        const std::size_t before = gallery.cache().size();
        if (!stopped)
            PS_CHECK_ERROR(ErrorCode::Cancelled, stopped);
        const EmbeddingProgress rest = must(gallery.run());
        QCOMPARE(rest.kept, static_cast<std::int64_t>(before));
        QCOMPARE(gallery.cache().size(), std::size_t{40});
        std::stop_source early;
        early.request_stop();
        PS_CHECK_ERROR(ErrorCode::Cancelled, gallery.run({}, early.get_token()));
    }

    void progressReachesTheTotal()
    {
        const Gallery gallery(10);
        EmbeddingProgress last;
        EmbeddingRunOptions options;
        options.onProgress = [&](const EmbeddingProgress& now) {
            QVERIFY(now.done() >= last.done());
            last = now;
        };
        must(gallery.run(options));
        QCOMPARE(last.done(), 10);
        QCOMPARE(last.total, 10);
    }

    void shardsTogetherAreEverything()
    {
        const Gallery gallery(30);
        std::int64_t total = 0;
        for (std::uint64_t i = 0; i < 4; ++i) {
            EmbeddingRunOptions options;
            options.shard = {i, 4};
            total += must(gallery.run(options)).computed;
        }
        QCOMPARE(total, 30);
        QCOMPARE(gallery.cache().size(), std::size_t{30});
        QCOMPARE(must(gallery.run()).kept, 30);
        EmbeddingRunOptions again; // idempotent
        again.shard = {2, 4};
        QCOMPARE(must(gallery.run(again)).computed, 0);
    }

    void shardsAreReadFromText()
    {
        QVERIFY(EmbeddingShard::fromText("0/1"));
        QCOMPARE(EmbeddingShard::fromText("3/8")->name(), std::string("shard-3-of-8"));
        QCOMPARE(EmbeddingShard::fromText("0/1")->name(), std::string());
        for (const char* text : {"", "1", "1/1", "-1/4", "4/4", "a/4", "1/4/5", "1/0"})
            QVERIFY2(!EmbeddingShard::fromText(text), text);
    }

    void shardOfAPathIsFixed()
    {
        // Array jobs of different machines and days must agree.
        const EmbeddingShard shard{0, 7};
        std::string members;
        for (int i = 0; i < 30; ++i)
            members += shard.contains("images/" + std::to_string(i) + ".png") ? '1' : '0';
        QCOMPARE(members.size(), std::size_t{30});
        QVERIFY(members.find('1') != std::string::npos);
        QVERIFY(members.find('0') != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingRun)
#include "tst_embedding_run.moc"
