// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/http_client.h"

#include "core/base/text.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QThread>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <future>
#include <mutex>

namespace ps {

namespace {

constexpr int kPollMs = 50; ///< how often a running request looks whether it is to stop
constexpr int kDefaultHttpPort = 80;
constexpr int kDefaultHttpsPort = 443;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// The target of a request, checked.
struct Target {
    QUrl url;
    std::string host; ///< lower case, in ASCII
    int port = 0;
    std::string place; ///< "host:port", which is what is allowed and what messages name
};

Result<Target> parseTarget(const std::string& text)
{
    const QUrl url(QString::fromUtf8(bytesOf(text)), QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return Error{ErrorCode::InvalidInput, "the address of the service is not a plain URL with a host", {}, 0};
    if (scheme != QLatin1String("https") && scheme != QLatin1String("http"))
        return Error{ErrorCode::Refused, "only https is spoken", scheme.toStdString(), 0};
    Target target;
    target.url = url;
    target.host = toLowerAscii(url.host(QUrl::FullyEncoded).toStdString());
    target.port = url.port(scheme == QLatin1String("https") ? kDefaultHttpsPort : kDefaultHttpPort);
    target.place = target.host + ":" + std::to_string(target.port);
    return target;
}

Error failure(ErrorCode code, std::string message, const Target& target)
{
    return {code, std::move(message), displayText(target.place), 0};
}

/// The address to connect to. Errors: Refused.
Result<NetworkAddress> choose(const HttpClient::Options& options, const Target& target)
{
    const bool isAllowed = std::ranges::find(options.allowedHosts, target.place) != options.allowedHosts.end();
    if (target.url.scheme() == QLatin1String("http") && !isAllowed)
        return failure(ErrorCode::Refused, "plain http is spoken only with hosts that are allowed by name", target);
    PS_TRY(const auto addresses, options.resolve ? options.resolve(target.host) : resolveHost(target.host));
    if (addresses.empty())
        return failure(ErrorCode::NotFound, "the host has no address", target);
    const bool allArePublic = std::ranges::all_of(addresses, isPublicAddress);
    if (!isAllowed && !allArePublic)
        return failure(ErrorCode::Refused, "the host has an address in a private or reserved network", target);
    return addresses.front();
}

QNetworkRequest makeRequest(const HttpRequest& request, const Target& target, const NetworkAddress& address)
{
    QUrl url = target.url;
    url.setHost(QString::fromStdString(addressText(address)));
    QNetworkRequest made(url);
    const QString host = QString::fromStdString(target.host);
    made.setPeerVerifyName(host); // certificate and SNI are those of the name, whatever the connection goes to
    made.setRawHeader("Host", target.url.port() < 0 ? bytesOf(target.host) : bytesOf(target.place));
    made.setRawHeader("Accept-Encoding", "identity");
    made.setRawHeader("User-Agent", "proofsheet");
    made.setHeader(QNetworkRequest::ContentTypeHeader, bytesOf(request.contentType));
    for (const auto& [name, value] : request.headers)
        made.setRawHeader(bytesOf(name), bytesOf(value));
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    made.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return made;
}

/// One request on the thread of the client, from its start to its end.
class Exchange
{
public:
    Exchange(const HttpClient::Options& options, const Target& target, QNetworkReply* reply, std::stop_token stop)
        : m_options(options), m_target(target), m_reply(reply), m_stop(std::move(stop))
    {
        // One byte more than is allowed, so that too much is noticed and never gathered.
        m_reply->setReadBufferSize(static_cast<qint64>(options.maxResponseBytes) + 1);
    }

    Result<HttpResponse> wait()
    {
        QEventLoop loop;
        QTimer limit;
        QTimer poll;
        limit.setSingleShot(true);
        QObject::connect(m_reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QObject::connect(m_reply.get(), &QNetworkReply::readyRead, &loop, [&] { take(loop); });
        QObject::connect(&limit, &QTimer::timeout, &loop, [&] {
            end(loop, failure(ErrorCode::Timeout,
                              "no answer within " + std::to_string(m_options.timeLimit.count()) + " ms", m_target));
        });
        QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
            if (m_stop.stop_requested())
                end(loop, failure(ErrorCode::Cancelled, "the request was stopped", m_target));
        });
        limit.start(m_options.timeLimit);
        poll.start(kPollMs);
        if (!m_reply->isFinished())
            loop.exec();
        take(loop);
        return outcome();
    }

private:
    void take(QEventLoop& loop)
    {
        if (m_error)
            return;
        const QByteArray piece = m_reply->readAll();
        if (m_body.size() + static_cast<std::size_t>(piece.size()) > m_options.maxResponseBytes) {
            end(loop,
                failure(ErrorCode::TooLarge,
                        "the answer has more than " + std::to_string(m_options.maxResponseBytes) + " bytes", m_target));
            return;
        }
        m_body.append(piece.constData(), static_cast<std::size_t>(piece.size()));
    }

    void end(QEventLoop& loop, Error error)
    {
        m_error = std::move(error);
        m_reply->abort();
        loop.quit();
    }

    Result<HttpResponse> outcome()
    {
        if (m_error)
            return *m_error;
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 300 && status < 400)
            return failure(ErrorCode::Refused, "the service redirects elsewhere, which is not followed", m_target);
        if (status == 0) // the text is Qt's and about the connection; it holds nothing of the request
            return failure(ErrorCode::Io, m_reply->errorString().toStdString(), m_target);
        if (status < 200 || status >= 300)
            return failure(ErrorCode::Io, "the service answered with status " + std::to_string(status), m_target);
        if (m_reply->error() != QNetworkReply::NoError)
            return failure(ErrorCode::Io, "the answer broke off", m_target);
        const QByteArray encoding = m_reply->rawHeader("Content-Encoding");
        if (!encoding.isEmpty() && encoding.toLower() != "identity")
            return failure(ErrorCode::Refused, "the answer is compressed, which was not asked for", m_target);
        return HttpResponse{status, m_reply->header(QNetworkRequest::ContentTypeHeader).toString().toStdString(),
                            std::move(m_body)};
    }

    struct DeleteLater {
        void operator()(QNetworkReply* reply) const { reply->deleteLater(); }
    };

    const HttpClient::Options& m_options;
    const Target& m_target;
    std::unique_ptr<QNetworkReply, DeleteLater> m_reply;
    std::stop_token m_stop;
    std::string m_body;
    std::optional<Error> m_error;
};

} // namespace

/// The thread of a client, and what lives on it.
class HttpClient::Runner
{
public:
    explicit Runner(Options options) : m_options(std::move(options)), m_manager(new QNetworkAccessManager)
    {
        m_thread.setObjectName(QStringLiteral("http"));
        m_manager->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_manager, &QObject::deleteLater);
        m_thread.start();
    }
    ~Runner()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    Result<HttpResponse> send(const HttpRequest& request, const std::stop_token& stop)
    {
        const std::scoped_lock lock(m_mutex);
        std::promise<Result<HttpResponse>> promise;
        auto answer = promise.get_future();
        QMetaObject::invokeMethod(m_manager, [&] { promise.set_value(exchange(request, stop)); });
        return answer.get();
    }

private:
    Result<HttpResponse> exchange(const HttpRequest& request, const std::stop_token& stop)
    {
        PS_TRY(const Target target, parseTarget(request.url));
        PS_TRY(const NetworkAddress address, choose(m_options, target));
        m_manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        QNetworkReply* reply = m_manager->post(makeRequest(request, target, address), bytesOf(request.body));
        return Exchange(m_options, target, reply, stop).wait();
    }

    Options m_options;
    std::mutex m_mutex; ///< one request at a time
    QThread m_thread;
    QNetworkAccessManager* m_manager; ///< lives on the thread, and ends with it
};

HttpClient::HttpClient(Options options) : m_runner(std::make_unique<Runner>(std::move(options))) {}

HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::send(const HttpRequest& request, std::stop_token stop)
{
    return m_runner->send(request, stop);
}

} // namespace ps
