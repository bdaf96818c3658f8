// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/measure_inbox.h"

#include "core/db/transaction.h"
#include "core/library/image_measures_table.h"

#include <utility>

namespace ps {

namespace {

constexpr std::size_t kMost = 4096;

} // namespace

void MeasureInbox::put(const ThumbnailService::Surveyed& one)
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() >= kMost)
        return;
    m_waiting.push_back(one);
    if (m_waiting.size() == 1 && m_onFilled)
        m_onFilled();
}

std::vector<ThumbnailService::Surveyed> MeasureInbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

void MeasureInbox::setOnFilled(std::function<void()> onFilled)
{
    const std::lock_guard lock(m_mutex);
    m_onFilled = std::move(onFilled);
}

Result<void> recordMeasures(const ProjectSession& session, const std::vector<ThumbnailService::Surveyed>& pictures)
{
    return session.withCatalogue([&](const Catalogue& catalogue) -> Result<void> {
        PS_TRY(Transaction transaction, Transaction::beginImmediate(catalogue.connection()));
        for (const ThumbnailService::Surveyed& one : pictures)
            PS_TRY_VOID(putImageSurvey(catalogue.connection(), one.path, one.info, one.measures));
        return transaction.commit();
    });
}

} // namespace ps
