// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/frame.h"

#include "core/base/text.h"

#include <QTest>

#include <random>

using namespace ps;

namespace {

/// Everything that a decoder makes of `bytes`, fed in pieces of the given sizes.
struct Decoded {
    std::vector<Frame> frames;
    std::optional<Error> error;
    std::uint64_t skippedCount = 0;
};

template <typename NextPiece>
Decoded decode(std::string_view bytes, NextPiece&& nextPiece)
{
    FrameDecoder decoder;
    Decoded result;
    while (true) {
        auto frame = decoder.next();
        if (!frame) {
            result.error = frame.error();
            break;
        }
        if (*frame) {
            result.frames.push_back(**frame);
            continue;
        }
        if (bytes.empty())
            break;
        bytes.remove_prefix(decoder.feed(bytes.substr(0, nextPiece())));
    }
    result.skippedCount = decoder.skippedCount();
    return result;
}

Decoded decodeAll(std::string_view bytes)
{
    return decode(bytes, [] { return std::string_view::npos; });
}

std::string encoded(const Frame& frame)
{
    return *encodeFrame(frame);
}

std::string withByte(std::string bytes, std::size_t offset, char value)
{
    bytes.replace(offset, 1, 1, value);
    return bytes;
}

const Frame kSample{FrameType::Request, 7, "hello"};

} // namespace

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layoutIsTheDocumentedOne()
    {
        // The example of docs/formats/worker_frame.md.
        QCOMPARE(hexEncode(encoded(kSample)), std::string("50534657"
                                                          "0100"
                                                          "0200"
                                                          "0700000000000000"
                                                          "05000000"
                                                          "c44f6594"
                                                          "68656c6c6f"));
    }

    void roundTrip_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<qulonglong>("id");
        QTest::addColumn<int>("length");
        for (int type = 1; type <= 10; ++type)
            QTest::addRow("type %d", type) << type << qulonglong{42} << 100;
        QTest::newRow("empty") << 2 << qulonglong{0} << 0;
        QTest::newRow("largest id") << 2 << ~qulonglong{0} << 1;
        QTest::newRow("largest payload") << 3 << qulonglong{1} << static_cast<int>(kMaxFrameBytes);
    }
    void roundTrip()
    {
        QFETCH(int, type);
        QFETCH(qulonglong, id);
        QFETCH(int, length);
        const Frame frame{static_cast<FrameType>(type), id, std::string(static_cast<std::size_t>(length), '\x9c')};
        const std::string bytes = encoded(frame);
        const Decoded result = decodeAll(bytes);
        QVERIFY(!result.error);
        QCOMPARE(result.frames.size(), 1U);
        QVERIFY(result.frames[0] == frame);
        QCOMPARE(encoded(result.frames[0]), bytes);
    }

    void payloadAboveTheLimitIsNotEncoded()
    {
        const auto bytes = encodeFrame({FrameType::Result, 1, std::string(kMaxFrameBytes + 1, 'x')});
        QVERIFY(!bytes);
        QVERIFY(bytes.error().code == ErrorCode::TooLarge);
    }

    void framesSurviveAnySplit()
    {
        std::mt19937 random(20260101);
        std::vector<Frame> frames;
        std::string stream;
        for (int i = 0; i < 50; ++i) {
            frames.push_back({static_cast<FrameType>(1 + random() % 10), random(), std::string(random() % 700, 'a')});
            stream += encoded(frames.back());
        }
        for (int round = 0; round < 200; ++round) {
            const Decoded result = decode(stream, [&] { return std::size_t{1} + random() % 40; });
            QVERIFY(!result.error);
            QVERIFY(result.frames == frames);
        }
    }

    void wantedBytesNeverReachIntoTheNextFrame()
    {
        const std::string stream = encoded(kSample) + encoded(kSample);
        FrameDecoder decoder;
        QCOMPARE(decoder.wantedBytes(), kFrameHeaderBytes);
        QVERIFY(!decoder.isInsideFrame());
        QCOMPARE(decoder.feed(stream), kFrameHeaderBytes); // the rest was not taken
        QVERIFY(decoder.isInsideFrame());
        QCOMPARE(decoder.wantedBytes(), kSample.payload.size());
        QCOMPARE(decoder.feed(std::string_view(stream).substr(kFrameHeaderBytes)), kSample.payload.size());
        QCOMPARE(decoder.wantedBytes(), std::size_t{0});
        QCOMPARE(decoder.feed("more"), std::size_t{0}); // not before the frame is taken
        QVERIFY(**decoder.next() == kSample);
        QCOMPARE(decoder.wantedBytes(), kFrameHeaderBytes);
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code);
        };
        const std::string good = encoded(kSample);
        row("magic", withByte(good, 0, 'X'), ErrorCode::Corrupt);
        row("version", withByte(good, 4, 2), ErrorCode::VersionMismatch);
        row("type", withByte(good, 6, 3), ErrorCode::Corrupt);
        row("unknown type with the old checksum", withByte(good, 7, 3), ErrorCode::Corrupt);
        row("request id", withByte(good, 8, 8), ErrorCode::Corrupt);
        row("length above the limit", withByte(good, 19, 0x7f), ErrorCode::TooLarge);
        row("length one above the limit", withByte(withByte(good, 16, 1), 18, 0x10), ErrorCode::TooLarge);
        row("length one too small", withByte(good, 16, 4), ErrorCode::Corrupt);
        row("checksum", withByte(good, 20, 0), ErrorCode::Corrupt);
        row("payload", withByte(good, 24, 'H'), ErrorCode::Corrupt);
        row("text", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", ErrorCode::Corrupt);
        row("zeros", std::string(64, '\0'), ErrorCode::Corrupt);
    }
    void malformed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const Decoded result = decodeAll(bytes.toStdString());
        QVERIFY(result.frames.empty());
        QVERIFY(result.error);
        QCOMPARE(static_cast<int>(result.error->code), code);
        QVERIFY(!result.error->message.empty());
    }

    void firstErrorIsFinal()
    {
        FrameDecoder decoder;
        decoder.feed(withByte(encoded(kSample), 0, 'X'));
        const auto first = decoder.next();
        QVERIFY(!first);
        QCOMPARE(decoder.wantedBytes(), std::size_t{0});
        QCOMPARE(decoder.feed(encoded(kSample)), std::size_t{0});
        const auto second = decoder.next();
        QVERIFY(!second);
        QCOMPARE(second.error().message, first.error().message);
    }

    void incompleteFramesAreNoFrames()
    {
        const std::string bytes = encoded(kSample);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const Decoded result = decodeAll(bytes.substr(0, length));
            QVERIFY(!result.error);
            QVERIFY(result.frames.empty());
        }
    }

    void unknownTypesAreSkippedAndCounted()
    {
        const Frame newer{static_cast<FrameType>(77), 1, std::string(3000, 'n')};
        const Frame newerEmpty{static_cast<FrameType>(78), 1, {}};
        const Decoded result = decodeAll(encoded(newer) + encoded(kSample) + encoded(newerEmpty) + encoded(newer) +
                                         encoded(kSample));
        QVERIFY(!result.error);
        QCOMPARE(result.frames.size(), 2U);
        QVERIFY(result.frames[1] == kSample);
        QCOMPARE(result.skippedCount, 3ULL);
    }

    void tenThousandMutationsNeverCrash()
    {
        std::mt19937 random(4711);
        const std::string good = encoded(kSample) + encoded({FrameType::Log, 9, std::string(300, 'l')}) +
                                 encoded({FrameType::Result, 8, {}});
        int brokenCount = 0;
        for (int round = 0; round < 10'000; ++round) {
            std::string bytes = good;
            for (std::size_t i = 0, count = 1 + random() % 6; i < count; ++i) {
                const std::size_t at = random() % bytes.size();
                switch (random() % 3) {
                case 0: bytes.at(at) = static_cast<char>(random()); break;
                case 1: bytes.erase(at, 1 + random() % 8); break;
                default: bytes.insert(at, std::string(1 + random() % 8, static_cast<char>(random()))); break;
                }
                if (bytes.empty())
                    bytes.push_back('x');
            }
            const Decoded result = decode(bytes, [&] { return std::size_t{1} + random() % 64; });
            brokenCount += result.error ? 1 : 0;
            for (const Frame& frame : result.frames)
                QVERIFY(frame.payload.size() <= kMaxFrameBytes);
        }
        QVERIFY(brokenCount > 5'000); // the mutations did reach something
    }
};

QTEST_GUILESS_MAIN(TestFrame)
#include "tst_frame.moc"
