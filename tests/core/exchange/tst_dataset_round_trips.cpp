// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/foreign_reader.h"
#include "tests/core/exchange/dataset_samples.h"
#include "tests/support/checks.h"
#include "tests/support/release_doubles.h"
#include "tests/support/seeded_random.h"

#include <QObject>

#include <algorithm>
#include <map>

using namespace ps;
using namespace ps::test;

namespace {

const std::vector<std::string> kHardClasses{"1/2",
                                            ".5",
                                            "CON",
                                            "BMW",
                                            "bmw",
                                            "chef's mix",
                                            "a: \"b\" & <c>",
                                            "a:b",
                                            "tab\t\x01",
                                            "K\xC3\xA4se \xF0\x9F\x8D\x85"};

/// What must come back: name of the image -> side, boxes in pixels, classes.
using Known = std::map<std::string, std::string>;

std::string boxText(std::string_view name, const PixelBox& box)
{
    return std::string(name) + '@' + std::to_string(box.x1) + ',' + std::to_string(box.y1) + ',' +
           std::to_string(box.x2) + ',' + std::to_string(box.y2) + ';';
}

std::string described(const std::optional<ReleaseSide>& side, std::vector<std::string> parts)
{
    std::ranges::sort(parts);
    return std::string(side ? sideName(*side) : "none") + ' ' + join(parts, " ");
}

/// Random groups with crops and boxes of whole pixels.
std::vector<ReleaseGroup> randomGroups(SeededRandom& random, bool hasBoxes, bool hasClasses)
{
    std::vector<ReleaseGroup> groups;
    const ImageSize size{random.intBetween(20, 3000), random.intBetween(20, 3000)};
    const auto anyBox = [&] {
        const int x = random.intBetween(0, size.width - 2);
        const int y = random.intBetween(0, size.height - 2);
        return fromPixels({x, y, random.intBetween(x + 1, size.width - 1), random.intBetween(y + 1, size.height)},
                          size);
    };
    for (int i = 0; i < 12; ++i) {
        const bool isCrop = hasBoxes && random.oneIn(2);
        GroupMaker maker{.action = isCrop ? Action::Crop : Action::Approve,
                         .imageCount = 2,
                         .side = static_cast<ReleaseSide>(i % 3),
                         .size = size};
        if (isCrop)
            maker.crop = anyBox();
        ReleaseGroup group = maker.make(i);
        ReleaseImage& image = group.images.front();
        for (const std::string& name : kHardClasses) {
            if (hasBoxes && random.oneIn(3))
                image.boxes.push_back({name, anyBox()});
            if (hasClasses && random.oneIn(4) && image.classes.empty())
                image.classes.push_back(name);
        }
        groups.push_back(std::move(group));
    }
    std::ranges::stable_sort(groups, {}, [](const ReleaseGroup& group) { return group.side; });
    return groups;
}

Known knownOf(const std::vector<ReleaseGroup>& groups, bool classesAreActions)
{
    Known known;
    for (const ReleaseGroup& group : groups) {
        const ReleaseImage& image = group.images.front();
        std::vector<std::string> parts;
        if (image.crop)
            parts.push_back(boxText("crop", *toPixels(*image.crop, image.size)));
        for (const ReleaseBox& box : image.boxes)
            parts.push_back(boxText(box.className, *toPixels(box.box, image.size)));
        for (const std::string& name : image.classes)
            parts.push_back("=" + name);
        if (classesAreActions && image.classes.empty())
            parts.push_back("=" + std::string(actionName(group.action)));
        known[image.name] = described(group.side, std::move(parts));
    }
    return known;
}

Known knownOf(const Gathered& gathered, ImageSize size)
{
    Known known;
    for (const ImportedImage& image : gathered.images) {
        std::vector<std::string> parts;
        for (const ImportedBox& box : image.boxes) {
            // YOLO has six decimals: the nearest pixel is the one that was written.
            const Crop& b = box.box;
            const auto nearest = [](double value, int side) { return static_cast<int>(value * side + 0.5); };
            parts.push_back(boxText(box.className, {nearest(b.x1, size.width), nearest(b.y1, size.height),
                                                    nearest(b.x2, size.width), nearest(b.y2, size.height)}));
        }
        for (const std::string& name : image.classes)
            parts.push_back("=" + name);
        known[image.name] = described(image.side, std::move(parts));
    }
    return known;
}

std::string compared(const Known& written, const Known& read)
{
    std::string text;
    for (const auto& [name, value] : written) {
        const auto found = read.find(name);
        if (found == read.end() || found->second != value)
            text += name + ": wrote " + displayText(value) + ", read " +
                    (found == read.end() ? "nothing" : displayText(found->second)) + "\n";
    }
    return read.size() == written.size() ? text : text + "other images came back\n";
}

} // namespace

class TestDatasetRoundTrips : public QObject
{
    Q_OBJECT

private:
    /// Writes groups in a format and reads the files again, as a stranger's or as our own release.
    void check(ExportFormat exported, ImportFormat imported, bool hasBoxes, bool hasClasses)
    {
        SeededRandom random(7);
        for (int round = 0; round < 6; ++round) {
            const std::vector<ReleaseGroup> groups = randomGroups(random, hasBoxes, hasClasses);
            MemorySink sink;
            const CropMode crops = hasBoxes ? CropMode::Boxes : CropMode::Applied;
            FakeMedia media(crops);
            FormatContext context = contextFor(exported, sink, &media);
            context.request.crops = crops;
            writeAll(std::move(context), groups);
            const TempFolder folder;
            sink.saveTo(folder);
            const TempFolder unpacked;
            int dataset = folder.handle()->get();
            const auto found = must(recogniseDataset(dataset));
            QVERIFY(found == imported);
            if (imported == ImportFormat::WebDataset) {
                must(unpackShards(programPath("proofsheet-worker"), dataset, unpacked.handle()->get(), ArchiveLimits(),
                                  {}, {}));
                dataset = unpacked.handle()->get();
            }
            Gathered gathered;
            PS_CHECK_OK(readDataset(dataset, imported, {}, takerFor(gathered), {}));
            QCOMPARE(gathered.problems(), std::vector<std::string>{});
            const std::string difference = compared(knownOf(groups, imported == ImportFormat::YoloClassification),
                                                    knownOf(gathered, groups.front().images.front().size));
            QVERIFY2(difference.empty(), difference.c_str());
            for (const ReleaseGroup& group : groups)
                checkExact(group, gathered, imported);
        }
    }

    /// Formats with whole pixels give back the very same fractions.
    static void checkExact(const ReleaseGroup& group, const Gathered& gathered, ImportFormat format)
    {
        const ReleaseImage& image = group.images.front();
        if (!image.crop || format == ImportFormat::Yolo)
            return;
        const auto read = std::ranges::find(gathered.images, image.name, &ImportedImage::name);
        QVERIFY(read != gathered.images.end());
        const auto box = std::ranges::find(read->boxes, "crop", &ImportedBox::className);
        QVERIFY(box != read->boxes.end());
        QCOMPARE(cropText(box->box), cropText(*image.crop));
    }

private Q_SLOTS:
    void yolo() { check(ExportFormat::Yolo, ImportFormat::Yolo, true, false); }
    void yoloClassification()
    {
        check(ExportFormat::YoloClassification, ImportFormat::YoloClassification, false, true);
    }
    void coco() { check(ExportFormat::Coco, ImportFormat::Coco, true, true); }
    void voc() { check(ExportFormat::Voc, ImportFormat::Voc, true, false); }
    void cvat() { check(ExportFormat::Cvat, ImportFormat::Cvat, true, true); }
    void imageFolder() { check(ExportFormat::ImageFolder, ImportFormat::ImageFolder, true, true); }
    void webDataset() { check(ExportFormat::WebDataset, ImportFormat::WebDataset, true, true); }

    void rows_data()
    {
        QTest::addColumn<int>("exported");
        QTest::newRow("jsonl") << int(ExportFormat::Jsonl);
        QTest::newRow("csv") << int(ExportFormat::Csv);
    }
    void rows()
    {
        QFETCH(const int, exported);
        const auto format = static_cast<ExportFormat>(exported);
        SeededRandom random(8);
        const std::vector<ReleaseGroup> groups = randomGroups(random, true, false);
        MemorySink sink;
        writeAll(contextFor(format, sink), groups);
        const TempFolder folder;
        sink.saveTo(folder);
        folder.write("release.json", "{\"schema\": \"proofsheet release 1\", \"format\": \"" +
                                         std::string(exportFormatInfo(format).name) + "\", \"request\": {}}");
        const Gathered gathered = gather(folder, *must(recogniseDataset(folder.handle()->get())));
        QCOMPARE(gathered.problems(), std::vector<std::string>{});
        QCOMPARE(gathered.decisions.size(), groups.size());
        for (std::size_t i = 0; i < groups.size(); ++i) {
            QVERIFY(gathered.decisions[i].row.has_value());
            QCOMPARE(rowText(*gathered.decisions[i].row), rowText(groups[i].row));
            QVERIFY(gathered.decisions[i].action == groups[i].action);
            QCOMPARE(gathered.decisions[i].crop.has_value(), groups[i].images.front().crop.has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestDatasetRoundTrips)
#include "tst_dataset_round_trips.moc"
