// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the controller's own files hand work to its lanes; for no one else.
#include "ui/common/project_controller.h"

namespace ps {

template <typename Change>
void ProjectController::post(int generation, Change change)
{
    QMetaObject::invokeMethod(
        this,
        [this, generation, change = std::move(change)] {
            if (generation == m_generation)
                change();
        },
        Qt::QueuedConnection);
}

template <typename Work, typename Answer>
void ProjectController::lookUp(Work work, Answer answer)
{
    if (!m_session)
        return;
    m_lookUpLane.run(
        this, [session = m_session, work = std::move(work)](const std::stop_token&) { return work(*session); },
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
void ProjectController::runJob(TaskLane& lane, const QString& text, Work work, Answer answer)
{
    if (m_session)
        runAs(beginJob(text), lane, std::move(work), std::move(answer));
}

template <typename Work, typename Answer>
void ProjectController::runAs(int job, TaskLane& lane, Work work, Answer answer)
{
    lane.run(
        this,
        [session = m_session, work = std::move(work), stop = stopTokenOf(job)](const std::stop_token&) {
            return work(*session, stop);
        },
        [this, job, generation = m_generation, answer = std::move(answer)](auto result) {
            if (generation != m_generation)
                return;
            endJob(job);
            if (result)
                answer(*std::move(result));
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace ps
