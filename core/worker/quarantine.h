// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace ps {

/// Remembers which items killed workers. Two deaths in a row put an item in quarantine. Threads: any.
class Quarantine
{
public:
    static constexpr int kDeathLimit = 2;

    /// Why the item is in quarantine, or nothing.
    std::optional<std::string> reason(const std::string& itemKey) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_items.find(itemKey);
        if (found == m_items.end() || found->second.deathCount < kDeathLimit)
            return std::nullopt;
        return found->second.lastReason;
    }

    /// Notes a death and returns true when the item is in quarantine now. An empty key is never remembered.
    bool noteDeath(const std::string& itemKey, std::string reason)
    {
        if (itemKey.empty())
            return false;
        const std::lock_guard lock(m_mutex);
        Item& item = m_items[itemKey];
        item.lastReason = std::move(reason);
        return ++item.deathCount >= kDeathLimit;
    }

    /// The item was answered: an earlier death was not its fault.
    void noteAnswer(const std::string& itemKey)
    {
        const std::lock_guard lock(m_mutex);
        m_items.erase(itemKey);
    }

    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_items.clear();
    }

    std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        std::size_t total = 0;
        for (const auto& [key, item] : m_items)
            total += std::size_t{item.deathCount >= kDeathLimit};
        return total;
    }

private:
    struct Item {
        int deathCount = 0;
        std::string lastReason;
    };
    mutable std::mutex m_mutex;
    std::map<std::string, Item> m_items; ///< guarded by m_mutex
};

} // namespace ps
