// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/inference/preprocessing.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using test::must;

class TestPreprocessing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data()
    {
        QTest::addColumn<int>("which");
        for (int i = 0; i < 4; ++i)
            QTest::addRow("%d", i) << i;
    }
    void comesBackAsItWas()
    {
        QFETCH(int, which);
        const Preprocessing all[] = {Preprocessing::clip(), Preprocessing::imageNet(), Preprocessing::yolo(),
                                     Preprocessing::builtin()};
        const Preprocessing& one = all[which];
        QVERIFY(must(Preprocessing::fromJson(one.toJson())) == one);
        QCOMPARE(one.id().size(), std::size_t{12});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(all[i].id() == one.id(), i == which);
    }

    void everyFieldCounts()
    {
        const Preprocessing before = Preprocessing::clip();
        Preprocessing after = before;
        after.normalizesOutput = true;
        QVERIFY(after.id() != before.id());
        after = before;
        after.sizeDivisor = 10000;
        QVERIFY(after.id() != before.id());
        after = before;
        after.order = Preprocessing::ChannelOrder::Bgr;
        QVERIFY(after.id() != before.id());
    }

    /// Stored models and embeddings name it: it must never change.
    void bytesAreFixed()
    {
        QCOMPARE(Preprocessing::clip().toJson(),
                 std::string("{\"width\": 224, \"height\": 224, \"resize\": \"shortest-edge\", \"resize_to\": 224, "
                             "\"filter\": \"bicubic\", \"crop\": \"centre\", \"padding\": 114, \"channel_order\": "
                             "\"rgb\", \"scale\": 0.00392156862745098, \"mean\": [0.48145466, 0.4578275, 0.40821073], "
                             "\"deviation\": [0.26862954, 0.26130258, 0.27577711], \"normalizes_output\": false, "
                             "\"size_divisor\": 2048.0}"));
        QCOMPARE(Preprocessing::builtin().id(), std::string("8f8548221a4d"));
    }

    void wrongFieldsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("no number") << QByteArray("width") << QByteArray("\"224\"");
        QTest::newRow("negative") << QByteArray("height") << QByteArray("-1");
        QTest::newRow("gigantic") << QByteArray("width") << QByteArray("1000000000");
        QTest::newRow("unknown word") << QByteArray("filter") << QByteArray("\"magic\"");
        QTest::newRow("division by zero") << QByteArray("deviation") << QByteArray("[0.2, 0.0, 0.2]");
        QTest::newRow("too few") << QByteArray("mean") << QByteArray("[0.2, 0.1]");
        QTest::newRow("infinite") << QByteArray("scale") << QByteArray("Infinity");
        QTest::newRow("no flag") << QByteArray("normalizes_output") << QByteArray("1");
        QTest::newRow("missing") << QByteArray("crop") << QByteArray("null");
    }
    void wrongFieldsAreNamed()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        Json json = must(parseJson(Preprocessing::clip().toJson()));
        json.set(key.toStdString(), must(parseJson(value.toStdString())));
        const auto made = Preprocessing::fromJson(dumpJson(json));
        PS_CHECK_ERROR(ErrorCode::Corrupt, made);
        QVERIFY(made.error().message.find(key.toStdString()) != std::string::npos);
    }

    void otherTextsAreRefused()
    {
        for (const char* text : {"", "[]", "12", "{", "{\"width\": 224}"})
            PS_CHECK_ERROR(ErrorCode::Corrupt, Preprocessing::fromJson(text));
    }
};

QTEST_GUILESS_MAIN(TestPreprocessing)
#include "tst_preprocessing.moc"
