// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/export_request.h"
#include "core/exchange/release_group.h"
#include "core/exchange/release_media.h"
#include "core/exchange/release_sink.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace ps {

/// What a writer knows before the first group.
struct FormatContext {
    ExportRequest request;
    std::string projectId;
    std::string releaseName;
    std::string toolVersion; ///< "proofsheet 0.1.0"
    /// Groups on each side, or all in the first place without a split.
    std::array<std::int64_t, kReleaseSideCount> groupCounts{};
    std::string scratchFolder; ///< takes temporary files (v3 makes a database there); "" is the system's place for them
    ReleaseSink* sink = nullptr;
    ReleaseMedia* media = nullptr; ///< null for formats without images
    std::stop_token stop;
};

/// One export format: takes the groups one by one, in the order of sides and then of names, and writes its files into the sink.
/// Memory does not grow with the number of groups (parts that must stand at the end of a file go to the disk meanwhile).
class FormatWriter
{
public:
    virtual ~FormatWriter() = default;

    virtual Result<void> begin() { return {}; }
    virtual Result<void> add(const ReleaseGroup& group) = 0;
    /// Writes what comes last: class lists, cards, totals.
    virtual Result<void> finish() = 0;

    struct Counts {
        std::int64_t images = 0;
        std::int64_t boxes = 0;
        std::int64_t lines = 0;                      ///< rows, samples or pairs, whatever the format counts
        std::map<std::string, std::int64_t> byClass; ///< real class names
        std::int64_t reencodedImages = 0;
        std::map<std::string, std::int64_t> details; ///< what only this format counts; see its header
    };
    const Counts& counts() const { return m_counts; }

protected:
    FormatWriter() = default;
    FormatWriter(const FormatWriter&) = default;
    FormatWriter& operator=(const FormatWriter&) = default;
    Counts m_counts;
};

/// Errors: InvalidInput for a request that the format cannot carry out (boxes asked of yolo-cls, ...), saying which can.
Result<std::unique_ptr<FormatWriter>> makeFormatWriter(FormatContext context);

} // namespace ps
