// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace ps {

namespace {

template <typename T>
const T& emptyValue()
{
    static const T value{};
    return value;
}

} // namespace

bool Json::toBool() const
{
    const bool* value = std::get_if<bool>(&m_value);
    return value != nullptr && *value;
}

std::int64_t Json::toInteger() const
{
    if (const auto* value = std::get_if<std::int64_t>(&m_value))
        return *value;
    return 0;
}

double Json::toDouble() const
{
    if (const auto* value = std::get_if<double>(&m_value))
        return *value;
    if (const auto* value = std::get_if<std::int64_t>(&m_value))
        return static_cast<double>(*value);
    if (const auto* value = std::get_if<BigInteger>(&m_value))
        return value->digits.starts_with('-') ? -std::numeric_limits<double>::infinity()
                                              : std::numeric_limits<double>::infinity();
    return 0;
}

const std::string& Json::toString() const
{
    const auto* value = std::get_if<std::string>(&m_value);
    return value ? *value : emptyValue<std::string>();
}

const Json::Array& Json::items() const
{
    const auto* value = std::get_if<Array>(&m_value);
    return value ? *value : emptyValue<Array>();
}

const Json::Object& Json::members() const
{
    const auto* value = std::get_if<Object>(&m_value);
    return value ? *value : emptyValue<Object>();
}

const std::string& Json::bigDigits() const
{
    const auto* value = std::get_if<BigInteger>(&m_value);
    return value ? value->digits : emptyValue<std::string>();
}

const Json& Json::operator[](std::string_view key) const
{
    for (const Member& member : members()) {
        if (member.first == key)
            return member.second;
    }
    return emptyValue<Json>();
}

bool Json::contains(std::string_view key) const
{
    return std::ranges::any_of(members(), [key](const Member& member) { return member.first == key; });
}

void Json::set(std::string_view key, Json value)
{
    if (!isObject())
        m_value = Object{};
    auto& object = std::get<Object>(m_value);
    for (Member& member : object) {
        if (member.first == key) {
            member.second = std::move(value);
            return;
        }
    }
    object.emplace_back(std::string(key), std::move(value));
}

void Json::remove(std::string_view key)
{
    if (auto* object = std::get_if<Object>(&m_value))
        std::erase_if(*object, [key](const Member& member) { return member.first == key; });
}

void Json::append(Json value)
{
    if (!isArray())
        m_value = Array{};
    std::get<Array>(m_value).push_back(std::move(value));
}

} // namespace ps
