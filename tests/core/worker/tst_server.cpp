// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/server.h"

#include <QTest>

#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>

using namespace ps;
using namespace std::chrono_literals;

namespace {

class FunctionHandler final : public RequestHandler
{
public:
    using Function = std::function<Result<std::string>(const IncomingRequest&, RequestContext&)>;
    FunctionHandler(std::uint16_t operation, Function function)
        : m_operation(operation), m_function(std::move(function))
    {
    }
    bool handles(std::uint16_t operation) const override { return operation == m_operation; }
    Result<std::string> handle(const IncomingRequest& request, RequestContext& context) override
    {
        return m_function(request, context);
    }

private:
    std::uint16_t m_operation;
    Function m_function;
};

/// A server on a thread of the test, and the program's end of its channel.
class Session
{
public:
    explicit Session(FunctionHandler::Function function) : m_handler(5, std::move(function))
    {
        SocketPair pair = *makeSocketPair();
        m_channel.emplace(std::move(pair.ours), Descriptors::Refuse);
        m_server = std::jthread([this, fd = pair.theirs.release()] {
            Channel channel{UniqueFd(fd), Descriptors::Accept};
            HelloMessage hello;
            hello.capabilities = {"test"};
            RequestHandler* const handlers[] = {&m_handler};
            m_exit = runServer(channel, hello, handlers);
        });
    }

    Result<ReceivedFrame> receive() { return m_channel->receive(deadlineIn(5s)); }
    void send(const Frame& frame, std::span<const int> descriptors = {})
    {
        QVERIFY(m_channel->send(frame, descriptors, deadlineIn(5s)));
    }
    void greet()
    {
        HelloMessage hello;
        hello.buildId = buildId();
        send({FrameType::Hello, 0, encodeHello(hello)});
        const auto answer = receive();
        QVERIFY(answer);
        QVERIFY(answer->frame.type == FrameType::Hello);
        QVERIFY(decodeHello(answer->frame.payload)->capabilities == std::vector<std::string>{"test"});
    }
    ReceivedFrame ask(std::uint64_t id, std::string body, std::uint16_t operation = 5)
    {
        send({FrameType::Request, id, encodeRequest({operation, 0, std::move(body)})});
        return *receive();
    }
    WorkerExit end()
    {
        m_channel.reset();
        return waitForExit();
    }
    WorkerExit waitForExit()
    {
        m_server.join();
        return m_exit;
    }

private:
    FunctionHandler m_handler;
    std::optional<Channel> m_channel;
    WorkerExit m_exit = WorkerExit::Defect;
    std::jthread m_server;
};

Result<std::string> echo(const IncomingRequest& request, RequestContext&)
{
    return request.body;
}

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersRequestsUntilTheConnectionCloses()
    {
        Session session(echo);
        session.greet();
        for (std::uint64_t id = 1; id <= 3; ++id) {
            const ReceivedFrame answer = session.ask(id, "body " + std::to_string(id));
            QVERIFY(answer.frame.type == FrameType::Result);
            QCOMPARE(answer.frame.requestId, id);
            QCOMPARE(answer.frame.payload, "body " + std::to_string(id));
        }
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void goodbyeEndsIt()
    {
        Session session(echo);
        session.greet();
        session.send({FrameType::Bye, 0, {}});
        QVERIFY(session.waitForExit() == WorkerExit::Done);
    }

    void pingIsAnsweredAndLateCancelIgnored()
    {
        Session session(echo);
        session.greet();
        session.send({FrameType::Cancel, 17, {}});
        session.send({FrameType::Ping, 18, {}});
        const auto answer = session.receive();
        QVERIFY(answer);
        QVERIFY(answer->frame.type == FrameType::Pong);
        QCOMPARE(answer->frame.requestId, std::uint64_t{18});
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void helloOfAnotherBuildEndsIt()
    {
        Session session(echo);
        HelloMessage hello;
        hello.buildId = "other";
        session.send({FrameType::Hello, 0, encodeHello(hello)});
        QVERIFY(session.waitForExit() == WorkerExit::VersionMismatch);
    }

    void requestBeforeHelloEndsIt()
    {
        Session session(echo);
        session.send({FrameType::Request, 1, encodeRequest({5, 0, {}})});
        QVERIFY(session.waitForExit() == WorkerExit::ProtocolError);
    }

    void exceptionsBecomeFailures_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("error") << "error" << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("out of memory") << "bad_alloc" << static_cast<int>(ErrorCode::TooLarge);
        QTest::newRow("exception") << "exception" << static_cast<int>(ErrorCode::Internal);
        QTest::newRow("oversized answer") << "oversized" << static_cast<int>(ErrorCode::Internal);
    }
    void exceptionsBecomeFailures()
    {
        QFETCH(QString, body);
        QFETCH(int, code);
        Session session([](const IncomingRequest& request, RequestContext&) -> Result<std::string> {
            if (request.body == "error")
                return Error{ErrorCode::Corrupt, "broken", {}, 0};
            if (request.body == "bad_alloc")
                throw std::bad_alloc();
            if (request.body == "exception")
                throw std::runtime_error("what it says");
            return std::string(kMaxFrameBytes + 1, 'x');
        });
        session.greet();
        const ReceivedFrame answer = session.ask(1, body.toStdString());
        QVERIFY(answer.frame.type == FrameType::Failed);
        QCOMPARE(static_cast<int>(decodeFailed(answer.frame.payload).code), code);
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void unknownOperationIsUnsupported()
    {
        Session session(echo);
        session.greet();
        QVERIFY(decodeFailed(session.ask(1, {}, 6).frame.payload).code == ErrorCode::Unsupported);
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void missingDescriptorsAreInvalidInput()
    {
        Session session(echo);
        session.greet();
        session.send({FrameType::Request, 1, encodeRequest({5, 2, {}})});
        QVERIFY(decodeFailed(session.receive()->frame.payload).code == ErrorCode::InvalidInput);
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void handlerSeesItsCancellation()
    {
        Session session([](const IncomingRequest&, RequestContext& context) -> Result<std::string> {
            context.reportProgress(0.5, "half");
            while (!context.isCancelled())
                std::this_thread::sleep_for(1ms);
            return Error{ErrorCode::Cancelled, "stopped", {}, 0};
        });
        session.greet();
        session.send({FrameType::Request, 9, encodeRequest({5, 0, {}})});
        const auto progress = session.receive();
        QVERIFY(progress->frame.type == FrameType::Progress);
        QCOMPARE(decodeProgress(progress->frame.payload)->text, std::string("half"));
        session.send({FrameType::Cancel, 8, {}}); // of an earlier request: ignored
        session.send({FrameType::Ping, 1, {}});
        QVERIFY(session.receive()->frame.type == FrameType::Pong);
        session.send({FrameType::Cancel, 9, {}});
        QVERIFY(decodeFailed(session.receive()->frame.payload).code == ErrorCode::Cancelled);
        QVERIFY(session.end() == WorkerExit::Done);
    }

    void garbageEndsIt()
    {
        Session session(echo);
        session.greet();
        session.send({FrameType::Result, 1, "a program does not send results"});
        QVERIFY(session.waitForExit() == WorkerExit::ProtocolError);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
