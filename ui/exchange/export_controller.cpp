// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/export_controller.h"

#include "ui/common/program.h"
#include "ui/exchange/exchange_words.h"

#include <QPointer>
#include <QSettings>

#include <chrono>

namespace ps {

namespace {

constexpr int kSettleMs = 350;
constexpr std::chrono::milliseconds kTellEvery{80};

QString placeKey(const std::string& manifestSha256)
{
    return QStringLiteral("releases/") + QString::fromStdString(manifestSha256);
}

} // namespace

ExportController::ExportController(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend,
                                   QObject* parent)
    : QObject(parent), m_controller(controller), m_backend(std::move(backend))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &ExportController::runPreview);
    connect(&controller, &ProjectController::closing, this, &ExportController::forget);
}

ExportController::~ExportController()
{
    m_previewStop.request_stop();
    m_exportStop.request_stop();
    m_readStop.request_stop();
}

void ExportController::forget()
{
    forgetPreview();
    m_exportStop.request_stop();
    m_isExporting = false;
    m_preview.reset();
    m_releases.clear();
    m_areReleasesKnown = false;
    Q_EMIT previewChanged();
    Q_EMIT exportChanged();
    Q_EMIT releasesChanged();
}

template <typename Take>
ExchangeBackend::ExportWatcher ExportController::watcher(Take take)
{
    // The controller outlives its lanes; this object need not.
    return [guard = QPointer(this), context = &m_controller, take, next = std::chrono::steady_clock::time_point(),
            phase = std::string()](const ExportProgress& now) mutable {
        const auto time = std::chrono::steady_clock::now();
        if (time < next && now.phase == phase && now.done != now.total)
            return;
        next = time + kTellEvery;
        phase = now.phase;
        QMetaObject::invokeMethod(
            context,
            [guard, take, text = phase, done = now.done, total = now.total] {
                if (guard)
                    take(*guard, phaseText(text), done, total);
            },
            Qt::QueuedConnection);
    };
}

// ---- the preview ---------------------------------------------------------------------------------------------------

void ExportController::setOrder(const ExportOrder& order)
{
    m_order = order;
    if (!m_controller.isOpen())
        return;
    m_previewStop.request_stop();
    ++m_previewRun;
    m_isPreviewing = true;
    m_previewError.reset();
    m_previewPace.begin();
    m_settle.start();
    Q_EMIT previewChanged();
}

void ExportController::forgetPreview()
{
    m_settle.stop();
    m_previewStop.request_stop();
    ++m_previewRun;
    m_isPreviewing = false;
    m_preview.reset();
    m_previewError.reset();
    Q_EMIT previewChanged();
}

void ExportController::refreshPreview()
{
    if (!m_isExporting)
        setOrder(m_order);
}

void ExportController::runPreview()
{
    if (!m_controller.isOpen() || m_isExporting)
        return;
    m_previewStop = {};
    const int run = ++m_previewRun;
    auto outcome = std::make_shared<std::optional<Result<ExportPreview>>>();
    const auto watch = watcher(
        [run](ExportController& self, const QString& phase, std::int64_t done, std::int64_t total) {
            if (run != self.m_previewRun || !self.m_isPreviewing)
                return;
            self.m_previewPace.note(phase, done, total);
            Q_EMIT self.previewProgressed();
        });
    m_controller.runApart(
        [outcome, backend = m_backend, order = m_order, watch, stop = m_previewStop](ProjectSession& session,
                                                                                     const std::stop_token& atEnd) {
            std::stop_source both = stop;
            const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
            outcome->emplace(backend->preview(session, order.request, order.place, watch, both.get_token()));
        },
        [guard = QPointer(this), run, outcome] {
            if (guard && *outcome)
                guard->takePreview(run, std::move(**outcome));
        });
}

void ExportController::takePreview(int run, Result<ExportPreview> preview)
{
    if (run != m_previewRun)
        return;
    m_isPreviewing = false;
    m_previewError.reset();
    if (preview) {
        m_preview = *std::move(preview);
    } else {
        m_preview.reset();
        m_previewError = preview.error();
    }
    Q_EMIT previewChanged();
}

// ---- one export ----------------------------------------------------------------------------------------------------

void ExportController::start()
{
    if (m_isExporting || !m_controller.isOpen())
        return;
    m_settle.stop();
    m_exportStop = {};
    m_isExporting = true;
    m_exportPace.begin();
    auto outcome = std::make_shared<std::optional<Result<ReleaseReceipt>>>();
    const auto watch = watcher([](ExportController& self, const QString& phase, std::int64_t done, std::int64_t total) {
        self.m_exportPace.note(phase, done, total);
        Q_EMIT self.exportChanged();
    });
    ExportOrder order = m_order;
    if (order.request.name.empty() && m_preview)
        order.request.name = m_preview->release.name; // what the person saw
    m_controller.runApart(
        [outcome, backend = m_backend, order = std::move(order), watch,
         stop = m_exportStop](ProjectSession& session, const std::stop_token& atEnd) {
            std::stop_source both = stop;
            const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
            outcome->emplace(backend->exportRelease(session, order.request, order.place, watch, both.get_token()));
        },
        [guard = QPointer(this), outcome] {
            if (guard && *outcome)
                guard->takeExport(std::move(**outcome));
        });
    Q_EMIT exportChanged();
}

void ExportController::cancel()
{
    if (!m_isExporting)
        return;
    m_exportStop.request_stop();
    Q_EMIT exportChanged();
}

void ExportController::takeExport(Result<ReleaseReceipt> receipt)
{
    m_isExporting = false;
    if (receipt) {
        rememberPlace(receipt->manifestSha256, QString::fromStdString(receipt->path));
        Q_EMIT exported(*receipt);
        refreshReleases();
    } else {
        Q_EMIT exportFailed(receipt.error());
    }
    Q_EMIT exportChanged();
    refreshPreview(); // the name is taken now, and sides are published
}

// ---- releases ------------------------------------------------------------------------------------------------------

void ExportController::refreshReleases()
{
    auto outcome = std::make_shared<std::optional<Result<std::vector<ReleaseEntry>>>>();
    m_controller.runAside(
        [outcome, backend = m_backend](const ProjectSession& session, const std::stop_token&) {
            outcome->emplace(backend->releases(session));
        },
        [guard = QPointer(this), outcome] {
            if (!guard || !*outcome)
                return;
            if (!**outcome) {
                Q_EMIT guard->failed((*outcome)->error());
                return;
            }
            guard->m_releases = *std::move(**outcome);
            guard->m_areReleasesKnown = true;
            Q_EMIT guard->releasesChanged();
        });
}

QString ExportController::placeOf(const ReleaseEntry& release)
{
    return QSettings().value(placeKey(release.manifestSha256)).toString();
}

void ExportController::rememberPlace(const std::string& manifestSha256, const QString& path)
{
    if (!manifestSha256.empty() && !path.isEmpty())
        QSettings().setValue(placeKey(manifestSha256), path);
}

void ExportController::verify(const QString& path)
{
    ++m_reading;
    Q_EMIT readingChanged();
    m_fileLane.run(
        this,
        [backend = m_backend, path = localPath(path), stop = m_readStop](const std::stop_token& atEnd) {
            std::stop_source both = stop;
            const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
            return backend->verify(path, both.get_token());
        },
        [this, path](const Result<ReleaseVerdict>& verdict) {
            --m_reading;
            Q_EMIT readingChanged();
            if (verdict)
                Q_EMIT verified(path, *verdict);
            else
                Q_EMIT failed(verdict.error());
        });
}

void ExportController::compare(const QString& firstPath, const QString& secondPath)
{
    ++m_reading;
    Q_EMIT readingChanged();
    m_fileLane.run(
        this,
        [backend = m_backend, first = localPath(firstPath), second = localPath(secondPath),
         stop = m_readStop](const std::stop_token& atEnd) {
            std::stop_source both = stop;
            const std::stop_callback link(atEnd, [&both] { both.request_stop(); });
            return backend->diff(first, second, both.get_token());
        },
        [this, firstPath, secondPath](Result<ReleaseDiff> diff) {
            --m_reading;
            Q_EMIT readingChanged();
            if (diff)
                Q_EMIT compared(std::make_shared<const ComparedReleases>(
                    ComparedReleases{*std::move(diff), firstPath, secondPath}));
            else
                Q_EMIT failed(diff.error());
        });
}

void ExportController::stopReading()
{
    m_readStop.request_stop();
    m_readStop = {};
}

void ExportController::save(const QString& path, const QString& text)
{
    write(path, [text = text.toStdString()](ExchangeBackend&) { return text; });
}

void ExportController::saveDiff(const QString& path, const std::shared_ptr<const ComparedReleases>& releases)
{
    write(path, [releases](ExchangeBackend& backend) { return backend.diffDocument(releases->diff); });
}

void ExportController::write(const QString& path, const std::function<std::string(ExchangeBackend&)>& text)
{
    m_fileLane.run(
        this,
        [backend = m_backend, local = localPath(path), text](const std::stop_token&) {
            return backend->save(local, text(*backend));
        },
        [this, path](const Result<void>& outcome) {
            if (outcome)
                Q_EMIT saved(path);
            else
                Q_EMIT failed(outcome.error());
        });
}

} // namespace ps
