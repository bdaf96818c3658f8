// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows that come in pages: asked for once, shown until better ones are there, and never from an earlier list.
#include "ui/browse/row_table_model.h"
#include "ui/browse/snapshot_source.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace ps;

namespace {

constexpr std::int64_t kMany = 20'000'000;

/// Keeps every question until the test answers it.
class ScriptedPages : public PageReader
{
public:
    struct Question {
        std::vector<std::int64_t> ordinals;
        bool withImages = false;
        Answer answer;
    };
    void read(std::vector<std::int64_t> ordinals, bool withImages, Answer answer) override
    {
        questions.push_back({std::move(ordinals), withImages, std::move(answer)});
    }

    /// Answers the oldest question with entries that name `version`.
    void answer(const std::string& version, std::optional<std::int64_t> without = {})
    {
        const Question question = std::move(questions.front());
        questions.erase(questions.begin());
        Page page;
        for (const std::int64_t ordinal : question.ordinals) {
            if (ordinal == without)
                continue;
            GroupEntry entry;
            entry.ordinal = ordinal;
            entry.key = "g_" + std::to_string(ordinal);
            entry.cover.path = version + "_" + std::to_string(ordinal) + ".jpg";
            page.images.push_back({entry.cover, entry.cover});
            page.entries.push_back(std::move(entry));
        }
        question.answer(std::move(page));
    }
    void fail()
    {
        const Question question = std::move(questions.front());
        questions.erase(questions.begin());
        question.answer(std::nullopt);
    }

    std::vector<Question> questions;
};

std::shared_ptr<const GroupSnapshot> everything(std::int64_t count, bool isDescending = false)
{
    return std::make_shared<const GroupSnapshot>(GroupSnapshot::everything(count, isDescending));
}

} // namespace

class TestSnapshotSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pages = std::make_unique<ScriptedPages>();
        m_source = std::make_unique<SnapshotSource>(*m_pages, nullptr);
    }

    void aPageIsAskedForOnce()
    {
        m_source->setSnapshot(everything(kMany), false);
        QSignalSpy changed(m_source.get(), &RowSource::changed);
        for (std::int64_t position = 0; position < 100; ++position)
            QVERIFY(!m_source->entry(position));
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        QVERIFY(!m_source->entry(5));
        QTest::qWait(0);
        QCOMPARE(m_pages->questions.size(), std::size_t{1}); // it is on its way
        m_pages->answer("a");
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_source->entry(5)->cover.path, std::string("a_5.jpg"));
        QTest::qWait(0);
        QVERIFY(m_pages->questions.empty());
        QVERIFY(!m_source->entry(-1));
        QVERIFY(!m_source->entry(kMany));
    }

    void answersToAnEarlierListAreDropped()
    {
        m_source->setSnapshot(everything(1000), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_source->setSnapshot(everything(1000, true), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{2});
        QSignalSpy changed(m_source.get(), &RowSource::changed);
        m_pages->answer("stale");
        QCOMPARE(changed.count(), 0);
        QVERIFY(!m_source->entry(0));
        m_pages->answer("fresh");
        QCOMPARE(m_source->entry(0)->cover.path, std::string("fresh_999.jpg"));
    }

    void anAnswerAfterTheEndHarmsNobody()
    {
        m_source->setSnapshot(everything(10), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_source.reset();
        m_pages->answer("late");
    }

    void aChangedRowStaysUntilItIsReadAgain()
    {
        m_source->setSnapshot(everything(1000), true);
        read(0, "a");
        QVERIFY(!m_source->isChanged(3));
        m_source->onGroupsChanged({QStringLiteral("g_3")});
        QVERIFY(m_source->isChanged(3));
        QVERIFY(!m_source->isChanged(4));
        QCOMPARE(m_source->changedCount(), 1);
        QCOMPARE(m_source->entry(3)->cover.path, std::string("a_3.jpg")); // no hole in the meantime
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->answer("b");
        QCOMPARE(m_source->entry(3)->cover.path, std::string("b_3.jpg"));
        QVERIFY(m_source->isChanged(3)); // the list is still of before
        m_source->setSnapshot(everything(1000), true);
        QCOMPARE(m_source->changedCount(), 0);
    }

    void anAnswerThatIsOlderThanTheChangeIsAskedForAgain()
    {
        m_source->setSnapshot(everything(1000), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_source->onGroupsChanged({QStringLiteral("g_3")});
        m_pages->answer("before");
        QCOMPARE(m_source->entry(3)->cover.path, std::string("before_3.jpg"));
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->answer("after");
        QCOMPARE(m_source->entry(3)->cover.path, std::string("after_3.jpg"));
        QVERIFY(!m_source->isChanged(3)); // nothing of everything can leave it
    }

    void whatCannotBeReadIsAskedForAgain()
    {
        m_source->setSnapshot(everything(1000), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->fail();
        QVERIFY(!m_source->entry(0));
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->answer("a");
        QVERIFY(m_source->entry(0));
    }

    void aGroupThatIsGoneLeavesOnlyItsOwnPlaceEmpty()
    {
        m_source->setSnapshot(everything(10), false);
        m_source->entry(0);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->answer("a", 4);
        QVERIFY(m_source->entry(3));
        QVERIFY(!m_source->entry(4));
        QCOMPARE(m_source->entry(5)->cover.path, std::string("a_5.jpg"));
    }

    void candidatesAreReadOnlyForThoseWhoShowThem()
    {
        m_source->setSnapshot(everything(10), false);
        read(0, "a");
        QVERIFY(!m_source->images(2));
        QVERIFY(m_source->entry(2)); // the cover stays
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        QVERIFY(m_pages->questions.front().withImages);
        m_pages->answer("b");
        QCOMPARE(m_source->images(2)->size(), std::size_t{2});
    }

    void memoryIsBounded()
    {
        m_source->setSnapshot(everything(kMany), false);
        std::int64_t known = 0;
        for (std::int64_t page = 0; page < 3 * SnapshotSource::kMaxPages; ++page)
            read(page * SnapshotSource::kPageRows, "a");
        for (std::int64_t page = 0; page < 3 * SnapshotSource::kMaxPages; ++page)
            known += m_source->known(page * SnapshotSource::kPageRows) ? 1 : 0;
        QVERIFY(known <= SnapshotSource::kMaxPages + 1);
        QVERIFY(m_source->known((3 * SnapshotSource::kMaxPages - 1) * SnapshotSource::kPageRows)); // the latest stay
    }

    void oneSectionHasNoHeader()
    {
        GroupSnapshot one = GroupSnapshot::everything(10, false);
        one.setSections({{0, "group"}});
        m_source->setSnapshot(std::make_shared<const GroupSnapshot>(one), false);
        QVERIFY(m_source->sectionStarts().empty());
        one.setSections({{0, "group"}, {7, "single"}});
        m_source->setSnapshot(std::make_shared<const GroupSnapshot>(one), false);
        QCOMPARE(m_source->sectionStarts(), (std::vector<std::int64_t>{0, 7}));
        QCOMPARE(m_source->sectionTitle(1), QStringLiteral("single"));
    }

    // ---- the table

    void theTableIsAModel()
    {
        RowTableModel model(*m_source, nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_source->setSnapshot(everything(300), false);
        QCOMPARE(model.rowCount(), 300);
        QVERIFY(!model.index(3, 0).data().isValid());
        QTRY_VERIFY(!m_pages->questions.empty());
        while (!m_pages->questions.empty())
            m_pages->answer("a");
        QCOMPARE(model.index(3, RowTableModel::NameColumn).data().toString(), QStringLiteral("a_3.jpg"));
        m_source->setSnapshot(everything(0), false);
        QCOMPARE(model.rowCount(), 0);
    }

    void aTableThatIsTooLongIsRefused()
    {
        RowTableModel model(*m_source, nullptr);
        m_source->setSnapshot(everything(RowTableModel::kMostRows), false);
        QCOMPARE(model.rowCount(), static_cast<int>(RowTableModel::kMostRows));
        m_source->setSnapshot(everything(RowTableModel::kMostRows + 1), false);
        QVERIFY(model.isTooLong());
        QCOMPARE(model.rowCount(), 0);
    }

private:
    void read(std::int64_t position, const std::string& version)
    {
        m_source->entry(position);
        QTRY_COMPARE(m_pages->questions.size(), std::size_t{1});
        m_pages->answer(version);
    }

    std::unique_ptr<ScriptedPages> m_pages;
    std::unique_ptr<SnapshotSource> m_source;
};

QTEST_GUILESS_MAIN(TestSnapshotSource)
#include "tst_snapshot_source.moc"
