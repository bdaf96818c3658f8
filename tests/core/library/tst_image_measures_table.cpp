// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/catalogue.h"
#include "core/library/image_measures_table.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using test::must;

namespace {

FileIdentity identityOf(int number)
{
    return {1, static_cast<std::uint64_t>(100 + number), 1000 + number, 5'000'000 + number};
}

GroupImage imageOf(int number)
{
    GroupImage image;
    image.path = "photos/" + std::to_string(number) + ".jpg";
    image.currentPath = "moved/" + std::to_string(number) + ".jpg";
    image.identity = identityOf(number);
    return image;
}

/// Two groups of two images.
std::vector<CatalogueItem> itemsOf()
{
    std::vector<CatalogueItem> items;
    for (int g = 0; g < 2; ++g) {
        CatalogueItem item;
        item.entry.ordinal = g;
        item.entry.key = "g_" + std::to_string(g);
        item.entry.imageCount = 2;
        item.images = {imageOf(2 * g), imageOf(2 * g + 1)};
        items.push_back(std::move(item));
    }
    return items;
}

ImageInfo infoOf(int number)
{
    ImageInfo info;
    info.size = {640 + number, 480};
    info.format = ImageFormat::Jpeg;
    info.chromaSubsampling = "4:2:0";
    info.estimatedQuality = 90;
    info.profileDescription = "Display P3";
    info.identity = identityOf(number);
    info.fileBytes = info.identity.sizeBytes;
    return info;
}

ImageMeasures measuresOf(int number)
{
    ImageMeasures measures;
    measures.sha256 = std::string(63, 'a') + std::to_string(number);
    measures.perceptualHash = 0xf000000000000000 + static_cast<std::uint64_t>(number);
    measures.sharpness = 10 + number;
    measures.noise = 1.5;
    measures.exposure = 0.5;
    measures.darkShare = 0.01;
    measures.brightShare = 0.02;
    measures.contrast = 0.2;
    return measures;
}

Catalogue filledCatalogue()
{
    Catalogue catalogue = must(Catalogue::openInMemory());
    must(catalogue.fill(itemsOf(), {}));
    return catalogue;
}

void survey(const Catalogue& catalogue, int number)
{
    must(putImageSurvey(catalogue.connection(), imageOf(number).path, infoOf(number), measuresOf(number)));
}

std::vector<std::int64_t> unsurveyedOrdinals(const Catalogue& catalogue, bool wantsHash = true)
{
    std::vector<std::int64_t> places;
    for (const UnsurveyedImage& image : must(unsurveyedImages(catalogue.connection(), {}, wantsHash, 100)))
        places.push_back(image.place.ordinal * 10 + image.place.slot);
    return places;
}

using Places = std::vector<std::int64_t>;

} // namespace

class TestImageMeasuresTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void surveyComesBackAsItWas()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 1);
        const auto stored = must(findMeasures(catalogue.connection(), imageOf(1).path, identityOf(1)));
        QVERIFY(stored);
        QVERIFY(stored->measures == measuresOf(1));
        QVERIFY(stored->info.size == infoOf(1).size);
        QVERIFY(stored->info.format == ImageFormat::Jpeg);
        QCOMPARE(stored->info.chromaSubsampling, std::string("4:2:0"));
        QCOMPARE(stored->info.estimatedQuality, 90);
        QCOMPARE(stored->info.profileDescription, std::string("Display P3"));
    }

    void onlyOneStateOfAFileIsKnown()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 1);
        FileIdentity changed = identityOf(1);
        ++changed.modifiedNs;
        QVERIFY(!must(findMeasures(catalogue.connection(), imageOf(1).path, changed)));
        must(putImageSize(catalogue.connection(), imageOf(1).path, changed, {10, 20}, ""));
        const auto stored = must(findMeasures(catalogue.connection(), imageOf(1).path, changed));
        QVERIFY(stored && !stored->measures);
        QVERIFY(stored->info.size == (ImageSize{10, 20}));
    }

    void sizeAloneLeavesTheSurveyInPlace()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 1);
        must(catalogue.setMeasure(imageOf(1).path, identityOf(1), {641, 480}, ""));
        QVERIFY(must(findMeasures(catalogue.connection(), imageOf(1).path, identityOf(1)))->measures == measuresOf(1));
    }

    void knownHashOutlivesASurveyWithoutOne()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 1);
        ImageMeasures without = measuresOf(1);
        without.sha256.clear();
        must(putImageSurvey(catalogue.connection(), imageOf(1).path, infoOf(1), without));
        QVERIFY(must(findMeasures(catalogue.connection(), imageOf(1).path, identityOf(1)))->measures == measuresOf(1));
    }

    void measuresOutliveARefresh()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 0);
        survey(catalogue, 2);
        must(catalogue.fill(itemsOf(), {}));
        QVERIFY(must(findMeasures(catalogue.connection(), imageOf(0).path, identityOf(0)))->measures == measuresOf(0));
        const auto entries = must(catalogue.page(0, 10));
        QCOMPARE(entries.at(0).sharpness.value_or(-1), 10.0);
        QCOMPARE(entries.at(1).sharpness.value_or(-1), 12.0);
    }

    void fileThatChangedIsUnsurveyedAgain()
    {
        const Catalogue catalogue = filledCatalogue();
        for (int i = 0; i < 4; ++i)
            survey(catalogue, i);
        QCOMPARE(unsurveyedOrdinals(catalogue), Places());
        std::vector<CatalogueItem> items = itemsOf();
        ++items[1].images[0].identity.modifiedNs;
        must(catalogue.fill(items, {}));
        QCOMPARE(unsurveyedOrdinals(catalogue), Places{10});
        const auto entries = must(catalogue.page(0, 10));
        QVERIFY(!entries.at(1).sharpness);
    }

    void whatIsToBeSurveyed()
    {
        std::vector<CatalogueItem> items = itemsOf();
        items[0].images[1].isMissing = true;
        const Catalogue catalogue = must(Catalogue::openInMemory());
        must(catalogue.fill(items, {}));
        QCOMPARE(unsurveyedOrdinals(catalogue), (Places{0, 10, 11}));
        // A size alone is no survey; a file that cannot be read is not tried again.
        must(putImageSize(catalogue.connection(), imageOf(0).path, identityOf(0), {4, 3}, ""));
        must(putImageSize(catalogue.connection(), imageOf(2).path, identityOf(2), {}, "damaged JPEG"));
        QCOMPARE(unsurveyedOrdinals(catalogue), (Places{0, 11}));
        ImageMeasures without = measuresOf(3);
        without.sha256.clear();
        must(putImageSurvey(catalogue.connection(), imageOf(3).path, infoOf(3), without));
        QCOMPARE(unsurveyedOrdinals(catalogue, false), Places{0});
        QCOMPARE(unsurveyedOrdinals(catalogue, true), (Places{0, 11}));
        const auto page = must(unsurveyedImages(catalogue.connection(), {0, 0}, true, 1));
        QCOMPARE(page.at(0).path, imageOf(3).path);
        QCOMPARE(page.at(0).currentPath, imageOf(3).currentPath);
        QVERIFY(page.at(0).identity == identityOf(3));
    }

    void groupTakesTheSharpnessOfItsCover()
    {
        const Catalogue catalogue = filledCatalogue();
        survey(catalogue, 0);
        survey(catalogue, 2);
        survey(catalogue, 3);
        QVERIFY(!must(catalogue.page(0, 10)).at(0).sharpness);
        must(noteCoverMeasures(catalogue.connection(), {0, 0}, imageOf(0).path));
        must(noteCoverMeasures(catalogue.connection(), {1, 1}, imageOf(3).path)); // not the cover
        must(noteCoverMeasures(catalogue.connection(), {1, 0}, "photos/other.jpg"));
        const auto entries = must(catalogue.page(0, 10));
        QCOMPARE(entries.at(0).sharpness.value_or(-1), measuresOf(0).sharpness);
        QVERIFY(!entries.at(1).sharpness);
    }

    void hashesComeInProjectOrder()
    {
        const Catalogue catalogue = filledCatalogue();
        for (const int number : {3, 0, 2})
            survey(catalogue, number);
        std::vector<std::uint64_t> hashes;
        must(forEachHashedImage(catalogue.connection(), [&](const HashedImage& image) -> Result<void> {
            hashes.push_back(image.perceptualHash & 0xff);
            return image.sha256.size() == 32 ? Result<void>() : Error{ErrorCode::Internal, "no hash", {}, 0};
        }));
        QCOMPARE(hashes, (std::vector<std::uint64_t>{0, 2, 3}));
    }
};

QTEST_GUILESS_MAIN(TestImageMeasuresTable)
#include "tst_image_measures_table.moc"
