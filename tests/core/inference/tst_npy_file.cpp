// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/npy_file.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using test::must;

class TestNpyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The header of numpy.save(numpy.zeros(512, "float32")), by numpy 1.24.
    void headerIsNumpys()
    {
        const std::string bytes = npyBytes(std::vector<float>(512));
        QCOMPARE(bytes.size(), std::size_t{128 + 2048});
        QCOMPARE(bytes.substr(0, 10), std::string("\x93NUMPY\x01\x00\x76\x00", 10));
        std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (512,), }";
        header.resize(117, ' ');
        QCOMPARE(bytes.substr(10, 118), header + '\n');
    }

    void valuesComeBack()
    {
        for (const std::size_t count : {0UL, 1UL, 9UL, 512UL, 100'000UL}) {
            std::vector<float> values(count);
            for (std::size_t i = 0; i < count; ++i)
                values[i] = static_cast<float>(i) / 7 - 3;
            const std::string bytes = npyBytes(values);
            QCOMPARE((bytes.size() - count * 4) % 64, std::size_t{0});
            QVERIFY(must(readNpy(bytes)) == values);
        }
    }

    void newerVersionsAreRead()
    {
        const std::string one = npyBytes(std::vector<float>{1, 2, 3});
        std::string two("\x93NUMPY\x02\x00\x76\x00\x00\x00", 12);
        two += one.substr(10);
        QVERIFY(must(readNpy(two)) == (std::vector<float>{1, 2, 3}));
    }

    void otherFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("doubles") << QByteArray("<f4") << QByteArray("<f8");
        QTest::newRow("big-endian") << QByteArray("<f4") << QByteArray(">f4");
        QTest::newRow("objects, which are pickles") << QByteArray("'<f4'") << QByteArray("'|O' ");
        QTest::newRow("two dimensions") << QByteArray("(3,), ") << QByteArray("(3,1),");
        QTest::newRow("another length") << QByteArray("(3,)") << QByteArray("(4,)");
        QTest::newRow("a negative length") << QByteArray("(3,), ") << QByteArray("(-3,),");
        QTest::newRow("a scalar") << QByteArray("(3,)") << QByteArray("()  ");
        QTest::newRow("no order") << QByteArray("fortran_order") << QByteArray("basic_ordered");
    }
    void otherFilesAreRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray bytes = QByteArray::fromStdString(npyBytes(std::vector<float>{1, 2, 3}));
        QVERIFY(readNpy(bytes.toStdString()));
        QVERIFY(bytes.contains(from));
        bytes.replace(from, to);
        PS_CHECK_ERROR(ErrorCode::Corrupt, readNpy(bytes.toStdString()));
    }

    void cutFilesAreRefused()
    {
        const std::string whole = npyBytes(std::vector<float>{1, 2, 3});
        for (std::size_t length = 0; length < whole.size(); ++length)
            PS_CHECK_ERROR(ErrorCode::Corrupt, readNpy(std::string_view(whole).substr(0, length)));
        PS_CHECK_ERROR(ErrorCode::Corrupt, readNpy(whole + "x"));
    }
};

QTEST_GUILESS_MAIN(TestNpyFile)
#include "tst_npy_file.moc"
