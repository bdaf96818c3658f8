// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_dataset.h"

#include "core/base/text.h"

namespace ps {

namespace {

Error notKnown(const std::string& name)
{
    return {ErrorCode::Unsupported,
            "no known format: neither a decision log (CSV), a decision database nor a dataset was recognised", name, 0};
}

} // namespace

Result<ImportFormat> recogniseDatasetFolder(const UniqueFd&)
{
    return notKnown({});
}

Result<ImportFormat> recogniseDatasetFile(const UniqueFd&, const std::string& name, const Json&)
{
    return notKnown(name);
}

std::string projectIdOf(std::string_view sourceName)
{
    std::string id(sourceName.substr(0, sourceName.find('.')));
    for (char& c : id) {
        const bool isAllowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        c = isAllowed ? c : '_';
    }
    return id.empty() ? "import" : id;
}

Result<void> unpackDataset(ImportPlan::State&, std::stop_token)
{
    return {};
}

Result<void> readDatasetSource(ImportPlan::State& state, PlanBuilder&, std::stop_token)
{
    return Error{ErrorCode::Unsupported, "datasets are not read by this build", state.sourceName, 0};
}

} // namespace ps
