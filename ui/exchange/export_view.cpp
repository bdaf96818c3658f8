// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/export_view.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/exchange/check_rules.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/export_form.h"
#include "ui/exchange/format_list.h"
#include "ui/exchange/preview_panel.h"
#include "ui/exchange/releases_page.h"
#include "ui/models/chart_content.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr const char* kFolderSetting = "exchange/exportFolder";
constexpr int kWhole = 1000;
constexpr QSize kLeastPage{960, 320};

} // namespace

ExportView::ExportView(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, PictureLoader& loader,
                       ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_exports(controller, std::move(backend), nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 12, 0);
    layout->setSpacing(10);
    auto* title = new QLabel(tr("Export"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    layout->addWidget(title);
    m_tabs = new QTabWidget(this);
    auto* scroll = new QScrollArea(m_tabs); // three columns stay side by side in a narrow window
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    page->setMinimumSize(kLeastPage);
    scroll->setWidget(page);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(2, 12, 0, 12);
    row->setSpacing(22);
    m_form = new ExportForm(page);
    m_preview = new PreviewPanel(theme, page);
    auto* right = new QVBoxLayout;
    right->setSpacing(10);
    right->addWidget(m_preview, 1);
    right->addWidget(makeRun());
    row->addWidget(m_form);
    row->addLayout(right, 1);
    m_releases = new ReleasesPage(m_exports, loader, theme, m_tabs);
    m_tabs->addTab(scroll, tr("New release"));
    m_tabs->addTab(m_releases, tr("Releases"));
    layout->addWidget(m_tabs, 1);
    setFocusProxy(m_tabs);
    // What had the focus is hidden with its page; it would go on to the first thing of the window.
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        if (isVisible())
            (tab == 0 ? static_cast<QWidget*>(&m_form->formats()) : &m_releases->list())->setFocus();
    });
    connectParts(actions);
    onFormChanged();
}

QWidget* ExportView::makeRun()
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 14, 0);
    layout->setSpacing(8);
    m_resultBox = new QWidget(box);
    auto* result = new QHBoxLayout(m_resultBox);
    result->setContentsMargins(0, 0, 0, 0);
    m_result = new QLabel(m_resultBox);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_showFolder = new QPushButton(icon(QStringLiteral("folder-open")), tr("Show folder"), m_resultBox);
    m_verify = new QPushButton(icon(QStringLiteral("check")), tr("Verify"), m_resultBox);
    m_verify->setToolTip(tr("Read every file again and compare it with the manifest."));
    result->addWidget(m_result, 1);
    result->addWidget(m_showFolder, 0, Qt::AlignTop);
    result->addWidget(m_verify, 0, Qt::AlignTop);
    m_resultBox->hide();
    m_bar = new QProgressBar(box);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the export"));
    m_bar->hide();
    auto* row = new QHBoxLayout;
    m_reason = new QLabel(box);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_cancel = new QPushButton(tr("Cancel"), box);
    m_cancel->setToolTip(tr("Nothing appears under the name of the release; what is done is used again next time."));
    m_cancel->hide();
    m_export = new QPushButton(tr("Export"), box);
    makePrimary(m_export);
    row->addWidget(m_reason, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_export);
    layout->addWidget(m_resultBox);
    layout->addWidget(m_bar);
    layout->addLayout(row);
    return box;
}

void ExportView::connectParts(ActionTable& actions)
{
    m_startAction = actions.action("export.start");
    connect(m_startAction, &QAction::triggered, this, &ExportView::startOrCancel);
    connect(m_export, &QPushButton::clicked, this, &ExportView::startOrCancel);
    connect(m_cancel, &QPushButton::clicked, &m_exports, &ExportController::cancel);
    connect(m_showFolder, &QPushButton::clicked, this, [this] { ReleasesPage::showFolder(m_resultPath); });
    connect(m_verify, &QPushButton::clicked, this, [this] {
        m_tabs->setCurrentWidget(m_releases);
        m_exports.verify(m_resultPath);
    });
    for (const char* id : {"export.verify", "export.compare"})
        connect(actions.action(id), &QAction::triggered, this, [this] { m_tabs->setCurrentWidget(m_releases); });
    connect(actions.action("export.verify"), &QAction::triggered, m_releases, &ReleasesPage::verifyChosen);
    connect(actions.action("export.compare"), &QAction::triggered, m_releases, &ReleasesPage::compareChosen);
    connect(m_form, &ExportForm::changed, this, &ExportView::onFormChanged);
    connect(&m_preview->checks(), &CheckRules::changed, this, &ExportView::onFormChanged);
    connect(&m_exports, &ExportController::previewChanged, this, [this] {
        m_preview->show(m_exports);
        if (m_exports.preview())
            m_form->setProposedName(fromCore(m_exports.preview()->release.name));
        showRun();
    });
    connect(&m_exports, &ExportController::previewProgressed, this, [this] { m_preview->show(m_exports); });
    connect(&m_exports, &ExportController::exportChanged, this, &ExportView::showRun);
    connect(&m_exports, &ExportController::exported, this, &ExportView::showResult);
    connect(&m_exports, &ExportController::exportFailed, this, &ExportView::showFailure);
    connect(&m_exports, &ExportController::failed, this, &ExportView::failed);
    connect(m_releases, &ReleasesPage::said, this, &ExportView::said);
    connect(&m_controller, &ProjectController::opened, this, &ExportView::onOpened);
    connect(&m_controller, &ProjectController::groupsChanged, this, &ExportView::onChanged);
    connect(&m_controller, &ProjectController::groupsReset, this, &ExportView::onChanged);
    connect(&m_controller, &ProjectController::closed, this, [this] {
        m_preview->checks().clearRules();
        m_resultBox->hide();
        showRun();
    });
}

void ExportView::onOpened()
{
    m_form->setViewing(m_controller.isViewing());
    const QString known = QSettings().value(QLatin1String(kFolderSetting)).toString();
    m_form->setDefaultFolder(known.isEmpty() ? usualFolder() : known);
    m_form->setProposedName({});
    onChanged();
}

QString ExportView::usualFolder() const
{
    return m_controller.address().workspacePath + QStringLiteral("/exports");
}

void ExportView::onChanged()
{
    m_needsPreview = true;
    if (isVisible())
        onFormChanged();
}

void ExportView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_needsPreview)
        onFormChanged();
    if (m_controller.isOpen() && !m_exports.areReleasesKnown())
        m_exports.refreshReleases();
}

void ExportView::onFormChanged()
{
    m_needsPreview = true;
    if (!m_form->problem().isEmpty()) {
        m_exports.forgetPreview();
    } else if (isVisible() && m_controller.isOpen() && !m_exports.isExporting()) {
        ExportOrder order = m_form->order();
        order.request.checkRules = m_preview->checks().rules();
        m_needsPreview = false;
        m_exports.setOrder(order);
    }
    showRun();
}

// ---- running -------------------------------------------------------------------------------------------------------

QString ExportView::reason() const
{
    if (!m_controller.isOpen())
        return tr("Open a project first.");
    if (const QString problem = m_form->problem(); !problem.isEmpty())
        return problem;
    if (m_exports.previewError())
        return tr("This choice cannot be exported; the reason stands above.");
    if (!m_exports.isPreviewCurrent())
        return tr("The counts are being worked out.");
    const ExportPreview& preview = *m_exports.preview();
    if (!preview.release.leaks.empty())
        return tr("A leak between the sides forbids it: see the chain of images above.");
    for (const ReleasePreview::CheckResult& check : preview.release.checks) {
        if (check.rule == CheckRule::Block && check.count > 0)
            return tr("Blocked by a check: %1 Solve it in Inspect, or choose another rule above.")
                .arg(exchangeCheckText(check.check));
    }
    if (preview.release.exported == 0)
        return m_controller.counts().decided() == 0
                   ? tr("There is nothing to export yet: decide groups in Review first.")
                   : tr("Nothing is left to export of this choice.");
    if (preview.isPlaceTaken)
        return tr("%1 is there already in that folder. Nothing is replaced: choose another name.")
            .arg(fromCore(preview.release.name));
    return {};
}

QString ExportView::reasonShown() const
{
    return m_reason->text();
}

QString ExportView::resultShown() const
{
    return m_resultBox->isHidden() ? QString() : m_result->text();
}

void ExportView::startOrCancel()
{
    if (m_exports.isExporting()) {
        m_exports.cancel();
        return;
    }
    m_tabs->setCurrentIndex(0);
    if (!reason().isEmpty())
        return; // it stands beside the button
    // A folder of one's own choice is remembered; the usual one is another in each workspace.
    if (const QString folder = m_form->folder().text().trimmed(); folder == usualFolder())
        QSettings().remove(QLatin1String(kFolderSetting));
    else
        QSettings().setValue(QLatin1String(kFolderSetting), folder);
    m_resultBox->hide();
    m_exports.start();
}

void ExportView::showRun()
{
    const bool isRunning = m_exports.isExporting();
    const bool hadFocus = m_export->hasFocus() || m_cancel->hasFocus();
    m_bar->setVisible(isRunning);
    m_cancel->setVisible(isRunning);
    m_export->setVisible(!isRunning);
    if (hadFocus && isRunning)
        m_cancel->setFocus(); // else it would jump to the first thing of the window
    m_form->setEnabled(!isRunning);
    m_preview->checks().setEnabled(!isRunning);
    if (isRunning) {
        const int permille = m_exports.exportPace().permille();
        m_bar->setRange(0, permille < 0 ? 0 : kWhole);
        m_bar->setValue(qMax(permille, 0));
        const QString pace = m_exports.exportPace().text();
        m_reason->setProperty("attention", false);
        m_reason->setText(m_exports.isCancelling() ? tr("Stops at the next safe place...")
                          : pace.isEmpty()         ? tr("Beginning...")
                                                   : pace);
        m_cancel->setEnabled(!m_exports.isCancelling());
        return;
    }
    const QString why = reason();
    m_export->setEnabled(why.isEmpty());
    m_export->setToolTip(why.isEmpty() ? m_startAction->toolTip() : why);
    if (hadFocus)
        (why.isEmpty() ? static_cast<QWidget*>(m_export) : &m_form->name())->setFocus();
    // That the name is taken goes without saying where it is said that it was just published.
    const bool isSaid = !m_resultBox->isHidden() && m_exports.isPreviewCurrent() && m_exports.preview()->isPlaceTaken &&
                        fromCore(m_exports.preview()->release.name) == m_resultName;
    m_reason->setText(isSaid ? QString() : why);
}

void ExportView::showResult(const ReleaseReceipt& receipt)
{
    m_resultPath = fromCore(receipt.path);
    m_resultName = fromCore(receipt.name);
    m_result->setText(QStringLiteral("✓ ") +
                      tr("%1 is published and was read back: %2 groups, %3 images, %4 files, %5.")
                          .arg(fromCore(receipt.name), countText(receipt.preview.exported),
                               countText(receipt.written.images), countText(receipt.fileCount),
                               bytesText(receipt.byteCount)) +
                      QLatin1Char('\n') + m_resultPath);
    m_resultBox->show();
    Q_EMIT said(tr("%1 is published.").arg(fromCore(receipt.name)));
}

void ExportView::showFailure(const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        Q_EMIT said(tr("Cancelled. Nothing was published."));
    else
        Q_EMIT failed(error);
}

} // namespace ps
