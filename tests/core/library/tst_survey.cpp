// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/survey.h"
#include "tests/support/checks.h"
#include "tests/support/images.h"
#include "tests/support/processes.h"
#include "tests/support/project_fixture.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::int64_t kImages = 400;

} // namespace

class TestSurvey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ImageService::Options options;
        options.workerPath = programPath("proofsheet-worker");
        options.workerCount = 2;
        m_images = must(ImageService::start(std::move(options)));
        const std::string picture = encodedAs(ImageFormat::Png, patternRaster({48, 32}));
        for (int i = 0; i < kImages; ++i)
            m_fixture.addFile("photo" + std::to_string(i) + ".png", picture);
    }

    void aStoppedSurveyGoesOnWhereItWas()
    {
        const auto session = m_fixture.open();
        std::stop_source stop;
        std::int64_t before = 0;
        const auto stopEarly = [&](const ProjectSurveyProgress& progress) {
            before = progress.surveyed;
            stop.request_stop();
        };
        PS_CHECK_ERROR(ErrorCode::Cancelled, surveyProject(*session, *m_images, {}, stopEarly, stop.get_token()));
        QVERIFY(before > 0 && before < kImages);
        QCOMPARE(measured(*session), before);
        PS_CHECK_OK(session->refresh({}, {})); // loses nothing

        ProjectSurveyOptions some;
        some.most = 10;
        QCOMPARE(must(surveyProject(*session, *m_images, some, ignore, {})).surveyed, some.most);
        QCOMPARE(must(surveyProject(*session, *m_images, {}, ignore, {})).surveyed, kImages - before - some.most);
        QCOMPARE(measured(*session), kImages);
        QCOMPARE(must(surveyProject(*session, *m_images, {}, ignore, {})).surveyed, std::int64_t{0});
    }

private:
    static void ignore(const ProjectSurveyProgress& progress) { QVERIFY(progress.position <= progress.total); }

    static std::int64_t measured(const ProjectSession& session)
    {
        return session.withCatalogue([](const Catalogue& catalogue) {
            return must(catalogue.connection().queryInteger(
                "SELECT count(*) FROM measures WHERE sha256 IS NOT NULL AND sharpness IS NOT NULL"));
        });
    }

    ProjectFixture m_fixture;
    std::unique_ptr<ImageService> m_images;
};

QTEST_GUILESS_MAIN(TestSurvey)
#include "tst_survey.moc"
