// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/common/task_lane.h"
#include "ui/exchange/exchange_backend.h"
#include "ui/exchange/work_pace.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace ps {

/// What a person chose to export.
struct ExportOrder {
    ExportRequest request;
    ExportPlace place;
};

/// Two releases side by side.
struct ComparedReleases {
    ReleaseDiff diff;
    QString firstPath;
    QString secondPath;
};

/// The exports of the open project as Export sees them: previews that follow what is chosen, one export at a time, the
/// published releases. Requests return at once; answers come as signals. Thread: UI.
class ExportController : public QObject
{
    Q_OBJECT

public:
    ExportController(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, QObject* parent);
    ~ExportController() override;

    ProjectController& project() { return m_controller; }
    const std::shared_ptr<ExchangeBackend>& backendShared() const { return m_backend; }

    // ---- the preview

    /// What is chosen now. The preview follows shortly; until then it is not current.
    void setOrder(const ExportOrder& order);
    const ExportOrder& order() const { return m_order; }
    /// Nothing is worked out while the choice cannot be carried out.
    void forgetPreview();
    /// The preview again, at once: something of the project is other than it was.
    void refreshPreview();
    bool isPreviewing() const { return m_isPreviewing; }
    const std::optional<ExportPreview>& preview() const
    {
        return m_preview;
    } ///< the last one, perhaps of another choice
    bool isPreviewCurrent() const { return m_preview && !m_isPreviewing; }
    const std::optional<Error>& previewError() const { return m_previewError; }
    const WorkPace& previewPace() const { return m_previewPace; }

    // ---- one export

    void start();
    /// Stops at the next safe place; what was begun does not appear under the name of the release.
    void cancel();
    bool isExporting() const { return m_isExporting; }
    bool isCancelling() const { return m_isExporting && m_exportStop.stop_requested(); }
    const WorkPace& exportPace() const { return m_exportPace; }

    // ---- releases

    void refreshReleases();
    const std::vector<ReleaseEntry>& releases() const { return m_releases; }
    bool areReleasesKnown() const { return m_areReleasesKnown; }
    /// Where a release was last seen on this machine; "" when that is not known.
    static QString placeOf(const ReleaseEntry& release);
    static void rememberPlace(const std::string& manifestSha256, const QString& path);
    void verify(const QString& path);
    void compare(const QString& firstPath, const QString& secondPath);
    bool isReading() const { return m_reading > 0; } ///< verifying or comparing
    void stopReading();
    /// Writes text as a file: saved() or failed().
    void save(const QString& path, const QString& text);
    /// The same with what differs, for programs.
    void saveDiff(const QString& path, const std::shared_ptr<const ComparedReleases>& releases);

Q_SIGNALS:
    void previewChanged();
    void previewProgressed();
    void exportChanged(); ///< began, went on or was asked to stop
    void exported(const ps::ReleaseReceipt& receipt);
    void exportFailed(const ps::Error& error); ///< Cancelled when it was stopped
    void releasesChanged();
    void verified(const QString& path, const ps::ReleaseVerdict& verdict);
    void compared(const std::shared_ptr<const ps::ComparedReleases>& releases);
    void readingChanged();
    void saved(const QString& path);
    void failed(const ps::Error& error);

private:
    void runPreview();
    void takePreview(int run, Result<ExportPreview> preview);
    void takeExport(Result<ReleaseReceipt> receipt);
    void forget();
    void write(const QString& path, const std::function<std::string(ExchangeBackend&)>& text);
    /// A watcher for the thread of the work that tells `take` here, at most some ten times a second.
    template <typename Take>
    ExchangeBackend::ExportWatcher watcher(Take take);

    ProjectController& m_controller;
    std::shared_ptr<ExchangeBackend> m_backend;
    ExportOrder m_order;
    QTimer m_settle; ///< until the person stops changing the choice
    std::stop_source m_previewStop;
    int m_previewRun = 0; ///< answers of earlier ones are dropped
    bool m_isPreviewing = false;
    std::optional<ExportPreview> m_preview;
    std::optional<Error> m_previewError;
    WorkPace m_previewPace;
    std::stop_source m_exportStop;
    bool m_isExporting = false;
    WorkPace m_exportPace;
    std::vector<ReleaseEntry> m_releases;
    bool m_areReleasesKnown = false;
    int m_reading = 0;
    std::stop_source m_readStop;
    TaskLane m_fileLane{TaskLane::AtEnd::Drop}; ///< releases are read without a project; last: it uses what is above
};

} // namespace ps
