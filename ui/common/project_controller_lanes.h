// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the controller's own files hand work to its lanes; for no one else.
#include "ui/common/project_controller.h"

namespace ps {

template <typename Work, typename Answer>
void ProjectController::runShort(Work work, Answer answer)
{
    if (!m_session)
        return;
    m_shortLane.run(
        this, [session = m_session, work = std::move(work)](std::stop_token) { return work(*session); },
        [this, generation = m_generation, answer = std::move(answer)](auto result) {
            if (generation != m_generation)
                return;
            if (result)
                answer(*std::move(result));
            else
                Q_EMIT failed(result.error());
        });
}

template <typename Work, typename Answer>
void ProjectController::runLong(const QString& text, Work work, Answer answer)
{
    if (!m_session)
        return;
    m_longStop = std::stop_source();
    setBusy(text);
    m_longLane.run(
        this,
        [session = m_session, work = std::move(work), stop = m_longStop.get_token()](std::stop_token) {
            return work(*session, stop);
        },
        [this, generation = m_generation, answer = std::move(answer)](auto result) {
            if (generation != m_generation)
                return;
            setBusy({});
            if (result)
                answer(*std::move(result));
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace ps
