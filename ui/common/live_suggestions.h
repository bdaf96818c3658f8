// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/inference_service.h"
#include "core/suggest/suggestion_watch.h"
#include "ui/common/project_controller.h"
#include "ui/common/suggestion_status.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace ps {

class LiveRun;

/// Makes suggestions in the background while a person works: the groups that come next first. Gives way to everything: its
/// thread and its workers have a low priority, it rests while keys come quickly, and it stops for long work. It also looks, after
/// decisions, whether the model is to be suspended or trained anew.
/// Thread: UI.
class LiveSuggestions : public QObject
{
    Q_OBJECT

public:
    /// Starts the workers with the models; called on the background lane when they are first needed.
    using ServiceMaker = std::function<Result<std::unique_ptr<InferenceService>>()>;

    LiveSuggestions(ProjectController& controller, ServiceMaker makeService, QObject* parent);
    ~LiveSuggestions() override;

    /// Whether it works by itself. What is decided is watched in any case.
    void setEnabled(bool isEnabled);
    /// The embedder that models may need beside the built-in one.
    void setEmbedder(const ModelSpec& embedder);
    /// How long the project must have been open before it starts.
    void setDelay(int milliseconds);
    /// The group that is shown now.
    void setCurrent(std::int64_t ordinal);
    const SuggestionStatus& status() const { return m_status; }

    /// Other models are active, or other settings hold: begins anew, and everything is read again.
    void restart();
    /// Suggestions of a suspended model are shown again.
    void resume();
    /// Changes the settings of the project; suggestionsChanged() of the controller follows.
    void changeSettings(const std::function<void(SuggestionSettings&)>& change);

Q_SIGNALS:
    void statusChanged(const ps::SuggestionStatus& status);
    void suspended(const ps::SuggestionSuspension& suspension);
    /// So many decisions came since the last training as the settings say.
    void trainingDue();
    void failed(const ps::Error& error);

private:
    struct Shared;
    struct Report;

    static void rest(const Shared& shared, const std::stop_token& stop);
    static void workOn(ProjectSession& session, Shared& shared, const ServiceMaker& makeService,
                       const ModelSpec& embedder, const std::stop_token& stop, const std::function<void(Report)>& tell);
    static Result<std::unique_ptr<LiveRun>> startRun(ProjectSession& session, Shared& shared,
                                                     const ServiceMaker& makeService, const ModelSpec& embedder);
    void startLater();
    void start();
    void stop();
    void finish(int run);
    void take(int run, const Report& report);
    void show(SuggestionStatus status);
    void onClosing();
    void onBusyChanged();
    void onDecided();
    void lookAtDecisions();

    ProjectController& m_controller;
    ServiceMaker m_makeService;
    std::shared_ptr<Shared> m_shared;
    QTimer m_start;
    QTimer m_look;
    std::stop_source m_stop; ///< of the latest run
    ModelSpec m_embedder;
    SuggestionStatus m_status;
    int m_run = 0;     ///< answers of earlier ones are dropped
    int m_retries = 0; ///< after failures, without a success between them
    bool m_isEnabled = false;
    bool m_isRunning = false;
    bool m_isComplete = false; ///< nothing is left to do until something changes
    bool m_isStale = false;    ///< something changed while it runs
    bool m_isLooking = false;  ///< at what was decided
    bool m_looksAgain = false;
};

} // namespace ps
