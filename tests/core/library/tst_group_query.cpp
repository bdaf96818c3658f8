// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/library/group_snapshot.h"
#include "tests/support/checks.h"

#include <QTest>

#include <numeric>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::optional<std::int64_t> at(std::string_view time)
{
    return parseTimestamp(time)->time_since_epoch().count();
}

CatalogueItem item(std::string_view name, GroupKind kind, GroupState state, int imageCount = 2)
{
    CatalogueItem made;
    made.name = name;
    GroupEntry& entry = made.entry;
    entry.kind = kind;
    entry.state = state;
    entry.imageCount = imageCount;
    entry.key = kind == GroupKind::UnmatchedRow ? std::string() : "g_" + std::string(name);
    entry.directory = "photos/2026";
    if (state != GroupState::Undecided) {
        entry.groupId = "id_" + std::string(name);
        made.fingerprint = "f";
    }
    for (int slot = 0; slot < imageCount && kind != GroupKind::UnmatchedRow; ++slot) {
        GroupImage image;
        image.path = "photos/2026/" + (slot == 0 ? std::string(name) : "other_" + std::to_string(slot) + ".png");
        image.currentPath = image.path;
        image.stage = slot + 1;
        made.images.push_back(image);
    }
    return made;
}

/// Three groups, two singles and a row without a group: ordinals 0 to 5.
std::vector<CatalogueItem> someContent()
{
    using enum GroupState;
    std::vector<CatalogueItem> items;
    items.push_back(item("Bear.png", GroupKind::Group, Approved));
    items.push_back(item("ant.png", GroupKind::Group, Undecided, 3));
    items.push_back(item("cat.png", GroupKind::Oversize, CropLater, 5));
    items.push_back(item("dog \"old\".jpg", GroupKind::Single, Rejected, 1));
    items.push_back(item("eel.jpg", GroupKind::Single, Undecided, 1));
    items.push_back(item("fox.png", GroupKind::UnmatchedRow, Approved));
    items[0].entry.decidedAtUs = at("2026-01-31T23:59:59Z");
    items[0].entry.annotator = "ada";
    items[0].entry.selectionMatch = false;
    items[0].entry.sharpness = 12.5;
    items[0].entry.isFinalized = true;
    items[0].entry.coverSlot = 1;
    items[1].entry.missingCount = 1;
    items[1].entry.flag = "red";
    items[1].entry.sharpness = 80;
    items[2].entry.decidedAtUs = at("2026-02-01T00:00:00Z");
    items[2].entry.selectionMatch = true;
    items[2].entry.cropMatch = false;
    items[2].entry.annotator = "ben";
    items[2].entry.outcome = "tie";
    items[2].entry.note = "Hands are ODD";
    items[3].entry.decidedAtUs = at("2025-12-31T12:00:00Z");
    items[3].entry.directory = "photos/Archive";
    items[5].entry.decidedAtUs = at("2026-01-01T00:00:00Z");
    items[5].entry.missingCount = 2;
    std::int64_t ordinal = 0;
    for (CatalogueItem& made : items)
        made.entry.ordinal = ordinal++;
    return items;
}

std::string ordinalsText(const GroupSnapshot& snapshot)
{
    std::string text;
    for (std::int64_t position = 0; position < snapshot.count(); ++position)
        text += std::to_string(snapshot.ordinalAt(position));
    return text;
}

} // namespace

class TestGroupQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_catalogue.emplace(must(Catalogue::openInMemory()));
        must(m_catalogue->fill(someContent()));
    }

    void finds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* query, const char* expected) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(expected);
        };
        row("", "012345");
        row("  ", "012345");
        row("state:undecided", "14");
        row("STATE:undecided", "14");
        row("state:approved", "05");
        row("state:crop-later", "2");
        row("action:approve", "05");
        row("action:crop", "2");
        row("action:none", "14");
        row("kind:group", "01");
        row("kind:single", "34");
        row("kind:oversize", "2");
        row("kind:row", "5");
        row("finalized:yes", "0");
        row("finalized:no", "12345");
        row("missing:yes", "15");
        row("disagreement:yes", "0");
        row("-disagreement:yes", "12345");
        row("selection_match:yes", "2");
        row("selection_match:none", "1345");
        row("crop_match:no", "2");
        row("date:2026", "025");
        row("date:2026-01", "05");
        row("date:2026-01-31", "0");
        row("date<2026", "3");
        row("date<=2026-01", "035");
        row("date>2026-01-31", "2");
        row("date>=2026-01-31", "02");
        row("date:none", "14");
        row("stage:2", "0");
        row("stage<2", "12345");
        row("images>2", "12");
        row("images>=2 images<=3", "015");
        row("sharpness<50", "0");
        row("-sharpness<50", "12345");
        row("sharpness:any", "01");
        row("annotator:ada", "0");
        row("annotator:any", "02");
        row("outcome:tie", "2");
        row("flag:any", "1");
        row("note:\"are odd\"", "2");
        row("directory:archive", "3");
        row("name:BEAR", "0");
        row("name:other_2", "12");
        row("name:photos", "");
        row("fox", "5");
        row("ID_fox.png", "");
        row("id_fox.png", "5");
        row("key:g_ant.png", "1");
        row("id:id_Bear.png", "0");
        row("id:\"\"", "");
        row("\"dog \\\"old\\\"\"", "3");
        row("state:undecided -name:eel", "1");
        row("state:undecided or kind:row", "145");
        row("kind:single (state:undecided or state:rejected)", "34");
        row("-(state:undecided or kind:row) images:2", "0");
        row("bear or ant or cat", "012");
        row("orange", "");
        row("- state:undecided", "0235");
    }
    void finds()
    {
        QFETCH(const QString, query);
        QFETCH(const QString, expected);
        if (query == QLatin1String("- state:undecided")) { // the sign belongs to the word
            QVERIFY(!parseGroupQuery(query.toStdString()));
            return;
        }
        const GroupSnapshot found = must(selectGroups(*m_catalogue, {query.toStdString(), {}}, {}));
        QCOMPARE(ordinalsText(found), expected.toStdString());
        for (std::int64_t ordinal = 0; ordinal < 6; ++ordinal) {
            const auto position = found.positionOf(ordinal);
            QCOMPARE(position.has_value(), expected.contains(QString::number(ordinal)));
            if (position)
                QCOMPARE(found.ordinalAt(*position), ordinal);
        }
    }

    void saysWhereItIsWrong_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* query, const char* message) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(message);
        };
        row("state:done", "column 7 of the query: expected a state (undecided approved ");
        row("images:2 colour:red", "column 10 of the query: expected one of the fields state,");
        row("state<undecided", "column 6 of the query: expected ':' behind 'state', found '<undecided'");
        row("images>many", "column 8 of the query: expected a number, found 'many'");
        row("date:2026-02-30", "column 6 of the query: expected a date");
        row("date:26", "column 6 of the query: expected a date");
        row("finalized:maybe", "column 11 of the query: expected yes or no");
        row("name:", "column 6 of the query: expected a value, found the end");
        row("\"open", "column 1 of the query: expected a closing quotation mark");
        row("(ant", "column 5 of the query: expected a closing bracket, found the end");
        row("ant)", "column 4 of the query: expected a term, found ')'");
        row("ant or", "column 7 of the query: expected a term, found the end");
        row("-", "column 2 of the query: expected a term, found the end");
        row(":x", "column 1 of the query: expected a term, found ':x'");
    }
    void saysWhereItIsWrong()
    {
        QFETCH(const QString, query);
        QFETCH(const QString, message);
        const auto outcome = selectGroups(*m_catalogue, {query.toStdString(), {}}, {});
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::InvalidInput);
        QVERIFY2(outcome.error().message.starts_with(message.toStdString()), outcome.error().message.c_str());
    }

    void endlessBracketsAreRefused()
    {
        QVERIFY(!parseGroupQuery(std::string(5000, '(')));
        QVERIFY(!parseGroupQuery(std::string(5000, '-') + "x"));
        QVERIFY(!parseGroupQuery(std::string(20'000, 'x')));
    }

    void sorts_data()
    {
        QTest::addColumn<QString>("sort");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("sections");
        const auto row = [](const char* sort, const char* expected, const char* sections) {
            QTest::newRow(sort) << QString::fromUtf8(sort) << QString::fromUtf8(expected)
                                << QString::fromUtf8(sections);
        };
        row("project", "012345", "0 group,3 single,5 row,");
        row("-project", "543210", "0 row,1 single,3 group,");
        row("name", "012345", "0 B,1 a,2 c,3 d,4 e,5 f,");
        row("-name", "543210", "0 f,1 e,2 d,3 c,4 a,5 B,");
        row("decided", "350214", "0 2025-12-31,1 2026-01-01,2 2026-01-31,3 2026-02-01,4 ,");
        row("-decided", "205314", "0 2026-02-01,1 2026-01-31,2 2026-01-01,3 2025-12-31,4 ,");
        row("state", "140523", "0 undecided,2 approved,4 crop-later,5 rejected,");
        row("images", "340512", "0 1,2 2,4 3,5 5,");
        row("sharpness", "012345", "0 measured,2 ,");
        row("-sharpness", "102345", "0 measured,2 ,");
        row("stage", "512340", "");
    }
    void sorts()
    {
        QFETCH(const QString, sort);
        QFETCH(const QString, expected);
        QFETCH(const QString, sections);
        const GroupSort order = must(parseGroupSort(sort.toStdString()));
        const GroupSnapshot found = must(selectGroups(*m_catalogue, {{}, order}, {}));
        QCOMPARE(ordinalsText(found), expected.toStdString());
        for (std::int64_t position = 0; position < found.count(); ++position)
            QCOMPARE(*found.positionOf(found.ordinalAt(position)), position);
        QVERIFY(!found.positionOf(6) && !found.positionOf(-1));
        if (sections.isEmpty())
            return;
        std::string text;
        for (const GroupSection& section : found.sections())
            text += std::to_string(section.first) + " " + section.label + ",";
        QCOMPARE(text, sections.toStdString());
    }

    void sortAndFilterTogether()
    {
        const auto found = must(selectGroups(*m_catalogue, {"-state:undecided", must(parseGroupSort("-decided"))}, {}));
        QCOMPARE(ordinalsText(found), "2053"s);
        const auto error = parseGroupSort("colour");
        QVERIFY(!error && error.error().message.find("sharpness") != std::string::npos);
    }

    void aChangedRowChangesTheList()
    {
        const Catalogue catalogue = must(Catalogue::openInMemory());
        must(catalogue.fill(someContent()));
        const DecisionRow row({{"group_id", "new"s},
                               {"timestamp", "2026-03-01T00:00:00Z"s},
                               {"user_action", "approve"s},
                               {"user_selected_index", std::int64_t{2}},
                               {"selection_match", std::int64_t{0}}});
        const std::vector<RowChange> changes{{"new", "g_ant.png", row}};
        must(catalogue.applyRows(changes, "eve"));
        for (const char* query : {"date:2026-03", "annotator:eve", "stage:3", "id:new", "disagreement:yes images:3"})
            QCOMPARE(ordinalsText(must(selectGroups(catalogue, {query, {}}, {}))), "1"s);
        must(catalogue.connection().execute("UPDATE groups SET sharpness=3 WHERE key='g_eel.jpg'"));
        QCOMPARE(ordinalsText(must(selectGroups(catalogue, {"sharpness<4", {}}, {}))), "4"s);
        GroupMarks marks;
        marks.outcome = OutcomeMark{Outcome::Skip, {}, {}};
        marks.note = NoteMark{"later", {}};
        must(catalogue.setGroupMarks("g_eel.jpg", marks));
        QCOMPARE(ordinalsText(must(selectGroups(catalogue, {"outcome:skip note:LATER flag:none", {}}, {}))), "4"s);
    }

    void someGroupsOfAListKeepItsOrderAndSections()
    {
        GroupSnapshot list = GroupSnapshot::of({9, 4, 7, 1, 3});
        list.setSections({{0, "a"}, {2, "b"}, {4, "c"}});
        const std::vector<std::uint32_t> wanted{3, 4, 9, 200};
        const GroupSnapshot some = among(list, wanted);
        QCOMPARE(some.count(), std::int64_t{3});
        QCOMPARE(some.ordinalAt(0), std::int64_t{9});
        QCOMPARE(some.ordinalAt(1), std::int64_t{4});
        QCOMPARE(some.ordinalAt(2), std::int64_t{3});
        QCOMPARE(some.sections(), (std::vector<GroupSection>{{0, "a"}, {2, "c"}})); // "b" has none of them
        QCOMPARE(among(GroupSnapshot::everything(5, true), wanted).ordinalAt(0), std::int64_t{4});
        QCOMPARE(among(list, {}).count(), std::int64_t{0});
    }

    void stopsWhenAsked()
    {
        const Catalogue catalogue = must(Catalogue::openInMemory());
        std::vector<CatalogueItem> items;
        for (std::int64_t i = 0; i < 20'000; ++i) {
            items.push_back(item(std::to_string(i), GroupKind::Single, GroupState::Undecided, 1));
            items.back().entry.ordinal = i;
        }
        must(catalogue.fill(items));
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = selectGroups(catalogue, {"name:7", must(parseGroupSort("name"))}, stop.get_token());
        QVERIFY(!outcome && outcome.error().code == ErrorCode::Cancelled);
        QVERIFY(must(selectGroups(catalogue, {"name:7", {}}, {})).count() > 0); // and is ready for the next one
    }

    void filtersUseTheirIndexes_data()
    {
        QTest::addColumn<QString>("query");
        for (const char* query : {"state:approved", "kind:row", "finalized:yes", "disagreement:yes", "date:2026",
                                  "annotator:ada", "flag:red", "sharpness<3", "id:x", "key:y"})
            QTest::newRow(query) << QString::fromUtf8(query);
    }
    void filtersUseTheirIndexes()
    {
        QFETCH(const QString, query);
        const ParsedQuery parsed = must(parseGroupQuery(query.toStdString()));
        Statement plan = must(m_catalogue->connection().prepare(
            "EXPLAIN QUERY PLAN SELECT g.ordinal FROM groups g WHERE " + parsed.condition));
        QVERIFY(must(plan.step()));
        QVERIFY2(plan.text(3).find("INDEX groups_") != std::string_view::npos, std::string(plan.text(3)).c_str());
    }

private:
    std::optional<Catalogue> m_catalogue;
};

QTEST_GUILESS_MAIN(TestGroupQuery)
#include "tst_group_query.moc"
