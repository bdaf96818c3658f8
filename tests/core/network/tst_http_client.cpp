// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/http_client.h"
#include "tests/support/checks.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <atomic>
#include <future>
#include <memory>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;
using namespace std::chrono_literals;

namespace {

/// A server on this machine that answers every request with the same bytes and remembers what it got. Its thread is its own.
class Server
{
public:
    /// "" as the answer: never answers. `isEndless`: repeats the last kilobyte for ever.
    explicit Server(std::string answer, bool isEndless = false)
    {
        std::promise<int> port;
        m_thread.reset(QThread::create([this, answer = QByteArray::fromStdString(answer), isEndless, &port] {
            QTcpServer server;
            server.listen(QHostAddress::LocalHost);
            QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
                ++m_connections;
                QTcpSocket* socket = server.nextPendingConnection();
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, answer, isEndless] {
                    m_request += socket->readAll().toStdString();
                    const bool isTls = m_request.starts_with('\x16'); // a greeting that is never answered in kind
                    if ((!m_request.ends_with("}") && !isTls) || answer.isEmpty())
                        return;
                    socket->write(answer);
                    if (isEndless)
                        QObject::connect(socket, &QTcpSocket::bytesWritten, socket,
                                         [socket] { socket->write(QByteArray(4096, 'x')); });
                    else
                        socket->disconnectFromHost();
                });
            });
            port.set_value(server.serverPort());
            QEventLoop loop;
            QObject::connect(&m_end, &QObject::destroyed, &loop, &QEventLoop::quit);
            loop.exec();
        }));
        auto started = port.get_future();
        m_thread->start();
        m_port = started.get();
    }
    ~Server()
    {
        m_thread->requestInterruption();
        m_thread->quit();
        m_thread->wait();
    }

    std::string place() const { return "127.0.0.1:" + std::to_string(m_port); }
    std::string url() const { return "http://" + place() + "/v1/pick"; }
    int connections() const { return m_connections; }
    const std::string& request() const { return m_request; }

private:
    QObject m_end;
    std::unique_ptr<QThread> m_thread;
    std::string m_request;
    std::atomic<int> m_connections = 0;
    int m_port = 0;
};

std::string answerOf(const std::string& head, const std::string& body)
{
    return "HTTP/1.1 " + head + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

HttpClient::Options allowing(const Server& server)
{
    HttpClient::Options options;
    options.allowedHosts = {server.place()};
    return options;
}

Result<HttpResponse> post(HttpClient& client, const std::string& url, std::stop_token stop = {})
{
    return client.send({url, "application/json", {{"Authorization", "Bearer canary-secret"}}, "{\"a\": 1}"}, stop);
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerComesBack()
    {
        const Server server(answerOf("200 OK", "{\"index\": 1}"));
        HttpClient client(allowing(server));
        const auto response = must(post(client, server.url()));
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, "{\"index\": 1}"s);
        QCOMPARE(response.contentType, "application/json"s);
        QVERIFY(server.request().starts_with("POST /v1/pick HTTP/1.1\r\n"));
        QVERIFY(server.request().find("Authorization: Bearer canary-secret") != std::string::npos);
        QVERIFY(server.request().find("Host: " + server.place()) != std::string::npos);
        QVERIFY(server.request().ends_with("{\"a\": 1}"));
    }

    void addressesThatAreNotPublicAreNotConnectedTo()
    {
        const Server server(answerOf("200 OK", "{}"));
        const std::string port = server.place().substr(server.place().find(':'));
        HttpClient stranger({});
        PS_CHECK_ERROR(ErrorCode::Refused, post(stranger, server.url())); // plain http
        for (const char* host :
             {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"}) {
            const auto response = post(stranger, "https://" + (host + port) + "/");
            QVERIFY2(!response &&
                         (response.error().code == ErrorCode::Refused || response.error().code == ErrorCode::NotFound ||
                          response.error().code == ErrorCode::InvalidInput),
                     host);
        }
        QCOMPARE(server.connections(), 0);
        HttpClient client(allowing(server)); // the control: allowed by name and port
        PS_CHECK_OK(post(client, server.url()));
        QCOMPARE(server.connections(), 1);
    }

    void aNameThatLeadsToAPrivateAddressIsRefused()
    {
        const Server server(answerOf("200 OK", "{}"));
        const NetworkAddress loopback = must(resolveHost("127.0.0.1")).front();
        const NetworkAddress open = must(resolveHost("1.1.1.1")).front();
        HttpClient::Options options;
        // One good address does not make up for a bad one: the name service of a stranger answers as it likes.
        options.resolve = [&](const std::string&) { return std::vector{open, loopback}; };
        HttpClient client(options);
        const std::string port = server.place().substr(server.place().find(':'));
        PS_CHECK_ERROR(ErrorCode::Refused, post(client, "https://provider.example" + port + "/"));
        QCOMPARE(server.connections(), 0);
    }

    void theCheckedAddressIsTheOneConnectedTo()
    {
        const Server server(answerOf("200 OK", "{}"));
        const std::string port = server.place().substr(server.place().find(':'));
        HttpClient::Options options;
        options.allowedHosts = {"provider.example" + port};
        int asked = 0;
        options.resolve = [&](const std::string& host) -> Result<std::vector<NetworkAddress>> {
            ++asked;
            return resolveHost(host == "provider.example" ? "127.0.0.1" : "192.0.2.1");
        };
        HttpClient client(options);
        PS_CHECK_OK(post(client, "http://provider.example" + port + "/x"));
        QCOMPARE(asked, 1);
        QVERIFY(server.request().find("Host: provider.example" + port) != std::string::npos);
    }

    void otherSchemesAndOddAddressesAreRefused()
    {
        HttpClient client({});
        for (const char* url :
             {"file:///etc/hostname", "data:text/plain,x", "ftp://example.org/", "qrc:/x", "smb://x/y",
              "https://user:secret@example.org/", "https://", "", "example.org", "//example.org/"}) {
            const auto response = post(client, url);
            QVERIFY2(!response && (response.error().code == ErrorCode::Refused ||
                                   response.error().code == ErrorCode::InvalidInput),
                     url);
            QVERIFY(response.error().describe().find("secret") == std::string::npos);
        }
    }

    void redirectsAreNotFollowed()
    {
        const Server canary(answerOf("200 OK", "{}"));
        const Server server("HTTP/1.1 302 Found\r\nLocation: " + canary.url() + "\r\nContent-Length: 0\r\n\r\n");
        HttpClient::Options options = allowing(server);
        options.allowedHosts.push_back(canary.place()); // not even to a host that is allowed
        HttpClient client(options);
        PS_CHECK_ERROR(ErrorCode::Refused, post(client, server.url()));
        QCOMPARE(canary.connections(), 0);
    }

    void tooMuchIsCutOff()
    {
        const Server honest(answerOf("200 OK", std::string(3000, 'x')));
        HttpClient::Options options = allowing(honest);
        options.maxResponseBytes = 3000;
        HttpClient enough(options);
        PS_CHECK_OK(post(enough, honest.url()));
        options.maxResponseBytes = 2999;
        HttpClient small(options);
        PS_CHECK_ERROR(ErrorCode::TooLarge, post(small, honest.url()));
        const Server endless("HTTP/1.1 200 OK\r\n\r\n", true);
        HttpClient patient(allowing(endless));
        PS_CHECK_ERROR(ErrorCode::TooLarge, post(patient, endless.url()));
    }

    void whoDoesNotAnswerIsLeft()
    {
        const Server silent("");
        HttpClient::Options options = allowing(silent);
        options.timeLimit = 100ms;
        HttpClient client(options);
        PS_CHECK_ERROR(ErrorCode::Timeout, post(client, silent.url()));
        options.timeLimit = 1h;
        HttpClient patient(options);
        std::stop_source stop;
        stop.request_stop();
        PS_CHECK_ERROR(ErrorCode::Cancelled, post(patient, silent.url(), stop.get_token()));
    }

    void otherAnswersAreErrorsWithoutTheirText()
    {
        const auto refusal = [](const std::string& answer) {
            const Server server(answer);
            HttpClient client(allowing(server));
            const auto response = post(client, server.url());
            return response ? "read"s : std::string(errorCodeName(response.error().code)) + response.error().describe();
        };
        for (const char* status : {"401 Unauthorized", "404 Not Found", "429 Too Many", "500 Oh", "503 Busy"}) {
            const std::string text = refusal(answerOf(status, "{\"echo\": \"body-canary\"}"));
            QVERIFY2(text.starts_with("Io"), text.c_str());
            QVERIFY(text.find("canary") == std::string::npos);
        }
        QVERIFY(refusal("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort").starts_with("Io"));
        QVERIFY(refusal("not http at all\r\n\r\n").starts_with("Io"));
        QVERIFY(
            refusal("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx").starts_with("Refused"));
        QCOMPARE(refusal(answerOf("200 OK", "{}")), "read"s); // the control
    }

    void aServerWithoutTlsIsNoHttps()
    {
        const Server server(answerOf("200 OK", "{}"));
        HttpClient client(allowing(server));
        PS_CHECK_ERROR(ErrorCode::Io, post(client, "https://" + server.place() + "/"));
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_http_client.moc"
