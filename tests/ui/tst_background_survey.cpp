// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/measure_inbox.h"
#include "tests/ui/window_fixture.h"
#include "ui/common/background_survey.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings_dialog.h"

#include <QCheckBox>

using namespace ps;
using namespace ps::test;

namespace {

constexpr std::int64_t kGroups = 4;
constexpr std::int64_t kImages = 3 * kGroups;

std::int64_t countOf(MainWindow& window, const char* sql)
{
    return window.controller().session()->withCatalogue(
        [sql](const Catalogue& catalogue) { return must(catalogue.connection().queryInteger(sql)); });
}

std::int64_t measuredImages(MainWindow& window)
{
    return countOf(window, "SELECT count(*) FROM measures WHERE perceptual_hash IS NOT NULL");
}

} // namespace

class TestBackgroundSurvey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAreMeasuredWhileNothingElseIsDone()
    {
        WindowFixture fixture(kGroups);
        fixture.open();
        fixture.window().backgroundSurvey().setDelay(0);
        QTRY_COMPARE(countOf(fixture.window(), "SELECT count(*) FROM measures WHERE sha256 IS NOT NULL"), kImages);
        QTRY_VERIFY(!fixture.window().backgroundSurvey().isActive());
        QCOMPARE(countOf(fixture.window(), "SELECT count(*) FROM groups WHERE sharpness IS NOT NULL"), kGroups);
    }

    void theSettingSwitchesItOff()
    {
        WindowFixture fixture(kGroups);
        fixture.open();
        BackgroundSurvey& survey = fixture.window().backgroundSurvey();
        QVERIFY(survey.isActive());
        SettingsDialog dialog(fixture.window().actions(), nullptr);
        connect(&dialog, &SettingsDialog::preferencesChanged, &survey,
                [&](const Preferences& preferences) { survey.setEnabled(preferences.measuresInBackground); });
        auto* const choice = dialog.findChild<QCheckBox*>(QStringLiteral("measuresChoice"));
        QVERIFY(choice && choice->isChecked());
        choice->click();
        QVERIFY(!survey.isActive());
        QVERIFY(!Preferences::load().measuresInBackground);
        choice->click();
        survey.setDelay(0);
        QTRY_COMPARE(measuredImages(fixture.window()), kImages);
    }

    void thumbnailsKeepTheirMeasures()
    {
        WindowFixture fixture(kGroups);
        fixture.closeWindow();
        Preferences preferences;
        preferences.measuresInBackground = false;
        preferences.save();
        MeasureInbox inbox;
        ThumbnailService::Options options;
        options.onSurveyed = [&inbox](const ThumbnailService::Surveyed& one) { inbox.put(one); };
        ThumbnailService thumbnails(fixture.images(), std::move(options));
        MainWindow window(fixture.images(), fixture.theme(), QStringLiteral("anna"), &thumbnails, &inbox);
        window.show();
        window.openProject(fixture.address());
        QTRY_VERIFY(window.controller().isOpen());
        window.showWorkplace(MainWindow::WorkplaceBrowse);
        QTRY_VERIFY(measuredImages(window) >= kGroups);
        QVERIFY(!window.backgroundSurvey().isActive());
        window.close();
    }
};

QTEST_MAIN(TestBackgroundSurvey)
#include "tst_background_survey.moc"
