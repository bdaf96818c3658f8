// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_dialogs.h"

#include "core/decisions/group_id.h"
#include "ui/common/buttons.h"
#include "ui/common/icons.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kDialogWidth = 560;

QPushButton* addButtons(QDialog* dialog, QVBoxLayout* layout, const QString& acceptText)
{
    auto* buttons = new QDialogButtonBox(dialog);
    buttons->addButton(QDialogButtonBox::Cancel);
    QPushButton* const accept = buttons->addButton(acceptText, QDialogButtonBox::AcceptRole);
    makePrimary(accept);
    accept->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    return accept;
}

QVBoxLayout* dialogLayout(QDialog* dialog)
{
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 18);
    layout->setSpacing(14);
    dialog->setMinimumWidth(kDialogWidth);
    return layout;
}

} // namespace

// ---- a new project -------------------------------------------------------------------------------------------------

NewProjectDialog::NewProjectDialog(const NewProject& proposal, QWidget* parent)
    : QDialog(parent), m_images(new QLineEdit(proposal.imagesPath, this)),
      m_workspace(new QLineEdit(proposal.workspacePath, this)), m_id(new QLineEdit(proposal.projectId, this)),
      m_explanation(new QLabel(this))
{
    setWindowTitle(tr("New project"));
    QVBoxLayout* const layout = dialogLayout(this);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(10);
    const auto addFolder = [&](const QString& label, QLineEdit* field, const QString& title) {
        auto* line = new QHBoxLayout;
        auto* browse = new QToolButton(this);
        browse->setIcon(icon(QStringLiteral("folder-open")));
        browse->setToolTip(title);
        browse->setAccessibleName(title);
        connect(browse, &QToolButton::clicked, this, [this, field, title] { chooseFolder(field, title); });
        line->addWidget(field, 1);
        line->addWidget(browse);
        auto* name = new QLabel(label, this);
        name->setBuddy(field);
        form->addRow(name, line);
    };
    addFolder(tr("&Images"), m_images, tr("Choose the folder of images"));
    addFolder(tr("&Workspace"), m_workspace, tr("Choose the workspace"));
    form->addRow(tr("&Project id"), m_id);
    layout->addLayout(form);
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    layout->addWidget(m_explanation);
    m_create = addButtons(this, layout, tr("Make the project"));
    for (QLineEdit* field : {m_images, m_workspace, m_id})
        connect(field, &QLineEdit::textChanged, this, &NewProjectDialog::explain);
    explain();
}

NewProject NewProjectDialog::project() const
{
    return {m_images->text(), m_workspace->text(), m_id->text()};
}

void NewProjectDialog::chooseFolder(QLineEdit* target, const QString& title)
{
    auto* dialog = new QFileDialog(this, title, target->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this, target](const QString& path) {
        target->setText(path);
        if (target == m_images && m_workspace->text().isEmpty())
            m_workspace->setText(path);
        if (target == m_images && m_id->text().isEmpty())
            m_id->setText(ProjectOpening::proposedId(path));
    });
    dialog->open();
}

void NewProjectDialog::explain()
{
    const bool hasId = isValidProjectId(m_id->text().toStdString());
    const bool hasFolders = QDir::isAbsolutePath(m_images->text()) && QDir::isAbsolutePath(m_workspace->text());
    m_create->setEnabled(hasId && hasFolders);
    if (!hasId)
        m_explanation->setText(tr("A project id consists of letters, digits, _ and -."));
    else if (!hasFolders)
        m_explanation->setText(
            tr("Choose the folder of images, and the workspace in which the project's files will be."));
    else
        m_explanation->setText(
            tr("Decisions go to:\n%1\n\nThe images stay where they are until you finalize. Then they move into folders "
               "whose "
               "names begin with two underscores, as __selected and __delete_staging, and one undo brings them back.")
                .arg(QDir(m_workspace->text())
                         .filePath(QStringLiteral("data/training/ai_training_decisions/%1.db").arg(m_id->text()))));
}

// ---- choosing one of several ---------------------------------------------------------------------------------------

ChooseProjectDialog::ChooseProjectDialog(const QString& workspacePath, const QStringList& projectIds, QWidget* parent)
    : QDialog(parent), m_list(new QListWidget(this))
{
    setWindowTitle(tr("Open a project"));
    QVBoxLayout* const layout = dialogLayout(this);
    auto* where = new QLabel(tr("Projects of %1").arg(workspacePath), this);
    where->setTextFormat(Qt::PlainText);
    where->setWordWrap(true);
    layout->addWidget(where);
    m_list->addItems(projectIds);
    m_list->setCurrentRow(0);
    m_list->setAccessibleName(tr("Projects"));
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::accept);
    layout->addWidget(m_list);
    addButtons(this, layout, tr("Open"));
}

QString ChooseProjectDialog::projectId() const
{
    return m_list->currentItem() ? m_list->currentItem()->text() : QString();
}

// ---- properties ----------------------------------------------------------------------------------------------------

ProjectPropertiesDialog::ProjectPropertiesDialog(const ProjectAddress& address, const ProjectProperties& properties,
                                                 QWidget* parent)
    : QDialog(parent), m_title(new QLineEdit(properties.title, this)),
      m_perFolder(new QCheckBox(tr("A group never spans two folders"), this)),
      m_hasTimeGap(new QCheckBox(tr("A pause begins a new group, in minutes:"), this)),
      m_timeGap(new QDoubleSpinBox(this)), m_archived(new QCheckBox(tr("Archived: finished work"), this))
{
    setWindowTitle(tr("Project properties"));
    QVBoxLayout* const layout = dialogLayout(this);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->addRow(tr("&Title"), m_title);
    auto* id = new QLabel(address.projectId, this);
    id->setTextFormat(Qt::PlainText);
    form->addRow(tr("Project id"), id);
    auto* workspace = new QLabel(address.workspacePath, this);
    workspace->setTextFormat(Qt::PlainText);
    workspace->setWordWrap(true);
    workspace->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(tr("Workspace"), workspace);
    layout->addLayout(form);

    m_perFolder->setChecked(properties.isGroupedPerFolder);
    layout->addWidget(m_perFolder);
    auto* gap = new QHBoxLayout;
    m_hasTimeGap->setChecked(properties.timeGapMinutes.has_value());
    m_timeGap->setRange(0.1, 10'000);
    m_timeGap->setDecimals(1);
    m_timeGap->setValue(properties.timeGapMinutes.value_or(30));
    m_timeGap->setEnabled(m_hasTimeGap->isChecked());
    m_timeGap->setAccessibleName(tr("Pause in minutes"));
    connect(m_hasTimeGap, &QCheckBox::toggled, m_timeGap, &QWidget::setEnabled);
    gap->addWidget(m_hasTimeGap);
    gap->addWidget(m_timeGap);
    gap->addStretch();
    layout->addLayout(gap);
    m_archived->setChecked(properties.isArchived);
    layout->addWidget(m_archived);
    auto* note = new QLabel(tr("Groups with a decision stay as they are, whatever is changed here."), this);
    note->setWordWrap(true);
    layout->addWidget(note);
    addButtons(this, layout, tr("Save"));
}

ProjectProperties ProjectPropertiesDialog::properties() const
{
    return {m_title->text().trimmed(), m_archived->isChecked(), m_perFolder->isChecked(),
            m_hasTimeGap->isChecked() ? std::optional(m_timeGap->value()) : std::nullopt};
}

} // namespace ps
