// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/sidecar.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

// The shapes of formats/decisions_v3.md 3.1. Written with single quotes and turned round, to keep them readable.
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

const std::string kS1 = json(
    "{'group_id': '20251021_120000', 'images': ['20251021_120000_stage1_generated.png', "
    "'20251021_120005_stage2_upscaled.png'], 'ai_recommendation': {'selected_image': "
    "'20251021_120005_stage2_upscaled.png', 'selected_index': 1, 'reason': 'Highest stage', 'confidence': 1.0, "
    "'crop_needed': true, 'crop_coords': [0.1, 0.2, 0.9, 0.8]}, 'user_decision': null}");
const std::string kS1Reviewed = json(
    "{'group_id': '20251021_120000', 'images': ['a.png'], 'ai_recommendation': {'crop_needed': false, "
    "'crop_coords': null}, 'user_decision': {'action': 'reject', 'selected_image': null, 'selected_index': null, "
    "'timestamp': '2025-10-21T12:00:00'}}");
const std::string kS2 = json("{'group_id': 'g', 'project_id': 'mojo3', 'needs_crop': true}");
const std::string kS3 = json(
    "{'group_id': 'g', 'project_id': 'mojo3', 'needs_crop': true, 'ai_crop_coords': [0.1, 0.0, 0.9, 0.8]}");
const std::string kS4 = json("{'group_id': 'g', 'project_id': 'mojo3', 'needs_crop': true, 'ai_crop_coords': [0.1, "
                             "0.0, 0.9, 0.8], 'ai_route': 'suggestion'}");
const std::string kS5 = json("{'group_id': 'g', 'project_id': 'mojo3', 'needs_crop': true, 'ai_crop_coords': [0.1, "
                             "0.0, 0.9, 0.8], 'ai_crop_accepted': true}");
const std::string kS6 = json(
    "{'group_id': 'g', 'project_id': 'mojo3', 'needs_crop': true, 'ai_route': 'manual', 'ai_crop_coords': null}");

} // namespace

Q_DECLARE_METATYPE(ps::SidecarShape)

class TestSidecar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShapeIsKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("shape");
        QTest::addColumn<QByteArray>("crop");
        QTest::addColumn<int>("needsCrop"); // -1: it does not say
        const auto row = [](const char* name, const std::string& text, SidecarShape shape, const char* crop,
                            int needsCrop) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << static_cast<int>(shape) << QByteArray(crop)
                                << needsCrop;
        };
        row("S1", kS1, SidecarShape::GroupLevel, "[0.1, 0.2, 0.9, 0.8]", 1);
        row("S1 reviewed", kS1Reviewed, SidecarShape::GroupLevel, "none", 0);
        row("S2", kS2, SidecarShape::Pointer, "none", 1);
        row("S3", kS3, SidecarShape::WithCrop, "[0.1, 0.0, 0.9, 0.8]", 1);
        row("S4", kS4, SidecarShape::WithRoute, "[0.1, 0.0, 0.9, 0.8]", 1);
        row("S5", kS5, SidecarShape::Accepted, "[0.1, 0.0, 0.9, 0.8]", 1);
        row("S6", kS6, SidecarShape::WithRoute, "none", 1);
        row("something else", "{\"a\": 1}", SidecarShape::Unknown, "none", -1);
        row("a crop out of range", json("{'group_id': 'g', 'ai_crop_coords': [0, 0, 2, 1]}"), SidecarShape::WithCrop,
            "none", -1);
    }
    void everyShapeIsKnown()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, shape);
        QFETCH(const QByteArray, crop);
        QFETCH(const int, needsCrop);
        const auto sidecar = Sidecar::parse(text.toStdString());
        PS_CHECK_OK(sidecar);
        QCOMPARE(static_cast<int>(sidecar->shape()), shape);
        const auto found = sidecar->crop();
        QCOMPARE(found ? cropText(*found) : "none"s, crop.toStdString());
        const auto needs = sidecar->needsCrop();
        QCOMPARE(needs ? static_cast<int>(*needs) : -1, needsCrop);
        // Read and written again nothing is lost.
        QVERIFY(must(Sidecar::parse(sidecar->text())).json() == sidecar->json());
    }

    void whatIsNoSidecarIsRefused()
    {
        for (const char* text : {"", "not json", "[]", "null", "5", "\"x\"", "{", "{\"group_id\": }"})
            PS_CHECK_ERROR(ErrorCode::InvalidInput, Sidecar::parse(text));
    }

    void oursIsByteForByteTheOneOfTheReviewer()
    {
        const std::string group = "mojo3_group_20251021T170444198868_batch001_img050";
        QCOMPARE(Sidecar::make(group, "mojo3", Crop{0.1, 0, 1, 1e-07 + 0.3}).text(),
                 json("{\n  'group_id': '" + group +
                      "',\n  'project_id': 'mojo3',\n  'needs_crop': true,\n  'ai_route': 'suggestion',\n"
                      "  'ai_crop_coords': [\n    0.1,\n    0.0,\n    1.0,\n    " +
                      pythonFloatRepr(1e-07 + 0.3) + "\n  ]\n}"));
        QCOMPARE(Sidecar::make(group, "mojo3", {}).text(),
                 json("{\n  'group_id': '" + group +
                      "',\n  'project_id': 'mojo3',\n  'needs_crop': true,\n  'ai_route': 'manual',\n"
                      "  'ai_crop_coords': null\n}"));
        QVERIFY(Sidecar::make(group, "mojo3", {}).shape() == SidecarShape::WithRoute);
    }

    void whatNobodyHereKnowsSurvivesARewrite()
    {
        const Sidecar old = must(Sidecar::parse(json(
            "{'their_note': {'x': [1, 2.0, null]}, 'group_id': 'old', 'ai_crop_accepted': true, 'zz': '\\udce9'}")));
        const Sidecar merged = old.updatedWith(Sidecar::make("new", "p1", {}));
        QCOMPARE(
            dumpJson(merged.json()),
            json("{'their_note': {'x': [1, 2.0, null]}, 'group_id': 'new', 'ai_crop_accepted': true, 'zz': '\\udce9', "
                 "'project_id': 'p1', 'needs_crop': true, 'ai_route': 'manual', 'ai_crop_coords': null}"));
        QCOMPARE(merged.groupId(), "new"s);
        QCOMPARE(old.groupId(), "old"s);
    }

    void itIsForAPictureUnlessItNamesOthers_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<bool>("isForA");
        const auto row = [](const char* members, bool isForA) {
            QTest::newRow(members) << QByteArray(members) << isForA;
        };
        row("", true);
        row("'filename': 'a.png'", true);
        row("'filename': 'b.png'", false);
        row("'filename': 'x/a.png'", false); // exact
        row("'image_path': '/somewhere/a.png'", true);
        row("'image_path': '/somewhere/b.png'", false);
        row("'images': ['b.png', 'a.png']", true);
        row("'images': ['b.png']", false);
        row("'images': [{'filename': 'a.png'}]", true);
        row("'images': []", false);
        row("'images': 5", true); // names nothing
    }
    void itIsForAPictureUnlessItNamesOthers()
    {
        QFETCH(const QByteArray, members);
        QFETCH(const bool, isForA);
        const std::string text = json("{" + members.toStdString() + "}");
        QCOMPARE(must(Sidecar::parse(text)).isFor("a.png"), isForA);
    }
};

QTEST_GUILESS_MAIN(TestSidecar)
#include "tst_sidecar.moc"
