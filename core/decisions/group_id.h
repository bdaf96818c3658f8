// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ps {

/// "{project}_group_{stamp with microseconds}_batch{NNN}_img{NNN}"; batch and position count from 1 and get at least three
/// digits. Source: formats/decisions_v3.md 1.6, form 2.
std::string makeGroupId(std::string_view projectId, UtcTime time, std::int64_t batch, std::int64_t position);

/// The parts of any group id that was ever written ("_group_" or "_legacy_").
struct GroupIdParts {
    std::string project;
    std::string kind; ///< "group" or "legacy"
    std::string rest;
};
std::optional<GroupIdParts> parseGroupId(std::string_view groupId);

/// "g_" and the first 16 hex digits of SHA-256 over the members' workspace-relative paths (raw bytes) joined by NUL.
std::string makeGroupKey(std::span<const std::string> memberPaths);
bool isGroupKey(std::string_view text);

/// One or more of A-Z a-z 0-9 _ -.
bool isValidProjectId(std::string_view projectId);

} // namespace ps
