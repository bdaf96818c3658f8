// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/hybrid_provider.h"
#include "core/decisions/frozen_groups.h"
#include "core/decisions/viewing.h"

#include <map>

namespace ps::cli {

namespace {

/// The decisions of the projects of a workspace, each database opened once and only for reading.
class Decisions
{
public:
    explicit Decisions(const Workspace& workspace) : m_workspace(workspace) {}

    Result<std::optional<HybridDecision>> find(const std::string& projectId, const std::string& groupKey)
    {
        if (!m_projects.contains(projectId)) {
            auto project = open(projectId);
            if (!project && project.error().code != ErrorCode::NotFound)
                return project.error();
            m_projects.emplace(projectId, project ? std::move(*project) : nullptr); // gone: nothing was decided
        }
        const auto& project = m_projects.at(projectId);
        return project ? project->find(groupKey) : Result<std::optional<HybridDecision>>(std::nullopt);
    }

private:
    struct Project {
        Connection connection;
        DecisionTable table;

        Result<std::optional<HybridDecision>> find(const std::string& groupKey) const
        {
            PS_TRY(const bool isOurs, hasTable(connection, "ps_groups"));
            PS_TRY(const auto groupId,
                   isOurs ? frozenGroupId(connection, groupKey) : Result<std::optional<std::string>>(std::nullopt));
            if (!groupId)
                return std::optional<HybridDecision>();
            PS_TRY(const auto row, findRow(connection, table, *groupId));
            const auto action = row ? row->action() : std::nullopt;
            const auto names = row ? row->imageNames() : Result<std::vector<std::string>>(Error{});
            const auto index = row ? row->integer("user_selected_index") : std::nullopt;
            if (!action || !names || !index)
                return std::optional<HybridDecision>();
            return std::optional(HybridDecision{*action, static_cast<int>(*index), names->size()});
        }
    };

    Result<std::unique_ptr<Project>> open(const std::string& projectId) const
    {
        PS_TRY(Connection connection, openForViewing(m_workspace.databasePath(projectId)));
        PS_TRY(DecisionTable table, readDecisionTable(connection));
        return std::make_unique<Project>(std::move(connection), std::move(table));
    }

    const Workspace& m_workspace;
    std::map<std::string, std::unique_ptr<Project>> m_projects;
};

Json armJson(HybridArm arm, const HybridArmFigures& figures)
{
    return Json::object({{"arm", std::string(hybridArmName(arm))},
                         {"suggestions", figures.suggestions},
                         {"failures", figures.failures},
                         {"decided", figures.decided},
                         {"compared", figures.compared},
                         {"accuracy", figures.compared > 0 ? Json(figures.accuracy()) : Json()},
                         {"correction_rate", figures.decided > 0 ? Json(figures.correctionRate()) : Json()},
                         {"p95_latency_ms", figures.p95LatencyMs},
                         {"tokens", figures.tokens},
                         {"cost", figures.cost}});
}

QString percentText(double share, std::int64_t count)
{
    return count > 0 ? QStringLiteral("%1 % (%2)").arg(share * 100, 0, 'f', 1).arg(count) : QStringLiteral("-");
}

} // namespace

int runModelsHybrid(Context& context)
{
    if (context.argument(0) != "report")
        return context.failUsage(Text::tr("models hybrid knows report."));
    const auto workspace = context.workspace();
    if (!workspace)
        return context.fail(workspace.error());
    Decisions decisions(*workspace);
    const auto report = hybridReport(hybridFolder(workspace->rootPath()),
                                     [&decisions](const std::string& projectId, const std::string& groupKey) {
                                         return decisions.find(projectId, groupKey);
                                     });
    if (!report)
        return context.fail(report.error());
    Json::Array arms;
    context.print(Text::tr("arm\tsuggestions\tfailures\taccuracy\tcorrected\tp95 ms\ttokens\tcost"));
    for (const HybridArm arm : {HybridArm::Local, HybridArm::Fallback, HybridArm::Provider}) {
        const HybridArmFigures& figures = report->arms[static_cast<std::size_t>(arm)];
        const QStringList cells{QString::fromLatin1(hybridArmName(arm).data()),
                                QString::number(figures.suggestions),
                                QString::number(figures.failures),
                                percentText(figures.accuracy(), figures.compared),
                                percentText(figures.correctionRate(), figures.decided),
                                QString::number(figures.p95LatencyMs, 'f', 1),
                                QString::number(figures.tokens),
                                QString::number(figures.cost, 'f', 4)};
        context.print(cells.join(QLatin1Char('\t')));
        arms.push_back(armJson(arm, figures));
    }
    context.printJson(Json::object({{"arms", Json(std::move(arms))}, {"skipped_lines", report->skippedLines}}));
    return Fine;
}

} // namespace ps::cli
