// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/summary.h"

#include "tests/bench/series.h"

#include <algorithm>
#include <cmath>

namespace ps::bench {

namespace {

constexpr double kSmallestBaseline = 1e-6; ///< below what any clock tells

/// Four digits that count are more than any of these figures has.
double rounded(double value)
{
    if (value == 0 || !std::isfinite(value))
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
    return unit >= 1 ? std::round(value) : std::round(value / unit) / std::round(1 / unit);
}

Json roundedList(const Series& series)
{
    Json::Array list;
    for (const double value : series.values())
        list.emplace_back(rounded(value));
    return Json(std::move(list));
}

/// One field of the figure at `index` of the list `key`, over all runs.
Series seriesOf(const std::vector<Run>& runs, std::string_view key, std::size_t index, std::string_view field)
{
    Series series;
    for (const Run& run : runs) {
        const Json::Array& list = run.observation[key].items();
        if (index < list.size() && list[index].contains(field))
            series.add(list[index][field].toDouble());
    }
    return series;
}

Json spreadJson(const Json& first, const std::vector<Run>& runs, std::string_view key, std::size_t index)
{
    const Series values = seriesOf(runs, key, index, "value");
    const Series cpu = seriesOf(runs, key, index, "cpu_ms");
    Json json = Json::object({{"name", first["name"]},
                              {"unit", first["unit"]},
                              {"median", rounded(values.median())},
                              {"min", rounded(values.smallest())},
                              {"max", rounded(values.largest())},
                              {"runs", roundedList(values)}});
    if (!cpu.isEmpty())
        json.set("cpu_ms", rounded(cpu.median()));
    return json;
}

/// The median of what each run gives by itself: figure and baseline of one run had the same machine and the same disk.
Json ratiosJson(const Json& figure, const Series& values, const std::vector<Run>& runs)
{
    Json ratios{Json::Object{}};
    const Json::Array& baselines = runs.front().observation["baselines"].items();
    for (const Json& wanted : figure["against"].items()) {
        for (std::size_t i = 0; i < baselines.size(); ++i) {
            if (baselines[i]["name"] != wanted)
                continue;
            const Series against = seriesOf(runs, "baselines", i, "value");
            Series perRun;
            for (std::size_t run = 0; run < std::min(values.values().size(), against.values().size()); ++run)
                perRun.add(values.values()[run] / std::max(against.values()[run], kSmallestBaseline));
            ratios.set(wanted.toString(), rounded(perRun.median()));
        }
    }
    return ratios;
}

Json memorySummary(const std::vector<Run>& runs)
{
    Series current;
    Series peak;
    for (const Run& run : runs) {
        current.add(run.observation["memory"]["current_kib"].toDouble());
        peak.add(run.observation["memory"]["peak_kib"].toDouble());
    }
    const auto kib = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
    return Json::object({{"current_kib", kib(current.median())}, {"peak_kib", kib(peak.largest())}});
}

} // namespace

Json summaryJson(const Measurement& measurement, const std::vector<Run>& runs)
{
    const Json& first = runs.front().observation;
    Json::Array figures;
    for (std::size_t i = 0; i < first["figures"].items().size(); ++i) {
        const Json& figure = first["figures"].items()[i];
        Json json = spreadJson(figure, runs, "figures", i);
        json.set("ratio_to", ratiosJson(figure, seriesOf(runs, "figures", i, "value"), runs));
        figures.push_back(std::move(json));
    }
    Json::Array baselines;
    for (std::size_t i = 0; i < first["baselines"].items().size(); ++i)
        baselines.push_back(spreadJson(first["baselines"].items()[i], runs, "baselines", i));
    Series load;
    for (const Run& run : runs) {
        load.add(run.loadBefore);
        load.add(run.loadAfter);
    }
    return Json::object({{"name", measurement.name},
                         {"meaning", measurement.meaning},
                         {"figures", Json(std::move(figures))},
                         {"baselines", Json(std::move(baselines))},
                         {"memory", memorySummary(runs)},
                         {"highest_load", rounded(load.largest())},
                         {"facts_of_last_run", runs.back().observation["facts"]}});
}

} // namespace ps::bench
