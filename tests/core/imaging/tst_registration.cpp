// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/registration.h"
#include "tests/core/imaging/scene.h"

#include <QTest>

using namespace ps;
using test::Scene;
using test::SeededRandom;

namespace {

/// Two photographs of one scene, and the map between them.
struct Pair {
    PixelSheet reference;
    PixelSheet moving;
    Registration truth;
};

struct PairRequest {
    ImageSize reference{480, 360};
    double sizeRatio = 1; ///< pixels of the moving frame for one of the reference
    double content = 1;   ///< how much larger the content is in the moving frame
    double shiftX = 0;    ///< of the content, in widths of the reference
    double shiftY = 0;
    double gain = 1;
    double offset = 0;
    int noise = 0;
};

Pair makePair(const Scene& scene, const PairRequest& request)
{
    Pair pair;
    pair.reference = scene.photograph(request.reference, 0.5, 0.375, 1);
    const ImageSize size{static_cast<int>(std::lround(request.reference.width * request.sizeRatio)),
                         static_cast<int>(std::lround(request.reference.height * request.sizeRatio))};
    pair.moving = scene.photograph(size, 0.5 - request.shiftX, 0.375 - request.shiftY, 1 / request.content,
                                   request.gain, request.offset, request.noise);
    Registration& truth = pair.truth;
    truth.scale = request.content * size.width / request.reference.width;
    const auto shift = [&](double reference, double moving, double part) {
        return moving / 2 + truth.scale * (part * request.reference.width - reference / 2);
    };
    truth.shiftX = shift(request.reference.width, size.width, request.shiftX);
    truth.shiftY = shift(request.reference.height, size.height, request.shiftY);
    return pair;
}

/// The largest distance at the corners, in pixels of the reference.
double residual(const Pair& pair, const Registration& found)
{
    double worst = 0;
    for (const double x : {0, pair.reference.size.width}) {
        for (const double y : {0, pair.reference.size.height}) {
            const double inX = (found.scale - pair.truth.scale) * x + found.shiftX - pair.truth.shiftX;
            const double inY = (found.scale - pair.truth.scale) * y + found.shiftY - pair.truth.shiftY;
            worst = std::max(worst, std::hypot(inX, inY) / pair.truth.scale);
        }
    }
    return worst;
}

QByteArray describe(const PairRequest& request, std::uint64_t seed, double error)
{
    return QStringLiteral("seed %1: size x %2, content x %3, shift %4 %5: %6 px")
        .arg(seed)
        .arg(request.sizeRatio)
        .arg(request.content)
        .arg(request.shiftX)
        .arg(request.shiftY)
        .arg(error)
        .toUtf8();
}

} // namespace

class TestRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShiftAndScaleIsFoundToHalfAPixel()
    {
        double worst = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            SeededRandom random(seed);
            PairRequest request;
            request.reference = {random.intBetween(240, 520), random.intBetween(240, 520)};
            request.sizeRatio = std::exp2(random.fraction() * 2 - 1);
            request.content = std::exp2(random.fraction() * 2 - 1);
            request.shiftX = (random.fraction() * 2 - 1) * 0.05;
            request.shiftY = (random.fraction() * 2 - 1) * 0.05;
            const Pair pair = makePair(Scene(seed), request);
            const auto found = registerPictures(pair.reference.view(), pair.moving.view());
            QVERIFY2(found, describe(request, seed, -1));
            const double error = residual(pair, *found);
            worst = std::max(worst, error);
            QVERIFY2(error < 0.5, describe(request, seed, error));
        }
        qInfo("worst residual %.3f px", worst);
    }

    void lightContrastAndNoiseDoNotMatter()
    {
        for (std::uint64_t seed = 100; seed < 105; ++seed) {
            PairRequest request;
            request.sizeRatio = 1.5;
            request.content = 1.1;
            request.shiftX = 0.03;
            request.shiftY = -0.02;
            request.gain = 0.6;
            request.offset = 40;
            request.noise = 12;
            const Pair pair = makePair(Scene(seed), request);
            const auto found = registerPictures(pair.reference.view(), pair.moving.view());
            QVERIFY2(found, describe(request, seed, -1));
            const double error = residual(pair, *found);
            QVERIFY2(error < 0.5, describe(request, seed, error));
        }
    }

    void aCropOutOfTheReferenceIsFound()
    {
        PairRequest request;
        request.content = 1.8;
        request.shiftX = 0.2;
        request.shiftY = 0.15;
        const Pair pair = makePair(Scene(7), request);
        const auto found = registerPictures(pair.reference.view(), pair.moving.view());
        QVERIFY(found);
        QVERIFY2(residual(pair, *found) < 0.5, describe(request, 7, residual(pair, *found)));
        QVERIFY(found->overlap < 0.5);
    }

    void thePictureItselfLiesOnItself()
    {
        const PixelSheet picture = Scene(3).photograph({300, 400}, 0.5, 0.5, 1);
        const auto found = registerPictures(picture.view(), picture.view());
        QVERIFY(found);
        QVERIFY(std::abs(found->scale - 1) < 1e-4 && std::abs(found->shiftX) < 0.02 && std::abs(found->shiftY) < 0.02);
        QVERIFY(found->confidence > 0.99);
    }

    void picturesOfDifferentThingsAreRefused()
    {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            const PixelSheet one = Scene(seed).photograph({400, 300}, 0.5, 0.4, 1);
            const PixelSheet other = Scene(seed + 1000).photograph({400, 300}, 0.5, 0.4, 1);
            const auto found = registerPictures(one.view(), other.view());
            QVERIFY2(!found, QByteArray::number(found ? found->confidence : 0));
        }
    }

    void picturesWithoutAnythingInThemAreRefused()
    {
        const PixelSheet flat{{200, 100}, std::vector<std::uint32_t>(20'000, 0xff808080)};
        const PixelSheet tiny{{1, 1}, {0xff000000}};
        const PixelSheet line{{3000, 1}, std::vector<std::uint32_t>(3000, 0xffffffff)};
        QVERIFY(!registerPictures(flat.view(), flat.view()));
        QVERIFY(!registerPictures(flat.view(), tiny.view()));
        QVERIFY(!registerPictures(tiny.view(), flat.view()));
        QVERIFY(!registerPictures(line.view(), flat.view()));
        QVERIFY(!registerPictures({}, flat.view()));
    }

    void whoIsAskedToStopStops()
    {
        const PixelSheet picture = Scene(3).photograph({300, 400}, 0.5, 0.5, 1);
        std::stop_source source;
        source.request_stop();
        QVERIFY(!registerPictures(picture.view(), picture.view(), source.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
