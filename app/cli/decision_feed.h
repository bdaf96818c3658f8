// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

#include "core/library/review.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

namespace ps::cli {

/// What became of a feed.
struct FeedReport {
    std::int64_t stored = 0;
    std::int64_t refused = 0;
    Json::Array results;          ///< one object a line, for --json
    std::optional<Error> failure; ///< why reading stopped early

    Json json() const;
};

/// Decisions from JSON Lines: {"group", "action", "select"?, "crop"?}. Each line is one undo step. Prints
/// "ack <group_id> <line>" after the durable commit of a line, or "nak <line> <reason>"; the rest goes on.
class DecisionFeed
{
public:
    DecisionFeed(Context& context, ProjectSession& session) : m_context(context), m_session(session) {}

    /// Reads to the end, and waits until every line was answered.
    FeedReport run(int fd);

private:
    void takeLine(std::string_view text, std::int64_t line);
    Result<DecisionRequest> requestFor(std::string_view text);
    void answer(std::int64_t line, const Result<DecisionReceipt>& outcome);

    Context& m_context;
    ProjectSession& m_session;
    std::set<std::string> m_groupsSeen; ///< decided by an earlier line: what the catalogue says of them is old

    std::mutex m_mutex;
    std::condition_variable m_answered;
    FeedReport m_report;             // guarded by m_mutex
    std::int64_t m_waitingLines = 0; // guarded by m_mutex
};

/// Work, or with --dry-run only viewing.
Context::Access accessFor(const Context& context);

/// A group by key or id; when it is not known the catalogue is refreshed once.
Result<GroupDetail> findGroupFresh(ProjectSession& session, const std::string& keyOrId, std::stop_token stop);

/// A project and one of its groups.
struct OpenGroup {
    std::unique_ptr<ProjectSession> session;
    GroupDetail group;
};
/// Those that the first two arguments name; viewed only when nothing is to be stored. Blocks.
Result<OpenGroup> openGroup(Context& context);

} // namespace ps::cli
