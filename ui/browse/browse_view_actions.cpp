// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done with the groups that are selected in Browse.
#include "ui/browse/batch_dialog.h"
#include "ui/browse/browse_files.h"
#include "ui/browse/browse_view.h"
#include "ui/browse/contact_sheet.h"
#include "ui/common/error_text.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDrag>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace ps {

namespace {

constexpr int kZoomStep = 24;
constexpr int kDragPictureSide = 96;

} // namespace

void BrowseView::connectActions()
{
    m_actions.install(ActionScope::Browse, this);
    const auto on = [this](const char* id, const std::function<void()>& run) {
        connect(m_actions.action(id), &QAction::triggered, this, run);
    };
    on("browse.keep1", [this] { decide({Action::Approve, 0}); });
    on("browse.keep2", [this] { decide({Action::Approve, 1}); });
    on("browse.keep3", [this] { decide({Action::Approve, 2}); });
    on("browse.keep4", [this] { decide({Action::Approve, 3}); });
    on("browse.reject", [this] { decide({Action::Reject, 0}); });
    on("browse.decide", [this] { askDecision(std::nullopt); });
    on("browse.filter", [this] { m_filter->focusFilter(); });
    on("browse.copyFiles", [this] { copyFiles(); });
    on("browse.copyNames", [this] { copyNames(); });
    on("browse.showFolder", [this] { showInFileManager(); });
    on("browse.selectAll", [this] { m_list.selection().selectAll(); });
    on("browse.selectNone", [this] { m_list.selection().selectNone(); });
    on("browse.invert", [this] { m_list.selection().invert(); });
    on("browse.larger", [this] { m_sheet->setCellSize(m_sheet->cellSize() + kZoomStep); });
    on("browse.smaller", [this] { m_sheet->setCellSize(m_sheet->cellSize() - kZoomStep); });
    on("browse.grid", [this] { setMode(BrowseMode::Grid); });
    on("browse.bands", [this] { setMode(BrowseMode::Bands); });
    on("browse.table", [this] { setMode(BrowseMode::Table); });
    on("browse.similar", [this] {
        const GroupEntry* const entry = m_list.source().known(m_list.selection().current());
        if (entry && !entry->key.empty())
            showSimilar(fromCore(entry->key));
    });
    on("browse.duplicates", [this] { showDuplicates(); });
    on("browse.quality", [this] { showQuality(!m_quality || m_quality->isHidden()); });
}

// ---- lists ---------------------------------------------------------------------------------------------------------

void BrowseView::showSimilar(const QString& groupKey)
{
    m_list.setQuery({"similar:" + groupKey.toStdString(), {GroupSort::By::Similar, false}});
    Q_EMIT said(tr("Similar groups, the most similar first. All shows every group again."));
}

void BrowseView::showDuplicates()
{
    m_list.setQuery({"duplicate:yes", {GroupSort::By::Duplicates, false}});
    if (m_mode == BrowseMode::Table)
        setMode(BrowseMode::Grid);
}

void BrowseView::showQuality(bool isShown)
{
    if (!m_quality) {
        if (!isShown)
            return;
        m_quality = new QualityPanel(m_controller, m_theme, this);
        m_middle->addWidget(m_quality);
        m_quality->setQueryText(m_list.query().text);
        connect(m_quality, &QualityPanel::queryWanted, m_filter, &FilterBar::setText);
        connect(m_quality, &QualityPanel::duplicatesWanted, this, &BrowseView::showDuplicates);
    }
    m_quality->setVisible(isShown);
    m_filter->setQualityShown(isShown);
    if (isShown)
        m_quality->updateHistograms();
}

void BrowseView::openInReview(std::int64_t position)
{
    const std::int64_t ordinal = m_list.ordinalOf(position);
    if (ordinal >= 0)
        Q_EMIT activated(ordinal);
}

// ---- deciding ------------------------------------------------------------------------------------------------------

void BrowseView::decide(const BatchChoice& choice)
{
    if (m_controller.isViewing() || !m_list.isListed() || m_list.selection().current() < 0)
        return;
    const std::vector<std::int64_t> target = m_list.targets().count() == 1 ? m_list.targetOrdinals()
                                                                           : std::vector<std::int64_t>();
    if (target.empty())
        askDecision(choice); // many at once only after a look at what would happen
    else
        m_controller.decideAt(target.front(), m_list.contentVersion(), choice);
}

void BrowseView::askDecision(std::optional<BatchChoice> choice)
{
    if (m_controller.isViewing() || !m_list.isListed() || m_list.selection().current() < 0)
        return;
    if (m_list.targets().count() > static_cast<std::int64_t>(kMostBatchGroups)) {
        Q_EMIT said(tr("At most %1 groups are decided at once. Select fewer.")
                        .arg(QLocale().toString(static_cast<qlonglong>(kMostBatchGroups))));
        return;
    }
    auto* dialog = new BatchDialog(m_controller, m_list.targetOrdinals(), m_list.contentVersion(), choice, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this] { pictures().setFocus(); });
    dialog->open();
}

void BrowseView::onGroupDecided(const BatchPlan& plan)
{
    if (plan.decided() > 0) {
        Q_EMIT said(choiceText(plan.choice));
        return;
    }
    for (std::size_t reason = 0; reason < kBatchSkipCount; ++reason) {
        if (plan.skipped[reason] > 0)
            Q_EMIT said(tr("Not decided: %1").arg(skipText(static_cast<BatchSkip>(reason), 1)));
    }
}

// ---- files ---------------------------------------------------------------------------------------------------------

void BrowseView::withFiles(const std::function<void(const GroupRows&)>& use)
{
    if (!m_list.isListed())
        return;
    if (m_list.targets().count() > kMostFileGroups) {
        Q_EMIT said(tr("The files of at most %1 groups are copied at once. Select fewer.")
                        .arg(QLocale().toString(static_cast<qlonglong>(kMostFileGroups))));
        return;
    }
    m_controller.requestRows(m_list.targetOrdinals(), true, [this, use](const Result<GroupRows>& rows) {
        if (rows && m_controller.session())
            use(*rows);
    });
}

void BrowseView::copyFiles()
{
    withFiles([this](const GroupRows& rows) {
        const QStringList files = filesOf(*m_controller.session(), rows);
        QApplication::clipboard()->setMimeData(mimeDataOf(files).release());
        Q_EMIT said(tr("%Ln file(s) copied.", nullptr, static_cast<int>(files.size())));
    });
}

void BrowseView::copyNames()
{
    withFiles([this](const GroupRows& rows) {
        QStringList names;
        for (const QString& file : filesOf(*m_controller.session(), rows))
            names.append(QFileInfo(file).fileName());
        QApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
        Q_EMIT said(tr("%Ln name(s) copied.", nullptr, static_cast<int>(names.size())));
    });
}

void BrowseView::showInFileManager()
{
    const std::int64_t ordinal = m_list.ordinalOf(m_list.selection().current());
    if (ordinal < 0)
        return;
    m_controller.requestRows({ordinal}, true, [this](const Result<GroupRows>& rows) {
        if (!rows || !m_controller.session())
            return;
        const QStringList files = filesOf(*m_controller.session(), *rows);
        if (!files.isEmpty())
            QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(files.first()).absolutePath()));
    });
}

void BrowseView::prepareDrag()
{
    // The files are looked up while the button is going down, so that they are there when it is pulled.
    m_dragFiles.clear();
    m_isDragWanted = false;
    const std::uint64_t request = ++m_dragRequest;
    if (m_list.targets().count() > kMostFileGroups)
        return; // said when it is pulled
    withFiles([this, request](const GroupRows& rows) {
        if (request != m_dragRequest)
            return;
        m_dragFiles = filesOf(*m_controller.session(), rows);
        if (m_isDragWanted && (QApplication::mouseButtons() & Qt::LeftButton))
            startDrag();
    });
}

void BrowseView::startDrag()
{
    m_isDragWanted = m_dragFiles.isEmpty();
    if (m_list.targets().count() > kMostFileGroups)
        return withFiles({}); // says why not
    if (m_isDragWanted)
        return; // when they have come
    auto* drag = new QDrag(this);
    drag->setMimeData(mimeDataOf(m_dragFiles).release());
    const QRect cell = m_sheet->cellRect(m_list.selection().current());
    const QPixmap picture = m_sheet->viewport()->grab(cell.intersected(m_sheet->viewport()->rect()));
    if (!picture.isNull())
        drag->setPixmap(picture.scaled(QSize(kDragPictureSide, kDragPictureSide) * devicePixelRatioF(),
                                       Qt::KeepAspectRatio, Qt::SmoothTransformation));
    m_dragFiles.clear();
    drag->exec(Qt::CopyAction); // the platform's own loop: Qt has no other way to drag out of a program
}

// ---- menu ----------------------------------------------------------------------------------------------------------

void BrowseView::openMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_list.selection().current() >= 0) {
        menu->addAction(tr("Open in Review"), this, [this] { openInReview(m_list.selection().current()); });
        menu->addAction(m_actions.action("browse.similar"));
        menu->addSeparator();
        for (const char* id :
             {"browse.keep1", "browse.keep2", "browse.keep3", "browse.keep4", "browse.reject", "browse.decide"}) {
            menu->addAction(m_actions.action(id));
        }
        menu->addSeparator();
        for (const char* id : {"browse.copyFiles", "browse.copyNames", "browse.showFolder"})
            menu->addAction(m_actions.action(id));
        menu->addSeparator();
    }
    for (const char* id : {"browse.selectAll", "browse.selectNone", "browse.invert"})
        menu->addAction(m_actions.action(id));
    menu->popup(globalPosition);
}

} // namespace ps
