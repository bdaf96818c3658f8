// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/survey_protocol.h"
#include "tests/support/checks.h"

#include <QTest>

#include <limits>

using namespace ps;
using test::must;

namespace {

SurveyAnswer sampleAnswer()
{
    SurveyAnswer answer;
    answer.layout = {{256, 171}, 1024, true};
    answer.info.size = {900, 600};
    answer.info.profileDescription = "Display P3";
    answer.info.conversions = {"16 bit to 8"};
    answer.measures = {std::string(64, 'a'), 0x123456789abcdef0, 12.5, 1.25, 0.5, 0.01, 0.02, 0.2, 85};
    answer.thumbnail = std::string("jpeg\0bytes", 10);
    return answer;
}

} // namespace

class TestSurveyProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesComeBackAsTheyWere()
    {
        const SurveyRequest survey{{1, 2, 3}, 4, ThumbnailClass::Large, true};
        QVERIFY(must(decodeSurveyRequest(encode(survey))) == survey);
        QVERIFY(must(decodeSurveyAnswer(encode(sampleAnswer()))) == sampleAnswer());
        const DecodeThumbnailsRequest thumbnails{ThumbnailClass::Small, {{0, 10, 0, 40}, {10, 20, 40, 80}}, 120};
        QVERIFY(must(decodeDecodeThumbnailsRequest(encode(thumbnails))) == thumbnails);
        const AdoptThumbnailRequest adoption{{1, 2, 3}, 4, 5, ThumbnailClass::Small, "file:///a%20b.jpg", 1234567};
        QVERIFY(must(decodeAdoptThumbnailRequest(encode(adoption))) == adoption);
    }

    void picturesAndErrorsOfABatchKeepTheirPlaces()
    {
        DecodeThumbnailsAnswer answer;
        answer.layouts.emplace_back(PixelLayout{{3, 4}, 12, false});
        answer.layouts.emplace_back(Error{ErrorCode::Corrupt, "damaged JPEG", {}, 0});
        const DecodeThumbnailsAnswer back = must(decodeDecodeThumbnailsAnswer(encode(answer)));
        QCOMPARE(back.layouts.size(), std::size_t{2});
        QVERIFY(*back.layouts[0] == (PixelLayout{{3, 4}, 12, false}));
        PS_CHECK_ERROR(ErrorCode::Corrupt, back.layouts[1]);
    }

    void cutAndExtendedBodiesAreRefused()
    {
        const std::string whole = encode(sampleAnswer());
        for (std::size_t length = 0; length < whole.size(); ++length)
            PS_CHECK_ERROR(ErrorCode::Corrupt, decodeSurveyAnswer(std::string_view(whole).substr(0, length)));
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeSurveyAnswer(whole + "x"));
    }

    void impossibleMeasuresAreRefused()
    {
        for (const double value :
             {-1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
            SurveyAnswer answer = sampleAnswer();
            answer.measures.noise = value;
            PS_CHECK_ERROR(ErrorCode::Corrupt, decodeSurveyAnswer(encode(answer)));
        }
        SurveyAnswer answer = sampleAnswer();
        answer.measures.sha256 = std::string(64, 'Z');
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeSurveyAnswer(encode(answer)));
    }

    void batchesBeyondTheLimitAreRefused()
    {
        DecodeThumbnailsRequest request;
        request.slots.resize(kMaxThumbnailBatch + 1);
        PS_CHECK_ERROR(ErrorCode::Corrupt, decodeDecodeThumbnailsRequest(encode(request)));
    }
};

QTEST_GUILESS_MAIN(TestSurveyProtocol)
#include "tst_survey_protocol.moc"
