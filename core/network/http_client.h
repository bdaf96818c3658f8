// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/network/address_rules.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace ps {

struct HttpRequest {
    std::string url; ///< https; http only for hosts that are allowed by name
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers; ///< more of them; values are never shown in messages
    std::string body;                                         ///< sent with POST
};

struct HttpResponse {
    int status = 0; ///< 200 to 299
    std::string contentType;
    std::string body;
};

/// A small client for services that a person has configured: HTTPS with certificates checked, no redirects, no proxy, no cookies,
/// no cache, no compression. Every address that the host name resolves to must be of the public internet, and the connection
/// goes to one that was checked; other hosts must be allowed by name and port. Has a thread of its own.
class HttpClient
{
public:
    struct Options {
        std::chrono::milliseconds timeLimit{20'000}; ///< of a whole request
        std::size_t maxResponseBytes = 1 << 20;
        /// "host:port" that may be reached though its address is not public, or its scheme is http.
        std::vector<std::string> allowedHosts;
        /// For tests: stands in for the name service. Empty: resolveHost().
        std::function<Result<std::vector<NetworkAddress>>(const std::string& host)> resolve;
    };

    explicit HttpClient(Options options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Sends and waits. Any thread but the client's own; never the UI thread. One request at a time, others wait.
    /// Errors: InvalidInput (the URL); Refused (scheme, address, redirect, compression); NotFound (no such host); Timeout;
    /// TooLarge; Cancelled; Io (connection, certificate, any other status). Messages hold neither headers nor bodies.
    Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop = {});

private:
    class Runner;
    std::unique_ptr<Runner> m_runner;
};

} // namespace ps
