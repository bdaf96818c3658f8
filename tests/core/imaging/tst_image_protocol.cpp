// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_protocol.h"

#include <QTest>

#include <cmath>

#include <random>

using namespace ps;

namespace {

const ImageLimits kLimits{123'456'789'012, 5, 7};

ImageInfo sampleInfo()
{
    ImageInfo info;
    info.format = ImageFormat::Tiff;
    info.size = {4000, 3000};
    info.orientation = 6;
    info.bitsPerChannel = 16;
    info.channelCount = 4;
    info.hasAlpha = true;
    info.isLossless = true;
    info.chromaSubsampling = "4:2:0";
    info.estimatedQuality = 88;
    info.isAnimated = true;
    info.frameCount = 12;
    info.profileDescription = "Display P3";
    info.conversions = {"16 bit to 8", "profile Display P3 to sRGB"};
    info.fileBytes = 9'876'543'210;
    return info;
}

Recipe sampleRecipe()
{
    Recipe recipe;
    recipe.steps = {CropStep{{1, 2, 3, 4}},
                    ResizeStep{{640, 480}, ResizeFilter::Cubic},
                    BlurStep{1.5},
                    NoiseStep{~0ULL, 2.25},
                    SharpenStep{0.5, 3},
                    ExposureStep{-1.25},
                    JpegStep{33}};
    recipe.encoding = {ImageFormat::WebP, 81, true, false, 9};
    return recipe;
}

/// Every shorter body and a longer one must be refused.
template <typename Decode>
void refusesEveryOtherLength(const std::string& body, Decode&& decode)
{
    QVERIFY(decode(body).has_value());
    for (std::size_t length = 0; length < body.size(); ++length)
        QVERIFY(!decode(std::string_view(body).substr(0, length)).has_value());
    QVERIFY(!decode(body + '\0').has_value());
}

} // namespace

class TestImageProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack()
    {
        const ProbeRequest probe{kLimits, 77};
        QVERIFY(*decodeProbeRequest(encode(probe)) == probe);
        QVERIFY(*decodeImageInfo(encode(sampleInfo())) == sampleInfo());
        const DecodeRequest decode{kLimits, 77, {1600, 1200}, FitMode::Class, 1LL << 40};
        QVERIFY(*decodeDecodeRequest(encode(decode)) == decode);
        const RegionRequest region{kLimits, 77, {1, 2, 3, 4}, {1600, 1200}, 1LL << 40};
        QVERIFY(*decodeRegionRequest(encode(region)) == region);
        const DecodeAnswer answer{{{1600, 1200}, 6400, true}, sampleInfo()};
        QVERIFY(*decodeDecodeAnswer(encode(answer)) == answer);
        const RenderRequest render{kLimits, 77, sampleRecipe()};
        QVERIFY(*decodeRenderRequest(encode(render)) == render);
        const RenderReport report{{10, 20}, 300};
        QVERIFY(*decodeRenderReport(encode(report)) == report);
        const UprightRequest upright{kLimits, 77, true};
        QVERIFY(*decodeUprightRequest(encode(upright)) == upright);
        const UprightReport turned{ImageFormat::Tiff, {10, 20}, 300, false, true, true, true};
        QVERIFY(*decodeUprightReport(encode(turned)) == turned);
        // A worker cannot have turned a file and left it alone.
        QVERIFY(!decodeUprightReport(encode(UprightReport{ImageFormat::Png, {10, 20}, 300, true, true, false, false})));
        const CompareRequest compare{kLimits, 77, 88, {1, 2, 3, 4}};
        QVERIFY(*decodeCompareRequest(encode(compare)) == compare);
        const LocateRequest locate{kLimits, 77, 88};
        QVERIFY(*decodeLocateRequest(encode(locate)) == locate);
        const LocateReport place{{40, 30}, {{1, 2, 40, 30}, 1.5, 0.9, 2.25, 255}};
        QVERIFY(*decodeLocateReport(encode(place)) == place);
        // A place outside of the original, or no number, is no answer.
        for (const TemplateMatch& match :
             {TemplateMatch{{1, 2, 41, 30}, 1, 0.9, 0, 1}, TemplateMatch{{5, 2, 5, 30}, 1, 0.9, 0, 1},
              TemplateMatch{{1, 2, 40, 30}, 1, std::nan(""), 0, 1}})
            QVERIFY(!decodeLocateReport(encode(LocateReport{{40, 30}, match})));
    }

    void bodiesMustBeConsumedExactly()
    {
        refusesEveryOtherLength(encode(ProbeRequest{}), decodeProbeRequest);
        refusesEveryOtherLength(encode(sampleInfo()), decodeImageInfo);
        refusesEveryOtherLength(encode(DecodeRequest{}), decodeDecodeRequest);
        refusesEveryOtherLength(encode(RegionRequest{}), decodeRegionRequest);
        refusesEveryOtherLength(encode(DecodeAnswer{{}, sampleInfo()}), decodeDecodeAnswer);
        refusesEveryOtherLength(encode(RenderRequest{kLimits, 1, sampleRecipe()}), decodeRenderRequest);
        refusesEveryOtherLength(encode(RenderReport{}), decodeRenderReport);
        refusesEveryOtherLength(encode(UprightRequest{}), decodeUprightRequest);
        refusesEveryOtherLength(encode(UprightReport{ImageFormat::Png, {1, 1}, 1, false, false, false, false}),
                                decodeUprightReport);
        refusesEveryOtherLength(encode(CompareRequest{}), decodeCompareRequest);
        refusesEveryOtherLength(encode(LocateRequest{}), decodeLocateRequest);
        refusesEveryOtherLength(encode(LocateReport{{4, 3}, {{0, 0, 4, 3}, 1, 1, 0, 255}}), decodeLocateReport);
    }

    void implausibleInformationIsRefused()
    {
        const auto isRefused = [](auto change) {
            ImageInfo info = sampleInfo();
            change(info);
            return !decodeImageInfo(encode(info)).has_value();
        };
        QVERIFY(isRefused([](ImageInfo& info) { info.format = static_cast<ImageFormat>(9); }));
        QVERIFY(isRefused([](ImageInfo& info) { info.format = static_cast<ImageFormat>(0); }));
        QVERIFY(isRefused([](ImageInfo& info) { info.size = {0, 5}; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.size = {5, -1}; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.orientation = 9; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.bitsPerChannel = 64; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.channelCount = 0; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.frameCount = 0; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.fileBytes = -1; }));
        QVERIFY(isRefused([](ImageInfo& info) { info.profileDescription = std::string(5000, 'x'); }));
        QVERIFY(isRefused([](ImageInfo& info) { info.conversions.assign(100, "x"); }));
    }

    void mutatedBodiesNeverCrash()
    {
        std::mt19937 random(5);
        const std::string bodies[] = {encode(DecodeAnswer{{}, sampleInfo()}),
                                      encode(RenderRequest{{}, 1, sampleRecipe()})};
        for (int round = 0; round < 10'000; ++round) {
            std::string body = bodies[round % 2];
            for (int i = 0; i < 4; ++i)
                body[random() % body.size()] = static_cast<char>(random());
            (void)decodeDecodeAnswer(body).has_value();
            if (const auto request = decodeRenderRequest(body))
                (void)validate(request->recipe).has_value();
        }
    }
};

QTEST_GUILESS_MAIN(TestImageProtocol)
#include "tst_image_protocol.moc"
