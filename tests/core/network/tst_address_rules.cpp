// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/address_rules.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using namespace ps::test;

class TestAddressRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closedNetworksAreClosedInEverySpelling_data()
    {
        QTest::addColumn<QString>("host");
        for (const char* host : {"127.0.0.1",
                                 "127.1",
                                 "127.255.255.254",
                                 "2130706433",
                                 "0x7f.1",
                                 "0x7f000001",
                                 "0177.0.0.1",
                                 "017700000001",
                                 "0",
                                 "0.0.0.0",
                                 "10.0.0.1",
                                 "10.255.255.255",
                                 "100.64.0.1",
                                 "100.127.255.255",
                                 "169.254.169.254",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.0.0.8",
                                 "192.0.2.1",
                                 "192.88.99.1",
                                 "192.168.1.1",
                                 "198.18.0.1",
                                 "198.19.255.255",
                                 "198.51.100.7",
                                 "203.0.113.9",
                                 "224.0.0.1",
                                 "239.255.255.250",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1",
                                 "::ffff:169.254.169.254",
                                 "::127.0.0.1",
                                 "64:ff9b::7f00:1",
                                 "64:ff9b::a00:1",
                                 "64:ff9b:1::1",
                                 "100::1",
                                 "2001::1",
                                 "2001:db8::1",
                                 "2002:7f00:1::",
                                 "2002:a00:1::1",
                                 "3fff::1",
                                 "fc00::1",
                                 "fd12:3456::1",
                                 "fe80::1",
                                 "febf::1",
                                 "fec0::1",
                                 "ff02::1",
                                 "5f00::1",
                                 "4000::1"})
            QTest::newRow(host) << QString::fromLatin1(host);
    }
    void closedNetworksAreClosedInEverySpelling()
    {
        QFETCH(const QString, host);
        const auto addresses = resolveHost(host.toStdString());
        if (!addresses)
            return; // a spelling that the system does not take leads nowhere
        for (const NetworkAddress& address : *addresses)
            QVERIFY2(!isPublicAddress(address), addressText(address).c_str());
    }

    void theNeighboursOfClosedNetworksAreOpen_data()
    {
        QTest::addColumn<QString>("host");
        for (const char* host :
             {"1.1.1.1",     "8.8.8.8",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
              "100.128.0.0", "126.255.255.255", "128.0.0.0",       "169.253.255.255", "172.15.255.255",
              "172.32.0.0",  "192.0.1.1",       "192.167.255.255", "192.169.0.0",     "198.17.255.255",
              "198.20.0.0",  "223.255.255.255", "2001:200::1",     "2001:db9::1",     "2606:4700::1111",
              "2a00::1"})
            QTest::newRow(host) << QString::fromLatin1(host);
    }
    void theNeighboursOfClosedNetworksAreOpen()
    {
        QFETCH(const QString, host);
        const auto addresses = must(resolveHost(host.toStdString()));
        QCOMPARE(addresses.size(), std::size_t{1});
        QVERIFY(isPublicAddress(addresses.front()));
        QCOMPARE(addressText(addresses.front()), host.toStdString());
    }

    void theNameOfThisMachineIsClosed()
    {
        for (const char* host : {"localhost", "localhost.", "LOCALHOST"}) {
            const auto addresses = resolveHost(host);
            if (!addresses)
                continue;
            for (const NetworkAddress& address : *addresses)
                QVERIFY2(!isPublicAddress(address), host);
        }
    }
};

QTEST_GUILESS_MAIN(TestAddressRules)
#include "tst_address_rules.moc"
