// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/foreign_reader.h"
#include "tests/support/checks.h"
#include "tests/support/processes.h"
#include "tests/support/temp_folder.h"

#include <QObject>

#include <algorithm>
#include <functional>
#include <unistd.h>

using namespace ps;
using namespace ps::test;

namespace {

/// What a reader gave, and the most memory that the process took above what it had before.
struct Measured {
    std::int64_t decisions = 0;
    std::int64_t images = 0;
    std::int64_t boxes = 0;
    std::int64_t quarantined = 0;
    std::size_t extraBytes = 0;
};

Measured measure(const TempFolder& folder, ImportFormat format, const Json& columnMap = {})
{
    Measured measured;
    const std::size_t before = residentBytes(::getpid());
    std::int64_t items = 0;
    const auto count = [&](std::int64_t& counter) -> Result<void> {
        ++counter;
        if (++items % 10'000 == 0) {
            const std::size_t now = residentBytes(::getpid());
            measured.extraBytes = std::max(measured.extraBytes, now > before ? now - before : 0);
        }
        return {};
    };
    ImportTaker taker;
    taker.decision = [&](ImportedDecision) { return count(measured.decisions); };
    taker.quarantined = [&](QuarantinedItem) { return count(measured.quarantined); };
    taker.image = [&](ImportedImage image) {
        measured.boxes += std::ssize(image.boxes);
        return count(measured.images);
    };
    must(readDataset(folder.handle()->get(), format, columnMap, taker, {}));
    return measured;
}

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

} // namespace

class TestLargeDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMillionLinesOfJson()
    {
        const TempFolder folder;
        std::string text;
        for (int i = 0; i < 1'000'000; ++i) {
            text +=
                "{\"group_id\": \"g" + std::to_string(i) +
                "\", \"images\": [\"a.png\", \"b.png\"], \"user_action\": \"approve\", \"user_selected_index\": 1}\n";
            if (i % 1000 == 999)
                text += "nonsense\n";
        }
        folder.write("batch_0001.jsonl", text);
        text = {};
        const Measured measured = measure(folder, ImportFormat::Jsonl);
        QCOMPARE(measured.decisions, std::int64_t{1'000'000});
        QCOMPARE(measured.quarantined, std::int64_t{1000});
        QVERIFY2(measured.extraBytes < 32 * kMegabyte, std::to_string(measured.extraBytes).c_str());
    }

    void aMillionLinesOfCsv()
    {
        const TempFolder folder;
        std::string text = "id,pictures,what,which\n";
        for (int i = 0; i < 1'000'000; ++i)
            text += 'g' + std::to_string(i) + ",a.png|b.png,approve,1\n";
        folder.write("d.csv", text);
        text = {};
        const Json map = Json::object(
            {{"group_id", "id"}, {"images", "pictures"}, {"action", "what"}, {"selected_index", "which"}});
        const Measured measured = measure(folder, ImportFormat::Csv, map);
        QCOMPARE(measured.decisions, std::int64_t{1'000'000});
        QVERIFY2(measured.extraBytes < 32 * kMegabyte, std::to_string(measured.extraBytes).c_str());
    }

    void halfAMillionBoxesOfCoco()
    {
        const TempFolder folder;
        std::string text = "{\"annotations\": [";
        for (int i = 0; i < 500'000; ++i)
            text += (i == 0 ? "\n" : ",\n") +
                    ("{\"id\": " + std::to_string(i) + ", \"image_id\": " + std::to_string(i * 7919LL % 2000) +
                     ", \"category_id\": 1, \"bbox\": [1, 2, 3, 4], \"area\": 12}");
        text += "],\n\"images\": [";
        for (int i = 0; i < 2000; ++i) {
            const std::string name = std::to_string(i) + ".jpg";
            folder.write("images/" + name, "x");
            text += (i == 0 ? "\n" : ",\n") + ("{\"id\": " + std::to_string(i) + ", \"file_name\": \"" + name +
                                               "\", \"width\": 10, \"height\": 10}");
        }
        text += "],\n\"categories\": [{\"id\": 1, \"name\": \"crop\"}]}";
        folder.write("annotations/train.json", text);
        text = {};
        const Measured measured = measure(folder, ImportFormat::Coco);
        QCOMPARE(measured.images, std::int64_t{2000});
        QCOMPARE(measured.boxes, std::int64_t{500'000});
        QCOMPARE(measured.quarantined, std::int64_t{0});
        QVERIFY2(measured.extraBytes < 64 * kMegabyte, std::to_string(measured.extraBytes).c_str());
    }
};

QTEST_GUILESS_MAIN(TestLargeDatasets)
#include "tst_large_datasets.moc"
