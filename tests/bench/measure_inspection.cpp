// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integrity/inspection.h"
#include "tests/bench/bench_project.h"
#include "tests/bench/database_baselines.h"
#include "tests/bench/observation.h"

namespace ps::bench {

Result<Observation> measureInspection(const Settings& settings)
{
    const std::string path = BenchProject::large(settings).sourcePath();
    Observation seen;
    {
        InspectionOptions options;
        options.tool = "proofsheet-bench";
        options.now = systemClock().now();
        const Stopwatch watch;
        PS_TRY(const InspectionReport report, inspectDatabase(path, options, {}));
        const std::string json = dumpJsonIndented(reportJson(report));
        seen.figures.push_back({"inspect", "ms", watch.wallMs(), watch.cpuMs(), databaseBaselineNames()});
        seen.memory = memoryUse();
        if (report.rows != settings.rows)
            return Error{ErrorCode::Internal, "not every row was inspected", path, 0};
        Json findings{Json::Object{}};
        for (const CheckInfo& check : allChecks()) {
            if (const std::int64_t count = report.findings.countOf(check.id); count > 0)
                findings.set(check.id, count);
        }
        seen.facts = Json::object(
            {{"rows", report.rows}, {"report_bytes", json.size()}, {"findings", std::move(findings)}});
    }
    PS_TRY(seen.baselines, databaseBaselines(path));
    return seen;
}

} // namespace ps::bench
