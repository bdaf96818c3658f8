// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/messages.h"

#include <QTest>

#include <limits>
#include <random>

using namespace ps;

namespace {

HelloMessage sampleHello()
{
    HelloMessage hello;
    hello.buildId = std::string(buildId());
    hello.capabilities = {"images", "models"};
    hello.sandboxMask = 15;
    hello.sandbox = "everything";
    return hello;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helloRoundTrip()
    {
        const auto hello = decodeHello(encodeHello(sampleHello()));
        QVERIFY(hello);
        QVERIFY(*hello == sampleHello());
        QVERIFY(checkHello(*hello));
    }

    void helloOfAnotherProtocolIsRefused()
    {
        HelloMessage hello = sampleHello();
        hello.protocolVersion = 2;
        const auto outcome = checkHello(hello);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::VersionMismatch);
        QVERIFY(outcome.error().message.find("protocol 2") != std::string::npos);
    }

    void helloOfAnotherBuildIsRefused()
    {
        HelloMessage hello = sampleHello();
        hello.buildId = "9.9.9";
        const auto outcome = checkHello(hello);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::VersionMismatch);
        QVERIFY(outcome.error().message.find("9.9.9") != std::string::npos);
    }

    void requestRoundTrip()
    {
        const RequestMessage request{0x0102, 2, std::string("body\0with zero", 14)};
        const auto read = decodeRequest(encodeRequest(request));
        QVERIFY(read);
        QVERIFY(*read == request);
    }

    void failedRoundTrip()
    {
        const Error error = decodeFailed(encodeFailed({ErrorCode::TooLarge, "too many pixels", "dropped", 5}));
        QVERIFY(error.code == ErrorCode::TooLarge);
        QCOMPARE(error.message, std::string("too many pixels"));
        QVERIFY(error.context.empty());
    }

    void failedWithUnknownCodeIsCorrupt()
    {
        std::string payload = encodeFailed({ErrorCode::Internal, "x", {}, 0});
        payload[0] = 99;
        QVERIFY(decodeFailed(payload).code == ErrorCode::Corrupt);
        QVERIFY(decodeFailed("").code == ErrorCode::Corrupt);
    }

    void longMessagesAreShortened()
    {
        QCOMPARE(decodeFailed(encodeFailed({ErrorCode::Io, std::string(100'000, 'x'), {}, 0})).message.size(), 4096U);
    }

    void progressMustBeAFraction()
    {
        QVERIFY(decodeProgress(encodeProgress({0.25, "a quarter"})));
        QVERIFY(!decodeProgress(encodeProgress({1.5, ""})));
        QVERIFY(!decodeProgress(encodeProgress({std::numeric_limits<double>::quiet_NaN(), ""})));
    }

    void logRoundTrip() { QCOMPARE(*decodeLog(encodeLog("line")), std::string("line")); }

    void everyCutAndEveryExtensionIsRefused()
    {
        const std::string hello = encodeHello(sampleHello());
        for (std::size_t length = 0; length < hello.size(); ++length)
            QVERIFY(!decodeHello(std::string_view(hello).substr(0, length)));
        QVERIFY(!decodeHello(hello + "x"));
        QVERIFY(!decodeLog(encodeLog("line") + "x"));
        QVERIFY(!decodeProgress(encodeProgress({0, ""}) + "x"));
        QVERIFY(decodeFailed(encodeFailed({ErrorCode::Io, "m", {}, 0}) + "x").code == ErrorCode::Corrupt);
        QVERIFY(!decodeRequest("ab"));
    }

    void randomBytesNeverCrash()
    {
        std::mt19937 random(99);
        for (int round = 0; round < 10'000; ++round) {
            std::string bytes(random() % 64, '\0');
            for (char& c : bytes)
                c = static_cast<char>(random() % 4 == 0 ? random() : 0);
            (void)decodeHello(bytes).has_value();
            (void)decodeRequest(bytes).has_value();
            (void)decodeFailed(bytes);
            (void)decodeProgress(bytes).has_value();
            (void)decodeLog(bytes).has_value();
        }
    }
};

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
