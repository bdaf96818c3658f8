// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said about a group beside a decision: outcomes, flags and notes.
#include "app/cli/command.h"
#include "app/cli/decision_feed.h"
#include "core/base/text.h"
#include "core/library/group_marks.h"
#include "core/library/review.h"
#include "ui/common/error_text.h"

namespace ps::cli {

namespace {

/// "0,2" as numbers; nothing when it is none.
std::optional<std::vector<int>> parseMembers(const std::string& text)
{
    std::vector<int> members;
    for (const std::string& part : split(text, ',')) {
        const auto index = parseInteger(trimmed(part));
        if (!index || *index < 0 || *index > 3)
            return std::nullopt;
        members.push_back(static_cast<int>(*index));
    }
    return members;
}

/// Opens the project, finds the group and stores what `intent` says, or says what would be stored.
int mark(Context& context, const MarkIntent& intent, const QString& what)
{
    const auto opened = openGroup(context);
    if (!opened)
        return context.fail(opened.error());
    const auto& [session, group] = *opened;
    if (context.has("dry-run")) {
        context.print(Text::tr("Would store %1 for %2.").arg(what, fromCore(group.entry.key)));
        return Fine;
    }
    const auto receipt = recordMark(*session, group, intent);
    if (!receipt)
        return context.fail(receipt.error());
    context.print(QStringLiteral("ack %1").arg(fromCore(receipt->groupKey)));
    context.printJson(Json::object({{"group", receipt->groupKey}, {"marks", marksJson(receipt->marks)}}));
    return Fine;
}

/// All bad is a reject, with its row.
int rejectAll(Context& context)
{
    const auto opened = openGroup(context);
    if (!opened)
        return context.fail(opened.error());
    const auto& [session, group] = *opened;
    DecisionIntent intent;
    intent.action = Action::Reject;
    const auto request = makeRequest(*session, group, intent);
    if (!request)
        return context.fail(request.error());
    if (context.has("dry-run")) {
        context.print(Text::tr("Would store %1 for %2.").arg(QStringLiteral("all_bad"), fromCore(request->groupKey)));
        return Fine;
    }
    const auto receipt = decide(*session, *request);
    if (!receipt)
        return context.fail(receipt.error());
    context.print(QStringLiteral("ack %1").arg(fromCore(receipt->groupKey)));
    context.printJson(
        Json::object({{"group", receipt->groupKey}, {"group_id", receipt->groupId}, {"row", rowToJson(receipt->row)}}));
    return Fine;
}

} // namespace

int runOutcome(Context& context)
{
    const std::string name = context.argument(2);
    MarkIntent intent;
    intent.outcome = parseOutcome(name);
    if (!intent.outcome && name != "none")
        return context.failUsage(Text::tr("The outcome is tie, cannot_judge, skip, all_bad or none."));
    if (context.has("members")) {
        const auto members = parseMembers(context.value("members"));
        if (!members || intent.outcome != Outcome::Tie)
            return context.failUsage(
                Text::tr("--members takes numbers of images, counted from 0, as in 0,2, and goes with tie."));
        intent.tied = *members;
    }
    if (intent.outcome == Outcome::AllBad)
        return rejectAll(context);
    return mark(context, intent, fromCore(name));
}

int runFlag(Context& context)
{
    const std::string state = context.argument(2);
    if (state != "on" && state != "off")
        return context.failUsage(Text::tr("A flag is on or off."));
    MarkIntent intent;
    intent.kind = MarkIntent::Kind::Flag;
    intent.isFlagged = state == "on";
    return mark(context, intent, QStringLiteral("flag ") + fromCore(state));
}

int runNote(Context& context)
{
    MarkIntent intent;
    intent.kind = MarkIntent::Kind::Note;
    intent.note = context.argument(2);
    return mark(context, intent, QStringLiteral("note"));
}

int runOutcomes(Context& context)
{
    const auto session = context.openSession(context.argument(0), Context::Access::View);
    if (!session)
        return context.fail(session.error());
    const auto reader = (*session)->openReader();
    const auto exported = reader ? exportMarks(*reader) : Result<std::vector<ExportedMarks>>(reader.error());
    if (!exported)
        return context.fail(exported.error());
    const auto annotators = readAnnotators(*reader);
    if (!annotators)
        return context.fail(annotators.error());
    Json::Array list;
    for (const ExportedMarks& marks : *exported) {
        Json json = exportJson(marks, *annotators);
        const GroupMarks& said = marks.group.marks;
        QStringList words;
        if (said.outcome)
            words.append(fromCore(outcomeName(said.outcome->outcome)));
        if (said.flag)
            words.append(QStringLiteral("flag"));
        if (said.tolerance)
            words.append(QStringLiteral("tolerance"));
        context.print(fromCore(marks.group.groupKey) + QLatin1Char('\t') + words.join(QLatin1Char(',')) +
                      QLatin1Char('\t') + (said.note ? fromCore(dumpJson(said.note->text)) : QString()));
        list.push_back(std::move(json));
    }
    context.printJson(Json::object({{"outcomes", Json(std::move(list))}}));
    return Fine;
}

} // namespace ps::cli
