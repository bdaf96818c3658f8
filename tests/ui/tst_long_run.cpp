// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <filesystem>

using namespace ps;
using namespace ps::test;

/// Hundreds of keys one after the other: what is shown and what is stored agree at every step.
class TstLongRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeHundredGroupsAreShownAndStoredInStep();
    void aFileThatVanishedIsACardAndTheRestGoesOn();
};

namespace {

struct Step {
    Qt::Key key;
    const char* action;
    int selected; ///< of the row; 0 for a reject
};

Step stepOf(int number)
{
    static constexpr Step kSteps[]{
        {Qt::Key_1, "approve", 0}, {Qt::Key_2, "approve", 1}, {Qt::Key_X, "reject", 0}, {Qt::Key_3, "approve", 2}};
    return kSteps[number % 4];
}

/// The pictures on the light table are those of its group: the fixture makes each slot of another size.
bool showsItsOwnPictures(const LightTable& table)
{
    for (int slot = 0; slot < table.imageCount(); ++slot) {
        const Picture* const picture = table.pictureOf(slot);
        if (!picture || picture->error || picture->info.size.width != 96 * (slot % 3 + 1))
            return false;
    }
    return table.imageCount() == 3;
}

} // namespace

void TstLongRun::threeHundredGroupsAreShownAndStoredInStep()
{
    constexpr int kGroups = 300;
    WindowFixture fixture(kGroups);
    fixture.open();
    const LightTable& table = fixture.window().review().lightTable();
    for (int i = 0; i < kGroups; ++i) {
        QVERIFY(showsItsOwnPictures(table));
        const std::string path = table.group()->detail.images.front().path;
        const std::string stem = path.substr(path.rfind('/') + 1);
        const Step step = stepOf(i);
        fixture.press(step.key);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isSaved(), 20'000);
        const std::string row = fixture.value("SELECT user_action || ':' || coalesce(user_selected_index, 0) FROM "
                                              "ai_decisions WHERE images LIKE '%" +
                                              stem + "%'");
        const std::string wanted = std::string(step.action) + ":" + std::to_string(step.selected);
        QVERIFY2(row == wanted || (step.key == Qt::Key_X && row.starts_with("reject")), row.c_str());
        if (i + 1 < kGroups)
            QTRY_VERIFY_WITH_TIMEOUT(fixture.shows(i + 1), 20'000);
    }
    QCOMPARE(fixture.rowCount(), kGroups);
    const PictureLoader& pictures = fixture.window().pictures();
    QVERIFY(pictures.keptBytes() <= pictures.budgetBytes());
}

void TstLongRun::aFileThatVanishedIsACardAndTheRestGoesOn()
{
    WindowFixture fixture(40);
    fixture.open();
    // Far enough that it has not been read ahead.
    const std::string gone = ProjectFixture::imageName(31, "1.5", 1);
    QVERIFY(std::filesystem::remove(fixture.project().pathInImages(gone)));
    fixture.window().review().goTo(30);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.shows(30), 20'000);
    const LightTable& table = fixture.window().review().lightTable();
    QVERIFY(table.pictureOf(0) && !table.pictureOf(0)->error);
    QVERIFY(table.pictureOf(1) && table.pictureOf(1)->error);
    QCOMPARE(table.pictureOf(1)->error->code, ErrorCode::NotFound);
    QVERIFY(table.pictureOf(2) && !table.pictureOf(2)->error);
    fixture.press(Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.shows(31), 20'000);
    QVERIFY(showsItsOwnPictures(table));
}

QTEST_MAIN(TstLongRun)
#include "tst_long_run.moc"
