// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/decision_feed.h"
#include "core/base/text.h"
#include "core/library/history.h"
#include "core/library/review.h"
#include "ui/common/error_text.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace ps::cli {

namespace {

std::optional<Crop> parseCropOption(const std::string& text)
{
    const std::vector<std::string> parts = split(text, ',');
    if (parts.size() != 4)
        return std::nullopt;
    double values[4] = {};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto value = parseDouble(trimmed(parts[i]));
        if (!value)
            return std::nullopt;
        values[i] = *value;
    }
    const Crop crop{values[0], values[1], values[2], values[3]};
    return isValid(crop) ? std::optional(crop) : std::nullopt;
}

Json receiptJson(const DecisionReceipt& receipt)
{
    return Json::object({{"group", receipt.groupKey}, {"group_id", receipt.groupId}, {"row", rowToJson(receipt.row)}});
}

/// The intent on the command line, or the exit code of a usage error.
std::optional<int> readIntent(Context& context, DecisionIntent& intent)
{
    const auto action = parseAction(context.argument(2));
    if (!action)
        return context.failUsage(Text::tr("The action is approve, crop or reject."));
    intent.action = *action;
    if (context.has("select")) {
        const auto index = parseInteger(context.value("select"));
        if (!index || *index < 0 || *index > 8)
            return context.failUsage(Text::tr("--select takes the number of an image, counted from 0."));
        intent.selectedIndex = static_cast<int>(*index);
    } else if (*action != Action::Reject) {
        intent.selectedIndex = -1; // a group needs to be told which; a single has only one
    }
    if (context.has("crop")) {
        intent.crop = parseCropOption(context.value("crop"));
        if (!intent.crop || *action != Action::Crop)
            return context.failUsage(Text::tr("--crop takes X1,Y1,X2,Y2 with 0 <= X1 < X2 <= 1 and goes with crop."));
    }
    return std::nullopt;
}

int decideOne(Context& context, ProjectSession& session)
{
    DecisionIntent intent;
    if (const auto code = readIntent(context, intent))
        return *code;
    auto group = findGroupFresh(session, context.argument(1), context.stop());
    if (!group)
        return context.fail(group.error());
    if (intent.selectedIndex < 0 && group->images.size() > 1)
        return context.failUsage(
            Text::tr("Say with --select which of the %1 images is kept.").arg(group->images.size()));
    intent.selectedIndex = std::max(intent.selectedIndex, 0);
    auto request = makeRequest(session, *group, intent);
    if (!request)
        return context.fail(request.error());
    if (context.has("dry-run")) {
        context.print(
            Text::tr("Would store %1 for %2.").arg(fromCore(actionName(intent.action)), fromCore(request->groupKey)));
        return Fine;
    }
    const auto receipt = decide(session, *request);
    if (!receipt)
        return context.fail(receipt.error());
    context.print(QStringLiteral("ack %1").arg(fromCore(receipt->groupId)));
    context.printJson(receiptJson(*receipt));
    return Fine;
}

int decideMany(Context& context, ProjectSession& session)
{
    const std::string path = context.value("from");
    UniqueFd file(path == "-" ? ::fcntl(0, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return context.fail(errnoError("cannot open the decisions", path, errno));
    DecisionFeed feed(context, session);
    const FeedReport report = feed.run(file.get());
    if (report.failure)
        return context.fail(*report.failure);
    context.printJson(report.json());
    context.progress({});
    return report.refused == 0 ? Fine : Findings;
}

} // namespace

int runDecide(Context& context)
{
    const bool isFeed = context.has("from");
    if (context.arguments.size() != (isFeed ? 1 : 3))
        return context.failUsage(
            Text::tr("Usage: proofsheet-cli decide ID GROUP approve|crop|reject, or decide ID --from FILE"));
    const auto session = context.openSession(context.argument(0), accessFor(context));
    if (!session)
        return context.fail(session.error());
    return isFeed ? decideMany(context, **session) : decideOne(context, **session);
}

int runCrop(Context& context)
{
    const auto crop = context.has("crop") ? parseCropOption(context.value("crop")) : std::nullopt;
    if (!crop)
        return context.failUsage(Text::tr("--crop takes X1,Y1,X2,Y2 with 0 <= X1 < X2 <= 1."));
    const auto opened = openGroup(context);
    if (!opened)
        return context.fail(opened.error());
    const auto& [session, group] = *opened;
    if (context.has("dry-run")) {
        context.print(Text::tr("Would crop %1.").arg(fromCore(group.entry.key)));
        return Fine;
    }
    const auto receipt = confirmCrop(*session, group, *crop);
    if (!receipt)
        return context.fail(receipt.error());
    context.print(QStringLiteral("ack %1").arg(fromCore(receipt->groupId)));
    context.printJson(receiptJson(*receipt));
    return Fine;
}

int runSplit(Context& context)
{
    const auto opened = openGroup(context);
    if (!opened)
        return context.fail(opened.error());
    const auto& [session, group] = *opened;
    if (context.has("dry-run")) {
        context.print(Text::tr("Would split %n image(s).", nullptr, static_cast<int>(group.images.size())));
        return Fine;
    }
    const auto keys = splitGroup(*session, group, context.stop());
    if (!keys)
        return context.fail(keys.error());
    Json::Array list;
    for (const std::string& key : *keys) {
        context.print(fromCore(key));
        list.emplace_back(key);
    }
    context.printJson(Json::object({{"groups", Json(std::move(list))}}));
    return Fine;
}

// ---- undo, redo, history -------------------------------------------------------------------------------------------

namespace {

int runStep(Context& context, bool isUndo)
{
    const auto session = context.openSession(context.argument(0), accessFor(context));
    if (!session)
        return context.fail(session.error());
    if (context.has("dry-run")) {
        const auto step = isUndo ? nextUndo(**session) : nextRedo(**session);
        if (!step)
            return context.fail(step.error());
        if (!*step)
            return context.fail(
                {ErrorCode::Refused, isUndo ? "there is nothing to undo" : "there is nothing to redo", {}, 0});
        context.print(QStringLiteral("%1 %2").arg(fromCore((*step)->kind), fromCore((*step)->groupKey)));
        return Fine;
    }
    const auto outcome = isUndo ? undo(**session) : redo(**session);
    if (!outcome)
        return context.fail(outcome.error());
    context.print((isUndo ? Text::tr("Undone: %1 %2") : Text::tr("Made again: %1 %2"))
                      .arg(fromCore(outcome->step.kind), fromCore(outcome->step.groupKey)));
    Json::Array failed;
    for (const FailedGroup& group : outcome->failed) {
        context.fail({ErrorCode::Conflict, group.reason, group.groupKey, 0});
        failed.push_back(Json::object({{"group", group.groupKey}, {"reason", group.reason}}));
    }
    context.printJson(Json::object({{"step", outcome->step.step},
                                    {"kind", outcome->step.kind},
                                    {"group", outcome->step.groupKey},
                                    {"failed", Json(std::move(failed))}}));
    return outcome->failed.empty() ? Fine : Findings;
}

Json entryJson(const LedgerEntry& entry)
{
    const auto row = [](const std::optional<DecisionRow>& r) { return r ? rowToJson(*r) : Json(); };
    return Json::object({{"seq", entry.seq},
                         {"timestamp", entry.timestamp},
                         {"annotator", entry.annotator},
                         {"kind", entry.kind},
                         {"group_id", entry.groupId.empty() ? Json() : Json(entry.groupId)},
                         {"group", entry.groupKey.empty() ? Json() : Json(entry.groupKey)},
                         {"before", row(entry.before)},
                         {"after", row(entry.after)},
                         {"detail", entry.detail},
                         {"hash", entry.hash}});
}

} // namespace

int runUndo(Context& context)
{
    return runStep(context, true);
}

int runRedo(Context& context)
{
    return runStep(context, false);
}

int runHistory(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View);
    if (!session)
        return context.fail(session.error());
    std::optional<LedgerSubject> subject;
    if (context.has("group")) {
        const auto group = (*session)->findGroup(context.value("group"));
        if (!group)
            return context.fail(group.error());
        subject = LedgerSubject{group->entry.groupId, group->entry.key};
    }
    const auto reader = (*session)->openReader();
    if (!reader)
        return context.fail(reader.error());
    const auto hasLedger = hasTable(*reader, "ps_ledger");
    const std::int64_t limit = parseInteger(context.value("limit", "1000")).value_or(1000);
    const auto entries = hasLedger.value_or(false) ? readLedgerEntries(*reader, subject, std::nullopt, limit)
                                                   : Result<std::vector<LedgerEntry>>(std::vector<LedgerEntry>());
    if (!entries)
        return context.fail(entries.error());
    Json::Array list;
    for (const LedgerEntry& entry : *entries) {
        const std::string action = entry.after ? entry.after->text("user_action").value_or("") : std::string();
        context.print(QStringLiteral("%1\t%2\t%3\t%4\t%5\t%6")
                          .arg(entry.seq)
                          .arg(fromCore(entry.timestamp), fromCore(entry.annotator), fromCore(entry.kind),
                               fromCore(entry.groupId), fromCore(action)));
        list.push_back(entryJson(entry));
    }
    context.printJson(Json::object({{"entries", Json(std::move(list))}}));
    return Fine;
}

} // namespace ps::cli
