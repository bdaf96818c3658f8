// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/models/models_backend.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>

namespace ps {

/// The models of the open project as the workplace sees them: every request returns at once, answers come as signals.
/// Thread: UI; the backend is used on a lane of the project controller.
class ModelsController : public QObject
{
    Q_OBJECT

public:
    ModelsController(ProjectController& controller, std::shared_ptr<ModelsBackend> backend, QObject* parent);
    ~ModelsController() override;

    /// Null until it was read.
    const std::shared_ptr<const ModelListing>& listing() const { return m_listing; }
    const std::optional<EmbeddingCoverage>& coverage() const { return m_coverage; }
    const std::optional<Error>& error() const { return m_error; } ///< why there is no listing
    ProjectController& project() { return m_controller; }

    void refresh();         ///< listed
    void refreshCoverage(); ///< coverageChanged
    void activate(const QString& id, bool overridesGate);
    void rollBack(SuggestionTask task);

    /// Lays out the embedding map anew; mapProgressed, then mapChanged. One that runs is given up.
    void requestMap();
    bool isMapRunning() const { return m_isMapRunning; }
    double mapProgress() const { return m_mapProgress; } ///< 0 to 1
    const std::shared_ptr<const MapPoints>& map() const { return m_map; }
    const std::optional<Error>& mapError() const { return m_mapError; }

Q_SIGNALS:
    void listed();
    void coverageChanged();
    void mapProgressed();
    void mapChanged();
    void activated(const QString& id);
    void refused(const QString& id, const ps::Error& error); ///< by the gate
    void failed(const ps::Error& error);

private:
    /// Does `work` on the lane and gives its result to `answer`, unless the project was closed meanwhile.
    template <typename Work, typename Answer>
    void ask(Work work, Answer answer);
    void forget();
    void layOutMap(MapSource source, int run);
    void takeMap(int run, Result<MapPoints> map);

    ProjectController& m_controller;
    std::shared_ptr<ModelsBackend> m_backend;
    std::shared_ptr<const ModelListing> m_listing;
    std::optional<EmbeddingCoverage> m_coverage;
    bool m_isCounting = false;  ///< the coverage
    bool m_countsAgain = false; ///< when that is done
    std::optional<Error> m_error;
    std::stop_source m_stop; ///< of everything that runs for the open project
    std::shared_ptr<const MapPoints> m_map;
    std::optional<Error> m_mapError;
    std::stop_source m_mapStop;
    int m_mapRun = 0; ///< answers of earlier ones are dropped
    bool m_isMapRunning = false;
    double m_mapProgress = 0;
    TaskLane m_mapLane{
        TaskLane::AtEnd::Drop}; ///< a map takes a while and needs no project; last: it uses what is above
};

} // namespace ps
