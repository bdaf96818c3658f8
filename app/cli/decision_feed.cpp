// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/decision_feed.h"

#include "core/base/text.h"
#include "ui/common/error_text.h"

#include <cerrno>
#include <unistd.h>

namespace ps::cli {

namespace {

constexpr std::size_t kMaxLineBytes = 1024 * 1024;
constexpr std::int64_t kMaxWaitingLines = 4096;

/// Lines of a descriptor with a bound on their length.
class LineReader
{
public:
    explicit LineReader(int fd) : m_fd(fd) {}

    /// The next line without its end, or nothing at the end of the file. Errors: TooLarge, Io.
    Result<std::optional<std::string>> next()
    {
        for (;;) {
            if (const std::size_t end = m_buffer.find('\n', m_searched); end != std::string::npos) {
                std::string line = m_buffer.substr(0, end);
                m_buffer.erase(0, end + 1);
                m_searched = 0;
                return std::optional(std::move(line));
            }
            m_searched = m_buffer.size();
            if (m_buffer.size() > kMaxLineBytes)
                return Error{
                    ErrorCode::TooLarge, "the line exceeds " + std::to_string(kMaxLineBytes) + " bytes", {}, 0};
            char chunk[65536];
            const ssize_t count = ::read(m_fd, chunk, sizeof chunk);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return errnoError("cannot read the decisions", {}, errno);
            if (count > 0) {
                m_buffer.append(chunk, static_cast<std::size_t>(count));
                continue;
            }
            if (m_buffer.empty())
                return std::optional<std::string>();
            return std::optional(std::exchange(m_buffer, {})); // a last line without an end
        }
    }

private:
    int m_fd;
    std::string m_buffer;
    std::size_t m_searched = 0;
};

Error lineError(std::string message)
{
    return {ErrorCode::InvalidInput, std::move(message), {}, 0};
}

/// The intent in one line. -1 as the index means that the line names none.
Result<DecisionIntent> parseIntent(const Json& line)
{
    DecisionIntent intent;
    const auto action = parseAction(line["action"].toString());
    if (!action)
        return lineError("\"action\" is not approve, crop or reject");
    intent.action = *action;
    intent.selectedIndex = -1;
    if (line.contains("select")) {
        const Json& select = line["select"];
        if (!select.isInteger() || select.toInteger() < 0 || select.toInteger() > 8)
            return lineError("\"select\" is not the number of an image");
        intent.selectedIndex = static_cast<int>(select.toInteger());
    }
    if (line.contains("crop") && !line["crop"].isNull()) {
        intent.crop = cropFromJson(line["crop"]);
        if (!intent.crop)
            return lineError("\"crop\" is not [x1, y1, x2, y2] with 0 <= x1 < x2 <= 1");
        if (*action != Action::Crop)
            return lineError("\"crop\" goes with the action crop only");
    }
    return intent;
}

} // namespace

Json FeedReport::json() const
{
    return Json::object({{"stored", stored}, {"refused", refused}, {"results", Json(results)}});
}

Context::Access accessFor(const Context& context)
{
    return context.has("dry-run") ? Context::Access::View : Context::Access::Work;
}

Result<GroupDetail> findGroupFresh(ProjectSession& session, const std::string& keyOrId, std::stop_token stop)
{
    auto group = session.findGroup(keyOrId);
    if (group || group.error().code != ErrorCode::NotFound)
        return group;
    PS_TRY_VOID(session.refresh(stop, {}));
    return session.findGroup(keyOrId);
}

Result<OpenGroup> openGroup(Context& context)
{
    OpenGroup opened;
    PS_TRY(opened.session, context.openSession(context.argument(0), accessFor(context)));
    PS_TRY(opened.group, findGroupFresh(*opened.session, context.argument(1), context.stop()));
    return opened;
}

FeedReport DecisionFeed::run(int fd)
{
    LineReader lines(fd);
    std::optional<Error> failure;
    for (std::int64_t number = 1; !m_context.stop().stop_requested(); ++number) {
        auto line = lines.next();
        if (!line) {
            failure = line.error().in("line " + std::to_string(number));
            break;
        }
        if (!*line)
            break;
        if (!trimmed(**line).empty())
            takeLine(**line, number);
    }
    std::unique_lock lock(m_mutex);
    m_answered.wait(lock, [this] { return m_waitingLines == 0; });
    m_report.failure = std::move(failure);
    return std::move(m_report);
}

void DecisionFeed::takeLine(std::string_view text, std::int64_t line)
{
    {
        std::unique_lock lock(m_mutex);
        m_answered.wait(lock, [this] { return m_waitingLines < kMaxWaitingLines; });
        ++m_waitingLines;
    }
    auto request = requestFor(text);
    if (!request) {
        answer(line, request.error());
        return;
    }
    const std::string groupKey = request->groupKey;
    const auto group = m_session.findGroup(groupKey);
    if (group && group->entry.isFinalized)
        answer(line, decide(m_session, *request)); // its files come back first
    else
        submitDecision(m_session, *std::move(request),
                       [this, line](const Result<DecisionReceipt>& outcome) { answer(line, outcome); });
}

Result<DecisionRequest> DecisionFeed::requestFor(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json)
        return lineError("not JSON: " + json.error().message);
    if (!json->isObject() || !(*json)["group"].isString())
        return lineError("\"group\" is missing");
    PS_TRY(DecisionIntent intent, parseIntent(*json));
    PS_TRY(GroupDetail group, findGroupFresh(m_session, (*json)["group"].toString(), m_context.stop()));
    if (intent.selectedIndex < 0 && group.images.size() > 1 && intent.action != Action::Reject)
        return lineError("\"select\" is missing");
    intent.selectedIndex = std::max(intent.selectedIndex, 0);
    PS_TRY(DecisionRequest request, makeRequest(m_session, group, intent));
    if (!m_groupsSeen.insert(request.groupKey).second) {
        // Decided by an earlier line that may not be in the catalogue yet; the writer knows the row.
        request.groupId.reset();
        request.expectedFingerprint.reset();
    }
    return request;
}

void DecisionFeed::answer(std::int64_t line, const Result<DecisionReceipt>& outcome)
{
    const std::string number = std::to_string(line);
    const std::string reason = outcome ? std::string() : outcome.error().describe();
    const std::lock_guard lock(m_mutex);
    if (m_context.wantsJson) {
        m_report.results.push_back(outcome ? Json::object({{"line", line}, {"group_id", outcome->groupId}})
                                           : Json::object({{"line", line}, {"error", reason}}));
    } else {
        m_context.printRaw(outcome ? "ack " + outcome->groupId + " " + number
                                   : "nak " + number + " " + displayText(reason));
    }
    ++(outcome ? m_report.stored : m_report.refused);
    --m_waitingLines;
    m_answered.notify_all();
}

} // namespace ps::cli
