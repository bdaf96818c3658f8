// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_panel.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/models/report_charts.h"

#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace ps {

ModelsPanel::ModelsPanel(ModelsController& models, ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_models(models), m_actions(actions), m_model(new ModelListModel(this)),
      m_list(new QListView(this)), m_empty(new QLabel(this)), m_activate(new QPushButton(tr("Make active"), this)),
      m_back(new QPushButton(tr("Back to the previous"), this)), m_import(new QPushButton(tr("Import..."), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ModelDelegate(*m_model, theme, m_list));
    m_list->setAccessibleName(tr("Models"));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setProperty("muted", true);
    m_empty->setAlignment(Qt::AlignTop);
    m_empty->setText(tr("There are no models yet. Train one here, or import a file of the scripts."));
    m_empty->setContentsMargins(4, 8, 4, 8);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    buildButtons();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        updateButtons();
        Q_EMIT currentChanged();
    });
    connect(&models, &ModelsController::listed, this, &ModelsPanel::showListing);
    connect(&models.project(), &ProjectController::opened, this, &ModelsPanel::updateButtons);
    connect(&models.project(), &ProjectController::closed, this, &ModelsPanel::updateButtons);
    connect(&models, &ModelsController::refused, this, &ModelsPanel::askGate);
    connect(&theme, &Theme::changed, m_list, [this] { m_list->viewport()->update(); });
    showListing();
}

void ModelsPanel::buildButtons()
{
    makePrimary(m_activate);
    m_back->setIcon(icon(QStringLiteral("undo")));
    m_import->setIcon(icon(QStringLiteral("folder-open")));
    for (QPushButton* button : {m_activate, m_back, m_import})
        layout()->addWidget(button);
    const auto follow = [this](const char* id, QPushButton* button, auto run) {
        QAction* const action = m_actions.action(id);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::triggered, this, run);
        m_list->addAction(action);
    };
    follow("models.activate", m_activate, [this] { activateCurrent(); });
    follow("models.rollBack", m_back, [this] { goBack(); });
    follow("models.import", m_import, [this] { Q_EMIT importWanted(); });
}

const ModelRecord* ModelsPanel::current() const
{
    return m_model->recordAt(m_list->currentIndex());
}

void ModelsPanel::select(const QString& id)
{
    const QModelIndex index = m_model->indexOf(id);
    if (index.isValid())
        m_list->setCurrentIndex(index);
    else
        m_wanted = id;
}

void ModelsPanel::showListing()
{
    const ModelRecord* const before = current();
    const QString keep = before ? fromCore(before->id) : QString();
    m_model->setListing(m_models.listing());
    const bool isEmpty = m_model->rowCount({}) == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    QModelIndex index = m_model->indexOf(m_wanted);
    if (index.isValid())
        m_wanted.clear();
    else
        index = m_model->indexOf(keep);
    if (!index.isValid() && m_models.listing())
        index = m_model->indexOf(fromCore(m_models.listing()->activeIds[0]));
    m_list->setCurrentIndex(index.isValid() ? index : m_model->index(0, 0));
    updateButtons();
    Q_EMIT currentChanged();
}

void ModelsPanel::updateButtons()
{
    const ModelRecord* const record = current();
    const bool mayWrite = m_models.project().isOpen() && !m_models.project().isViewing();
    const bool isActive = record && m_models.listing()->isActive(*record);
    m_activate->setEnabled(record && !isActive && mayWrite);
    m_activate->setText(isActive ? tr("Is active") : tr("Make active"));
    const auto task = record ? static_cast<std::size_t>(record->task) : 0;
    const auto previous = record ? m_models.listing()->previousIds[task] : std::nullopt;
    m_back->setEnabled(previous && mayWrite);
    m_back->setText(!previous           ? tr("Back to the previous")
                    : previous->empty() ? tr("Back to no model")
                                        : tr("Back to %1").arg(fromCore(*previous)));
    m_import->setEnabled(mayWrite);
    m_actions.action("models.activate")->setEnabled(m_activate->isEnabled());
    m_actions.action("models.rollBack")->setEnabled(m_back->isEnabled());
    m_actions.action("models.import")->setEnabled(mayWrite);
}

void ModelsPanel::activateCurrent()
{
    if (const ModelRecord* const record = current())
        m_models.activate(fromCore(record->id), false);
}

void ModelsPanel::goBack()
{
    if (const ModelRecord* const record = current())
        m_models.rollBack(record->task);
}

void ModelsPanel::askGate(const QString& id, const Error& error)
{
    const ModelRecord* const record = m_models.listing() ? m_models.listing()->find(id.toStdString()) : nullptr;
    const QString reason = record && record->report ? verdictText(*record->report) : fromCore(error.message);
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::NoIcon);
    box->setWindowTitle(tr("%1 is not proposed").arg(id));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("%1 did not pass the test on the hold-out, so the present model stays.").arg(id));
    box->setInformativeText(reason);
    auto* use = box->addButton(tr("Use it all the same"), QMessageBox::DestructiveRole);
    auto* keep = box->addButton(tr("Keep the present one"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(use, &QPushButton::clicked, this, [this, id] { m_models.activate(id, true); });
    box->open();
}

} // namespace ps
