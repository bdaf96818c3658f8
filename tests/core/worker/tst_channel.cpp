// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/channel.h"

#include "tests/support/temp_folder.h"

#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace ps;
using namespace std::chrono_literals;

namespace {

struct Ends {
    Channel program;
    Channel worker;
};

Ends makeEnds()
{
    SocketPair pair = *makeSocketPair();
    return {Channel(std::move(pair.ours), Descriptors::Refuse), Channel(std::move(pair.theirs), Descriptors::Accept)};
}

} // namespace

class TestChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesArriveInOrder()
    {
        Ends ends = makeEnds();
        for (std::uint64_t id = 1; id <= 20; ++id)
            QVERIFY(ends.program.send({FrameType::Request, id, std::string(id * 10, 'x')}, {}, deadlineIn(1s)));
        for (std::uint64_t id = 1; id <= 20; ++id) {
            const auto received = ends.worker.receive(deadlineIn(1s));
            QVERIFY(received);
            QCOMPARE(received->frame.requestId, id);
            QCOMPARE(received->frame.payload.size(), std::size_t{id * 10});
        }
    }

    void largeFramesPassInPieces()
    {
        Ends ends = makeEnds();
        const Frame frame{FrameType::Result, 3, std::string(kMaxFrameBytes, 'p')};
        std::jthread sender([&] { QVERIFY(ends.worker.send(frame, {}, deadlineIn(5s))); });
        const auto received = ends.program.receive(deadlineIn(5s));
        QVERIFY(received);
        QVERIFY(received->frame == frame);
    }

    void descriptorsTravelWithTheirFrame()
    {
        const std::size_t before = test::openDescriptorCount();
        {
            test::TempFolder folder;
            Ends ends = makeEnds();
            const UniqueFd first = test::openReadWrite(folder.write("first", "one"));
            const UniqueFd second = test::openReadWrite(folder.write("second", "two"));
            const int both[] = {second.get(), first.get()};
            const int one[] = {first.get()};
            // Frames without descriptors before, between and after must not get any.
            QVERIFY(ends.program.send({FrameType::Ping, 1, {}}, {}, deadlineIn(1s)));
            QVERIFY(ends.program.send({FrameType::Request, 2, "ab"}, both, deadlineIn(1s)));
            QVERIFY(ends.program.send({FrameType::Ping, 3, {}}, {}, deadlineIn(1s)));
            QVERIFY(ends.program.send({FrameType::Request, 4, {}}, one, deadlineIn(1s)));
            QVERIFY(ends.program.send({FrameType::Ping, 5, {}}, {}, deadlineIn(1s)));

            const std::size_t expected[] = {0, 2, 0, 1, 0};
            for (const std::size_t count : expected) {
                const auto received = ends.worker.receive(deadlineIn(1s));
                QVERIFY(received);
                QCOMPARE(received->descriptors.size(), count);
                if (received->frame.requestId == 2)
                    QCOMPARE(*readAll(received->descriptors[0].get(), 10), std::string("two"));
                for (const UniqueFd& fd : received->descriptors)
                    QVERIFY((::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC) != 0);
            }
        }
        QCOMPARE(test::openDescriptorCount(), before);
    }

    void unwantedDescriptorsAreClosedAndEndTheSession()
    {
        Ends ends = makeEnds();
        const std::size_t before = test::openDescriptorCount();
        const int descriptors[] = {0, 0};
        QVERIFY(ends.worker.send({FrameType::Result, 1, "x"}, descriptors, deadlineIn(1s)));
        const auto received = ends.program.receive(deadlineIn(1s));
        QVERIFY(!received);
        QVERIFY(received.error().code == ErrorCode::Corrupt);
        QCOMPARE(test::openDescriptorCount(), before);
    }

    void moreDescriptorsThanAFrameMayHaveAreRefused()
    {
        Ends ends = makeEnds();
        const std::size_t before = test::openDescriptorCount();
        constexpr std::size_t kOneTooMany = kMaxFrameDescriptors + 1;
        const std::vector<int> tooMany(kOneTooMany, 0);
        QVERIFY(!ends.program.send({FrameType::Request, 1, {}}, tooMany, deadlineIn(1s)));

        // A sender that does not use our class.
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kOneTooMany)] = {};
        char byte = 'P';
        iovec part{&byte, 1};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * kOneTooMany); // so many times descriptor 0
        QCOMPARE(::sendmsg(ends.program.fd(), &message, 0), ssize_t{1});
        const auto received = ends.worker.receive(deadlineIn(1s));
        QVERIFY(!received);
        QVERIFY(received.error().code == ErrorCode::Corrupt);
        QCOMPARE(test::openDescriptorCount(), before);
    }

    void descriptorsOfSkippedFramesAreClosed()
    {
        Ends ends = makeEnds();
        const std::size_t before = test::openDescriptorCount();
        const int one[] = {0};
        QVERIFY(ends.program.send({static_cast<FrameType>(99), 1, "?"}, one, deadlineIn(1s)));
        QVERIFY(ends.program.send({FrameType::Ping, 2, {}}, {}, deadlineIn(1s)));
        const auto received = ends.worker.receive(deadlineIn(1s));
        QVERIFY(received);
        QCOMPARE(received->frame.requestId, std::uint64_t{2});
        QVERIFY(received->descriptors.empty());
        QCOMPARE(test::openDescriptorCount(), before);
    }

    void receiveGivesUpAtTheDeadlineAndLosesNothing()
    {
        Ends ends = makeEnds();
        const std::string bytes = *encodeFrame({FrameType::Result, 1, "payload"});
        QCOMPARE(::write(ends.worker.fd(), bytes.data(), 10), ssize_t{10});
        const auto start = std::chrono::steady_clock::now();
        const auto first = ends.program.receive(deadlineIn(50ms));
        QVERIFY(!first);
        QVERIFY(first.error().code == ErrorCode::Timeout);
        QVERIFY(std::chrono::steady_clock::now() - start >= 50ms);
        QCOMPARE(::write(ends.worker.fd(), bytes.data() + 10, bytes.size() - 10),
                 static_cast<ssize_t>(bytes.size() - 10));
        const auto second = ends.program.receive(deadlineIn(1s));
        QVERIFY(second);
        QCOMPARE(second->frame.payload, std::string("payload"));
    }

    void sendGivesUpWhenNobodyReads()
    {
        Ends ends = makeEnds();
        const Frame frame{FrameType::Request, 1, std::string(kMaxFrameBytes, 'x')};
        const auto outcome = ends.program.send(frame, {}, deadlineIn(50ms));
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == ErrorCode::Timeout);
    }

    void closedConnectionIsRecognised()
    {
        Ends ends = makeEnds();
        QVERIFY(!ends.program.isReadable());
        {
            const Channel gone = std::move(ends.worker);
        }
        QVERIFY(ends.program.isReadable());
        const auto received = ends.program.receive(deadlineIn(1s));
        QVERIFY(!received);
        QVERIFY(isGone(received.error()));
        const auto sent = ends.program.send({FrameType::Ping, 1, {}}, {}, deadlineIn(1s)); // no SIGPIPE
        QVERIFY(!sent);
        QVERIFY(isGone(sent.error()));
    }

    void violationIsReported()
    {
        Ends ends = makeEnds();
        const std::string garbage(100, 'g');
        QCOMPARE(::write(ends.worker.fd(), garbage.data(), garbage.size()), ssize_t{100});
        const auto received = ends.program.receive(deadlineIn(1s));
        QVERIFY(!received);
        QVERIFY(received.error().code == ErrorCode::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestChannel)
#include "tst_channel.moc"
