// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <cmath>
#include <string>
#include <vector>

namespace ps {

/// Reads the members of a JSON object of one of our files, with errors (Corrupt) that name the member. The object must outlive it.
class JsonFields
{
public:
    explicit JsonFields(const Json& object) : m_object(object) {}

    const Json& at(const char* key) const { return m_object[key]; }
    static Error wrong(const char* key)
    {
        return {ErrorCode::Corrupt, "the member is missing or of another kind", key, 0};
    }

    Result<std::string> text(const char* key) const
    {
        return at(key).isString() ? Result<std::string>(at(key).toString()) : wrong(key);
    }
    Result<bool> boolean(const char* key) const
    {
        return at(key).isBool() ? Result<bool>(at(key).toBool()) : wrong(key);
    }
    Result<std::int64_t> integer(const char* key) const
    {
        return at(key).isInteger() ? Result<std::int64_t>(at(key).toInteger()) : wrong(key);
    }
    /// Finite.
    Result<double> number(const char* key) const
    {
        const Json& value = at(key);
        return value.isNumber() && std::isfinite(value.toDouble()) ? Result<double>(value.toDouble()) : wrong(key);
    }
    Result<std::vector<double>> numbers(const char* key) const
    {
        return list<double>(key, [key](const Json& item) -> Result<double> {
            return item.isNumber() && std::isfinite(item.toDouble()) ? Result<double>(item.toDouble()) : wrong(key);
        });
    }
    Result<std::vector<std::string>> texts(const char* key) const
    {
        return list<std::string>(key, [key](const Json& item) -> Result<std::string> {
            return item.isString() ? Result<std::string>(item.toString()) : wrong(key);
        });
    }
    template <typename T, typename Reader>
    Result<std::vector<T>> list(const char* key, Reader read) const
    {
        if (!at(key).isArray())
            return wrong(key);
        std::vector<T> items;
        for (const Json& item : at(key).items()) {
            Result<T> value = read(item);
            if (!value)
                return value.error().in(key);
            items.push_back(*std::move(value));
        }
        return items;
    }

private:
    const Json& m_object;
};

} // namespace ps
