// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decisions/decide.h"
#include "core/decisions/group_id.h"
#include "core/decisions/schema.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/seeded_random.h"

#include <QTest>

#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

const UtcTime kNow = *parseTimestamp("2026-03-01T10:00:00.000123Z");
constexpr const char* kNowText = "2026-03-01T10:00:00.000123Z";

DecisionTable tableOf(const char* sql)
{
    const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
    must(connection.execute(sql));
    return must(readDecisionTable(connection));
}

const DecisionTable& fullTable()
{
    static const DecisionTable table = tableOf(decisionSchemaSql());
    return table;
}

Result<DecisionRow> rowFor(const DecisionRequest& request, const std::optional<DecisionRow>& existing = {},
                           UtcTime now = kNow)
{
    return makeRow(request, fullTable(), "p1", "p1_group_x", 2, now, existing);
}

ShownSuggestion suggestion(int imageIndex, std::optional<Crop> crop, bool isAccepted = false)
{
    return {"ranker-v4", imageIndex, crop, 0.75, isAccepted};
}

DecisionRequest cropRequest(const std::optional<Crop>& crop)
{
    DecisionRequest request = decisionAbout(1);
    request.action = Action::Crop;
    request.crop = crop;
    return request;
}

const Crop kBox{0.1, 0.2, 0.8, 0.9};

/// "column=value ..." of the columns that a test is about.
std::string cells(const DecisionRow& row, const std::vector<std::string>& columns)
{
    std::string text;
    for (const std::string& column : columns)
        text += (text.empty() ? "" : " ") + column + "=" + pythonRepr(rowToJson(row)[column]);
    return text;
}

const std::vector<std::string> kOutcome{"user_action", "user_selected_index", "final_crop_coords", "crop_timestamp"};
const std::vector<std::string> kAi{"ai_selected_index", "ai_crop_coords", "ai_confidence",
                                   "selection_match",   "crop_match",     "ai_crop_accepted"};

} // namespace

class TestDecide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anApprovalWithoutSuggestionLeavesTheAiColumnsEmpty()
    {
        DecisionRequest request = decisionAbout(1);
        request.selectedIndex = 2;
        const DecisionRow row = must(rowFor(request));
        QCOMPARE(
            cells(row, fullTable().columns),
            "group_id='p1_group_x' timestamp='"s + kNowText +
                "' project_id='p1' directory='photos' batch_number=2 "
                "images='[\"20250705_000001_stage1_generated.png\", "
                "\"20250705_000001_stage1.5_face_swapped.png\", \"20250705_000001_stage2_upscaled.png\"]' "
                "ai_selected_index=None ai_crop_coords=None ai_confidence=None user_selected_index=2 "
                "user_action='approve' "
                "final_crop_coords=None crop_timestamp=None image_width=2000 image_height=1000 selection_match=None "
                "crop_match=None ai_crop_accepted=None");
        QCOMPARE(row.cells().size(), std::size_t{18});
    }

    void namesOfAnyBytesAreStoredAsPythonWould()
    {
        DecisionRequest request = decisionAbout(1, 2);
        request.members[0].path = "a/b/caf\xC3\xA9.png";
        request.members[1].path = "a/b/caf\xE9\n.png";
        QVERIFY(must(rowFor(request)).text("images") == "[\"caf\\u00e9.png\", \"caf\\udce9\\n.png\"]");
    }

    // formats/decisions_v3.md 3.5: the table of keys
    void acceptingAVisibleCropIsAnApprovalThatSaysSo()
    {
        DecisionRequest request = decisionAbout(1);
        request.selectedIndex = 1;
        request.shown = suggestion(1, kBox, true);
        const DecisionRow row = must(rowFor(request));
        QCOMPARE(cells(row, kOutcome),
                 "user_action='approve' user_selected_index=1 final_crop_coords=None crop_timestamp=None"s);
        QCOMPARE(cells(row, kAi),
                 "ai_selected_index=1 ai_crop_coords='[0.1, 0.2, 0.8, 0.9]' ai_confidence=0.75 selection_match=1 "
                 "crop_match=None ai_crop_accepted=1"s);
    }

    void keepingWithoutTheProposedCropSaysFalse()
    {
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, kBox, false);
        QCOMPARE(cells(must(rowFor(request)), kAi),
                 "ai_selected_index=0 ai_crop_coords='[0.1, 0.2, 0.8, 0.9]' ai_confidence=0.75 "
                 "selection_match=1 crop_match=None ai_crop_accepted=0"s);
    }

    void anotherImageThanTheProposedOneSaysNothingAboutTheCrop()
    {
        DecisionRequest request = decisionAbout(1);
        request.selectedIndex = 2;
        request.shown = suggestion(0, kBox, false);
        QCOMPARE(cells(must(rowFor(request)), {"selection_match", "ai_crop_accepted"}),
                 "selection_match=0 ai_crop_accepted=None"s);
        request.shown->isCropAccepted = true; // impossible on the screen; it must not become a lie in the data
        QCOMPARE(cells(must(rowFor(request)), {"ai_crop_accepted"}), "ai_crop_accepted=None"s);
    }

    void aSuggestionWithoutCropSaysNothingAboutACrop()
    {
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, {}, false);
        request.shown->confidence = {};
        QCOMPARE(cells(must(rowFor(request)), kAi),
                 "ai_selected_index=0 ai_crop_coords=None ai_confidence=None selection_match=1 "
                 "crop_match=None ai_crop_accepted=None"s);
    }

    void cropLaterHasNoCoordinates()
    {
        DecisionRequest request = cropRequest({});
        request.shown = suggestion(0, kBox, false);
        const DecisionRow row = must(rowFor(request));
        QCOMPARE(cells(row, kOutcome),
                 "user_action='crop' user_selected_index=0 final_crop_coords=None crop_timestamp=None"s);
        QCOMPARE(cells(row, {"crop_match", "ai_crop_accepted"}), "crop_match=None ai_crop_accepted=None"s);
    }

    void aCropWithCoordinatesIsCompleteAtOnce()
    {
        const DecisionRow row = must(rowFor(cropRequest(Crop{1e-07, 0.30000000000000004, 1, 0.5})));
        QCOMPARE(cells(row, kOutcome), "user_action='crop' user_selected_index=0 "
                                       "final_crop_coords='[1e-07, 0.30000000000000004, 1.0, 0.5]' crop_timestamp='"s +
                                           kNowText + "'");
        QCOMPARE(cells(row, kAi), "ai_selected_index=None ai_crop_coords=None ai_confidence=None selection_match=None "
                                  "crop_match=None ai_crop_accepted=None"s);
    }

    void theMatchOfCropsIsOnlyAboutTheSameImage()
    {
        DecisionRequest request = cropRequest(kBox);
        request.shown = suggestion(0, Crop{0.15, 0.2, 0.8, 0.9});
        QCOMPARE(cells(must(rowFor(request)), {"selection_match", "crop_match"}), "selection_match=1 crop_match=1"s);
        request.shown = suggestion(0, Crop{0.1, 0.2, 0.8, 0.85});
        QCOMPARE(cells(must(rowFor(request)), {"selection_match", "crop_match"}),
                 "selection_match=1 crop_match=0"s); // 0.9/0.85
        request.shown = suggestion(1, kBox);
        QCOMPARE(cells(must(rowFor(request)), {"selection_match", "crop_match"}), "selection_match=0 crop_match=None"s);
        request.shown = suggestion(0, {});
        QCOMPARE(cells(must(rowFor(request)), {"selection_match", "crop_match"}), "selection_match=1 crop_match=None"s);
    }

    void aBoxOverEveryPixelIsAnApproval()
    {
        for (const Crop& everything : {Crop{0, 0, 1, 1}, Crop{0.0001, 0.0009, 1, 1}}) {
            const DecisionRow row = must(rowFor(cropRequest(everything)));
            QCOMPARE(cells(row, kOutcome),
                     "user_action='approve' user_selected_index=0 final_crop_coords=None crop_timestamp=None"s);
        }
        const DecisionRow almost = must(rowFor(cropRequest(Crop{0, 0, 1, 0.999})));
        QCOMPARE(cells(almost, {"user_action"}), "user_action='crop'"s);
    }

    void rejectsCountForNoAccuracy()
    {
        DecisionRequest request = decisionAbout(1);
        request.action = Action::Reject;
        QCOMPARE(cells(must(rowFor(request)), {"user_action", "user_selected_index", "selection_match"}),
                 "user_action='reject' user_selected_index=0 selection_match=None"s);
        request.selectedIndex = 1;
        request.shown = suggestion(1, kBox, false);
        const DecisionRow row = must(rowFor(request));
        QCOMPARE(
            cells(row,
                  {"user_selected_index", "ai_selected_index", "selection_match", "crop_match", "ai_crop_accepted"}),
            "user_selected_index=1 ai_selected_index=1 selection_match=None crop_match=None ai_crop_accepted=None"s);
    }

    void aCropInARejectIsNotStored()
    {
        DecisionRequest request = decisionAbout(1);
        request.crop = kBox;
        for (const Action action : {Action::Reject, Action::Approve}) {
            request.action = action;
            QCOMPARE(cells(must(rowFor(request)), {"final_crop_coords", "crop_timestamp"}),
                     "final_crop_coords=None crop_timestamp=None"s);
        }
    }

    void aSingleIsDecidedAndCountsForNoAccuracy()
    {
        DecisionRequest request = decisionAbout(1, 1);
        request.shown = suggestion(0, kBox, true);
        QCOMPARE(
            cells(must(rowFor(request)), {"images", "user_selected_index", "selection_match", "ai_crop_accepted"}),
            "images='[\"20250705_000001_stage1_generated.png\"]' user_selected_index=0 selection_match=None ai_crop_accepted=1"s);
    }

    void whatTheStrictestTableRefusesIsRefusedBefore_data()
    {
        QTest::addColumn<int>("fault");
        const std::vector<const char*> names{"no image",           "five images",
                                             "index below",        "index beyond",
                                             "width zero",         "height negative",
                                             "crop out of range",  "crop inverted",
                                             "crop not a number",  "suggestion beyond",
                                             "suggestion below",   "confidence above 1",
                                             "confidence below 0", "confidence not a number"};
        for (std::size_t i = 0; i < names.size(); ++i)
            QTest::newRow(names[i]) << static_cast<int>(i);
    }
    void whatTheStrictestTableRefusesIsRefusedBefore()
    {
        QFETCH(const int, fault);
        const double notANumber = std::numeric_limits<double>::quiet_NaN();
        DecisionRequest request = decisionAbout(1, fault == 0 ? 0 : fault == 1 ? 5 : 3);
        request.shown = suggestion(0, kBox);
        if (fault >= 6 && fault <= 8)
            request.action = Action::Crop;
        switch (fault) {
        case 2: request.selectedIndex = -1; break;
        case 3: request.selectedIndex = 3; break;
        case 4: request.selectedSize = {0, 10}; break;
        case 5: request.selectedSize = {10, -1}; break;
        case 6: request.crop = Crop{0, 0, 1.1, 1}; break;
        case 7: request.crop = Crop{0.5, 0, 0.4, 1}; break;
        case 8: request.crop = Crop{notANumber, 0, 1, 1}; break;
        case 9: request.shown->imageIndex = 3; break;
        case 10: request.shown->imageIndex = -1; break;
        case 11: request.shown->confidence = 1.01; break;
        case 12: request.shown->confidence = -0.01; break;
        case 13: request.shown->confidence = notANumber; break;
        default: break;
        }
        const auto row = rowFor(request);
        PS_CHECK_ERROR(ErrorCode::InvalidInput, row);
        QVERIFY(!row.error().message.empty());
        PS_CHECK_OK(rowFor(decisionAbout(1))); // the control
    }

    void aChangeOfMindKeepsWhatTheGroupIs()
    {
        DecisionRow first = must(rowFor(cropRequest(kBox)));
        first.set("my notes", "of a script"s);
        first.set("score", SqlBlob{"\x00\xff"s});
        DecisionRequest request = decisionAbout(1);
        request.selectedIndex = 1;
        request.selectedSize = {640, 480};
        const UtcTime later = kNow + std::chrono::minutes(1);
        const DecisionRow second = must(makeRow(request, fullTable(), "p1", "another id", 9, later, first));
        for (const char* column :
             {"group_id", "project_id", "directory", "batch_number", "images", "my notes", "score"})
            QVERIFY2(second.value(column) == first.value(column), column);
        QCOMPARE(cells(second, kOutcome),
                 "user_action='approve' user_selected_index=1 final_crop_coords=None crop_timestamp=None"s);
        QCOMPARE(cells(second, {"timestamp", "image_width", "image_height"}),
                 "timestamp='2026-03-01T10:01:00.000123Z' image_width=640 image_height=480"s);
        QCOMPARE(second.cells().size(), first.cells().size());
    }

    void aNewSuggestionReplacesAllOfTheEarlierOne()
    {
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, kBox, true);
        const DecisionRow first = must(rowFor(request));
        request.shown = ShownSuggestion{"other", 2, {}, {}, false};
        QCOMPARE(cells(must(rowFor(request, first)), kAi), "ai_selected_index=2 ai_crop_coords=None ai_confidence=None "
                                                           "selection_match=0 crop_match=None ai_crop_accepted=None"s);
    }

    void aTableOfSeventeenColumnsStaysOne()
    {
        std::string sql = decisionSchemaSql();
        const std::size_t at = sql.find("ai_crop_accepted BOOLEAN,");
        QVERIFY(at != std::string::npos);
        sql.erase(at, std::string("ai_crop_accepted BOOLEAN,").size());
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, kBox, true);
        const DecisionRow row = must(makeRow(request, tableOf(sql.c_str()), "p1", "id", 1, kNow, {}));
        QCOMPARE(row.cells().size(), std::size_t{17});
        QVERIFY(!row.has("ai_crop_accepted"));
    }

    // formats/decisions_v3.md 3.6: confirming fills the crop and leaves the action as it is
    void confirmingACropFillsTheRow()
    {
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, kBox, true);
        const DecisionRow accepted = must(rowFor(request));
        const UtcTime later = kNow + std::chrono::seconds(5);
        const DecisionRow confirmed = must(confirmedRow(accepted, Crop{0.1, 0.2, 0.8, 0.85}, later));
        QCOMPARE(cells(confirmed, kOutcome),
                 "user_action='approve' user_selected_index=0 final_crop_coords='[0.1, 0.2, 0.8, 0.85]' "
                 "crop_timestamp='2026-03-01T10:00:05.000123Z'"s);
        QCOMPARE(cells(confirmed, {"timestamp", "crop_match", "ai_crop_accepted"}),
                 "timestamp='"s + kNowText + "' crop_match=0 ai_crop_accepted=1");
        const DecisionRow later2 = must(confirmedRow(must(rowFor(cropRequest({}))), kBox, later));
        QCOMPARE(cells(later2, {"user_action", "final_crop_coords", "crop_match"}),
                 "user_action='crop' final_crop_coords='[0.1, 0.2, 0.8, 0.9]' crop_match=None"s);
    }

    void confirmingTheWholeFrameMakesAnApproval()
    {
        const DecisionRow row = must(confirmedRow(must(rowFor(cropRequest({}))), Crop{0, 0, 1, 1}, kNow));
        QCOMPARE(cells(row, kOutcome),
                 "user_action='approve' user_selected_index=0 final_crop_coords=None crop_timestamp=None"s);
        DecisionRequest request = decisionAbout(1);
        request.shown = suggestion(0, kBox, true);
        const DecisionRow declined = must(confirmedRow(must(rowFor(request)), Crop{0, 0, 1, 1}, kNow));
        QCOMPARE(cells(declined, {"ai_crop_accepted", "final_crop_coords"}),
                 "ai_crop_accepted=0 final_crop_coords=None"s);
    }

    void onlyAKeptImageCanBeCropped()
    {
        DecisionRequest request = decisionAbout(1);
        request.action = Action::Reject;
        PS_CHECK_ERROR(ErrorCode::Refused, confirmedRow(must(rowFor(request)), kBox, kNow));
        DecisionRow skipped = must(rowFor(decisionAbout(1)));
        skipped.set("user_action", "skip"s);
        PS_CHECK_ERROR(ErrorCode::Refused, confirmedRow(skipped, kBox, kNow));
        PS_CHECK_ERROR(ErrorCode::InvalidInput, confirmedRow(must(rowFor(cropRequest({}))), Crop{0, 0, 2, 1}, kNow));
    }

    void everyAcceptedRequestSatisfiesTheStrictestTable()
    {
        const Connection connection = must(Connection::open(":memory:", OpenMode::Create));
        must(connection.execute(decisionSchemaSql()));
        SeededRandom random(71);
        int stored = 0;
        for (int i = 0; i < 3'000; ++i) {
            DecisionRequest request = decisionAbout(i, random.intBetween(0, 5));
            request.action = static_cast<Action>(random.below(3));
            request.selectedIndex = random.intBetween(-1, 4);
            request.selectedSize = {random.intBetween(0, 3), random.intBetween(0, 3)};
            if (random.oneIn(2))
                request.crop = Crop{random.fraction(), 0, random.fraction(), 1};
            if (random.oneIn(2))
                request.shown = ShownSuggestion{"m", random.intBetween(-1, 4), kBox, random.fraction() * 1.1,
                                                random.oneIn(2)};
            const auto row = makeRow(request, fullTable(), "p1", "id" + std::to_string(i), 1, kNow, {});
            if (!row)
                continue;
            ++stored;
            Statement insert = must(
                connection.prepare("INSERT INTO ai_decisions VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,"
                                   "?14,?15,?16,?17,?18)"));
            insert.bind();
            for (std::size_t c = 0; c < row->cells().size(); ++c)
                insert.bindAt(static_cast<int>(c + 1), row->cells()[c].second);
            const auto inserted = insert.finish();
            QVERIFY2(inserted.has_value(),
                     (random.note() + ": " + outcomeText(inserted) + ": " + rowText(*row)).c_str());
        }
        QVERIFY(stored > 200);
    }
};

QTEST_GUILESS_MAIN(TestDecide)
#include "tst_decide.moc"
