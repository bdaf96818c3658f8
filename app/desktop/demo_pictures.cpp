// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/demo_pictures.h"

#include "ui/common/error_text.h"
#include "ui/crop/crop_view.h"
#include "ui/inspect/inspect_view.h"
#include "ui/models/models_view.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <QDir>
#include <QPixmap>
#include <QTimer>

namespace ps {

namespace {

constexpr int kCheckMs = 150;
constexpr int kMaxChecks = 400; ///< a minute for one picture
/// Pictures and thumbnails that come in after the main one.
constexpr int kSettleChecks = 8;

} // namespace

DemoPictures::DemoPictures(MainWindow& window, const QString& folderPath, QObject* parent)
    : QObject(parent), m_window(window), m_folderPath(folderPath)
{
    addSteps();
}

void DemoPictures::addSteps()
{
    const auto hasPictures = [this] {
        return m_window.review().lightTable().group() && m_window.review().lightTable().isComplete();
    };
    m_steps.append(
        {QStringLiteral("review"), [this] { m_window.showWorkplace(MainWindow::WorkplaceReview); }, hasPictures});
    m_steps.append({QStringLiteral("crop"), [this] { m_window.showWorkplace(MainWindow::WorkplaceCrop); },
                    [this] { return m_window.crop().isShowingPicture(); }});
    m_steps.append({QStringLiteral("browse"), [this] { m_window.showWorkplace(MainWindow::WorkplaceBrowse); },
                    [] { return true; }});
    m_steps.append({QStringLiteral("inspect"), [this] { m_window.showWorkplace(MainWindow::WorkplaceInspect); },
                    [this] { return m_window.inspector().hasReport(); }});
    m_steps.append({QStringLiteral("models"), [this] { m_window.showWorkplace(MainWindow::WorkplaceModels); },
                    [this] { return m_window.models().models().listing() != nullptr; }});
}

void DemoPictures::start()
{
    ProjectController& controller = m_window.controller();
    connect(&controller, &ProjectController::opened, this, &DemoPictures::goOn);
    connect(&controller, &ProjectController::openFailed, this,
            [this](const ProjectAddress&, ProjectController::Access, const Error& error) { finish(errorLine(error)); });
    connect(&m_window.opening(), &ProjectOpening::failed, this,
            [this](const Error& error) { finish(errorLine(error)); });
    if (!QDir().mkpath(m_folderPath)) {
        finish(tr("The folder %1 cannot be made.").arg(m_folderPath));
        return;
    }
    m_window.opening().openDemo(QDir(QDir(m_folderPath).absolutePath()).filePath(QStringLiteral("demo")));
}

void DemoPictures::goOn()
{
    ++m_current;
    m_checks = 0;
    if (m_current >= m_steps.size()) {
        finish({});
        return;
    }
    m_steps[m_current].begin();
    QTimer::singleShot(kCheckMs, this, &DemoPictures::check);
}

void DemoPictures::check()
{
    if (m_isFinished)
        return;
    const Step& step = m_steps[m_current];
    ++m_checks;
    if (m_checks > kMaxChecks) {
        finish(tr("The picture \"%1\" did not become ready.").arg(step.name));
        return;
    }
    if (m_checks < kSettleChecks || !step.isReady() || m_window.controller().isBusy()) {
        QTimer::singleShot(kCheckMs, this, &DemoPictures::check);
        return;
    }
    const QString path = QDir(m_folderPath).filePath(step.name + QStringLiteral(".png"));
    if (!m_window.grab().save(path)) {
        finish(tr("%1 cannot be written.").arg(path));
        return;
    }
    Q_EMIT saved(path);
    goOn();
}

void DemoPictures::finish(const QString& problem)
{
    if (std::exchange(m_isFinished, true))
        return;
    Q_EMIT finished(problem);
}

} // namespace ps
