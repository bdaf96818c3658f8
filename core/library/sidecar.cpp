// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/sidecar.h"

#include "core/base/files.h"

#include <algorithm>

namespace ps {

Result<Sidecar> Sidecar::parse(std::string_view text)
{
    PS_TRY(Json json, parseJson(text));
    if (!json.isObject())
        return Error{ErrorCode::InvalidInput, "a sidecar must be a JSON object", {}, 0};
    return Sidecar(std::move(json));
}

Sidecar Sidecar::make(std::string_view groupId, std::string_view projectId, const std::optional<Crop>& suggestedCrop)
{
    return Sidecar(Json::object({{"group_id", groupId},
                                 {"project_id", projectId},
                                 {"needs_crop", true},
                                 {"ai_route", suggestedCrop ? "suggestion" : "manual"},
                                 {"ai_crop_coords", suggestedCrop ? cropJson(*suggestedCrop) : Json()}}));
}

SidecarShape Sidecar::shape() const
{
    if (m_json.contains("ai_recommendation") || m_json.contains("user_decision"))
        return SidecarShape::GroupLevel;
    if (!m_json.contains("group_id"))
        return SidecarShape::Unknown;
    if (m_json.contains("ai_route"))
        return SidecarShape::WithRoute;
    if (m_json.contains("ai_crop_accepted"))
        return SidecarShape::Accepted;
    return m_json.contains("ai_crop_coords") ? SidecarShape::WithCrop : SidecarShape::Pointer;
}

std::optional<bool> Sidecar::needsCrop() const
{
    const Json& value = shape() == SidecarShape::GroupLevel ? m_json["ai_recommendation"]["crop_needed"]
                                                            : m_json["needs_crop"];
    return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
}

std::optional<Crop> Sidecar::crop() const
{
    return cropFromJson(shape() == SidecarShape::GroupLevel ? m_json["ai_recommendation"]["crop_coords"]
                                                            : m_json["ai_crop_coords"]);
}

bool Sidecar::isFor(std::string_view imageName) const
{
    if (m_json["filename"].isString())
        return m_json["filename"].toString() == imageName;
    if (m_json["image_path"].isString())
        return fileName(m_json["image_path"].toString()) == imageName;
    if (!m_json["images"].isArray())
        return true;
    return std::ranges::any_of(m_json["images"].items(), [imageName](const Json& item) {
        const Json& name = item.isObject() ? item["filename"] : item;
        return name.isString() && fileName(name.toString()) == imageName;
    });
}

Sidecar Sidecar::updatedWith(const Sidecar& newer) const
{
    Sidecar merged = *this;
    for (const auto& [key, value] : newer.m_json.members())
        merged.m_json.set(key, value);
    return merged;
}

} // namespace ps
