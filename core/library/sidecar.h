// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/decisions/crop.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// The shapes that .decision files ever had. Source: formats/decisions_v3.md 3.1.
enum class SidecarShape {
    GroupLevel, ///< S1: ai_recommendation and user_decision
    Pointer,    ///< S2: group_id, project_id, needs_crop
    WithCrop,   ///< S3: S2 + ai_crop_coords
    WithRoute,  ///< S4 and S6: S3 + ai_route
    Accepted,   ///< S5: S3 + ai_crop_accepted
    Unknown,
};

/// A .decision file. The JSON is kept whole, so that members that nobody here knows survive a rewrite.
class Sidecar
{
public:
    /// Errors: InvalidInput with the byte, when it is not a JSON object.
    static Result<Sidecar> parse(std::string_view text);

    /// The form that this program writes (S6): ai_route "suggestion" with coordinates, or "manual" without.
    static Sidecar make(std::string_view groupId, std::string_view projectId, const std::optional<Crop>& suggestedCrop);

    SidecarShape shape() const;
    std::string groupId() const { return m_json["group_id"].toString(); }
    std::string projectId() const { return m_json["project_id"].toString(); }
    std::optional<bool> needsCrop() const;
    std::optional<Crop> crop() const;
    /// True unless the file names other images than this one.
    bool isFor(std::string_view imageName) const;

    /// This sidecar with the members of `newer` in place of its own; what only this one has stays.
    Sidecar updatedWith(const Sidecar& newer) const;

    /// As the scripts write it: indented by two, no newline at the end.
    std::string text() const { return dumpJsonIndented(m_json); }
    const Json& json() const { return m_json; }

private:
    explicit Sidecar(Json json) : m_json(std::move(json)) {}

    Json m_json;
};

} // namespace ps
