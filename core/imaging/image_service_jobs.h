// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"

#include <future>
#include <optional>

namespace ps {

// What the services over worker processes share.

template <typename Operation>
WorkerRequest makeRequest(const OpenImage& image, Operation operation, std::string body,
                          std::chrono::milliseconds timeLimit)
{
    WorkerRequest request;
    request.itemKey = image.itemKey();
    request.operation = static_cast<std::uint16_t>(operation);
    request.body = std::move(body);
    request.descriptors = {image.file->get()};
    request.timeLimit = timeLimit;
    return request;
}

/// Calls an asynchronous function and waits for its answer.
template <typename T, typename Request>
Result<T> waitFor(Request&& request)
{
    std::promise<Result<T>> promise;
    auto answer = promise.get_future();
    request([&promise](Result<T> outcome) { promise.set_value(std::move(outcome)); });
    return answer.get();
}

/// The same outcome; an error says which file it is about.
template <typename T>
Result<T> named(Result<T> outcome, const std::string& name)
{
    if (outcome || name.empty())
        return outcome;
    return outcome.error().in(name);
}

/// Gives a pool a job that has an answer; `done` gets it, or the reason why there is none.
template <typename T>
JobId submitJob(WorkerPool& pool, Priority priority, std::function<Result<T>(WorkerClient&)> work,
                std::function<void(Result<T>)> done)
{
    auto answer = std::make_shared<std::optional<Result<T>>>();
    WorkerJob job;
    job.priority = priority;
    job.run = [answer, work = std::move(work)](WorkerClient& client) -> Result<void> {
        *answer = work(client);
        return {};
    };
    job.done = [answer, done = std::move(done)](Result<void> outcome) {
        if (*answer)
            done(std::move(**answer));
        else
            done(outcome ? Error{ErrorCode::Internal, "the job has no answer", {}, 0} : outcome.error());
    };
    return pool.submit(std::move(job));
}

template <typename T>
JobId ImageService::submit(Priority priority, std::function<Result<T>(WorkerClient&)> work, Callback<T> done)
{
    return submitJob<T>(*m_pool, priority, std::move(work), std::move(done));
}

} // namespace ps
