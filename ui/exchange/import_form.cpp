// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_form.h"

#include "core/decisions/group_id.h"
#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/program.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/rules_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kFormWidth = 350;
constexpr int kColumnsHeight = 92;

QLabel* heading(const QString& text, QWidget* field, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setContentsMargins(0, 8, 0, 0);
    label->setBuddy(field);
    if (field)
        field->setAccessibleName(text);
    return label;
}

std::pair<QWidget*, QVBoxLayout*> box(QVBoxLayout* layout)
{
    auto* widget = new QWidget(layout->parentWidget());
    auto* inside = new QVBoxLayout(widget);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(6);
    layout->addWidget(widget);
    return {widget, inside};
}

} // namespace

ImportForm::ImportForm(ImportController& import, QWidget* parent) : QWidget(parent), m_import(import)
{
    setFixedWidth(kFormWidth);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 12);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2, 0, 12, 0);
    layout->setSpacing(6);
    addSource(layout);
    addReading(layout);
    addTarget(layout);
    layout->addStretch(1);
    scroll->setWidget(page);
    outer->addWidget(scroll, 1);
    m_problem = new QLabel(this);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("muted", true);
    m_read = new QPushButton(tr("Read"), this);
    m_read->setToolTip(tr("Read the source to its end and show what it would change. Nothing is written."));
    makePrimary(m_read);
    outer->addWidget(m_problem);
    outer->addWidget(m_read);
    connect(m_read, &QPushButton::clicked, this, &ImportForm::readWanted);
    connect(this, &ImportForm::changed, this, &ImportForm::showFitting);
    connect(&import, &ImportController::rulesRead, m_rules, &RulesTable::setRules);
    connect(&import, &ImportController::projectsRead, this, [this](const QString& workspace, const QStringList& ids) {
        if (workspace != m_workspace->text())
            return;
        const QString typed = m_target->currentText();
        m_target->clear();
        m_target->addItem(tr("As the source says, row by row"), QString());
        for (const QString& id : ids)
            m_target->addItem(id, id);
        m_target->setCurrentText(typed);
    });
    showFitting();
}

// ---- building ------------------------------------------------------------------------------------------------------

void ImportForm::addSource(QVBoxLayout* layout)
{
    QWidget* const page = layout->parentWidget();
    m_kind = new QComboBox(page);
    m_kind->addItem(tr("Decisions or a dataset"));
    m_kind->addItem(tr("Crops from finished images (backfill)"));
    layout->addWidget(heading(tr("What to import"), m_kind, page));
    layout->addWidget(m_kind);
    m_source = new QLineEdit(page);
    m_source->setPlaceholderText(tr("A file, an archive or a folder"));
    layout->addWidget(heading(tr("From"), m_source, page));
    layout->addWidget(m_source);
    auto* row = new QHBoxLayout;
    m_file = new QPushButton(icon(QStringLiteral("database")), tr("File..."), page);
    m_file->setToolTip(tr("A log, a database, a dataset file, or a zip or tar archive of a dataset."));
    m_folder = new QPushButton(icon(QStringLiteral("folder-open")), tr("Folder..."), page);
    m_folder->setToolTip(tr("The folder of a dataset."));
    row->addWidget(m_file);
    row->addWidget(m_folder);
    row->addStretch(1);
    layout->addLayout(row);
    m_sourceHint = new QLabel(page);
    m_sourceHint->setWordWrap(true);
    m_sourceHint->setProperty("muted", true);
    layout->addWidget(m_sourceHint);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ImportForm::changed);
    connect(m_source, &QLineEdit::textChanged, this, &ImportForm::changed);
    connect(m_file, &QPushButton::clicked, this, &ImportForm::chooseFile);
    connect(m_folder, &QPushButton::clicked, this, [this] { chooseFolder(m_source, tr("The folder to import")); });
}

void ImportForm::addReading(QVBoxLayout* layout)
{
    QVBoxLayout* inside = nullptr;
    std::tie(m_formatBox, inside) = box(layout);
    m_format = new QComboBox(m_formatBox);
    m_format->addItem(tr("Found out from the source"), -1);
    for (const ImportFormatInfo& info : allImportFormats())
        m_format->addItem(importFormatText(info.format), static_cast<int>(info.format));
    m_format->setToolTip(tr("Choose one only where it is not found out rightly."));
    inside->addWidget(heading(tr("Format"), m_format, m_formatBox));
    inside->addWidget(m_format);
    std::tie(m_columnsBox, inside) = box(layout);
    m_columns = new QPlainTextEdit(m_columnsBox);
    m_columns->setPlaceholderText(QStringLiteral("image = file_name\nclass = label"));
    m_columns->setFixedHeight(kColumnsHeight);
    m_columns->setTabChangesFocus(true);
    m_columns->setToolTip(tr("One line for each of our fields: field = name of the column in the file."));
    inside->addWidget(heading(tr("Columns"), m_columns, m_columnsBox));
    inside->addWidget(m_columns);
    std::tie(m_backfillBox, inside) = box(layout);
    m_corrects = new QCheckBox(tr("Replace stored crops that are clearly worse"), m_backfillBox);
    m_corrects->setToolTip(tr("Otherwise a stored crop stays, and the difference is shown as a conflict."));
    m_rejects = new QCheckBox(tr("Reject groups without a finished image"), m_backfillBox);
    m_rejects->setToolTip(tr("Otherwise they stay undecided."));
    inside->addWidget(m_corrects);
    inside->addWidget(m_rejects);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportForm::changed);
    connect(m_columns, &QPlainTextEdit::textChanged, this, &ImportForm::changed);
    connect(m_corrects, &QCheckBox::toggled, this, &ImportForm::changed);
    connect(m_rejects, &QCheckBox::toggled, this, &ImportForm::changed);
}

void ImportForm::addTarget(QVBoxLayout* layout)
{
    QWidget* const page = layout->parentWidget();
    m_target = new QComboBox(page);
    m_target->setEditable(true);
    m_target->setInsertPolicy(QComboBox::NoInsert);
    m_target->addItem(tr("As the source says, row by row"), QString());
    m_target->setToolTip(tr("A project that is not there yet is made. Its name may be written here."));
    layout->addWidget(heading(tr("Into the project"), m_target, page));
    layout->addWidget(m_target);
    m_workspace = new QLineEdit(page);
    m_workspace->setPlaceholderText(tr("A folder that holds the projects"));
    auto* choose = new QToolButton(page);
    choose->setIcon(icon(QStringLiteral("folder-open")));
    choose->setToolTip(tr("Choose the workspace"));
    choose->setAccessibleName(tr("Choose the workspace"));
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_workspace, 1);
    row->addWidget(choose);
    layout->addWidget(heading(tr("Of the workspace"), m_workspace, page));
    layout->addLayout(row);
    m_showRules = new QPushButton(tr("Project rules..."), page);
    m_showRules->setCheckable(true);
    m_showRules->setToolTip(tr("Which project a row of a log belongs to, by names and days."));
    m_rulesBox = new QWidget(page);
    auto* inside = new QVBoxLayout(m_rulesBox);
    inside->setContentsMargins(0, 0, 0, 0);
    m_rules = new RulesTable(m_rulesBox);
    inside->addWidget(m_rules);
    m_rulesBox->hide();
    layout->addSpacing(8);
    layout->addWidget(m_showRules, 0, Qt::AlignLeft);
    layout->addWidget(m_rulesBox);
    connect(m_showRules, &QPushButton::toggled, m_rulesBox, &QWidget::setVisible);
    connect(m_target, &QComboBox::currentTextChanged, this, &ImportForm::changed);
    connect(m_workspace, &QLineEdit::textChanged, this, &ImportForm::changed);
    connect(m_workspace, &QLineEdit::editingFinished, this,
            [this] { m_import.requestProjects(m_workspace->text().trimmed()); });
    connect(choose, &QToolButton::clicked, this, [this] { chooseFolder(m_workspace, tr("The workspace")); });
}

void ImportForm::chooseFile()
{
    auto* dialog = new QFileDialog(
        this, tr("The file to import"), m_source->text(),
        tr("All that can be imported (*.csv *.db *.json *.jsonl *.xml *.yaml *.zip *.tar *.gz "
           "*.tgz);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_source, &QLineEdit::setText);
    dialog->open();
}

void ImportForm::chooseFolder(QLineEdit* field, const QString& title)
{
    auto* dialog = new QFileDialog(this, title, field->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this, field](const QString& path) {
        field->setText(path);
        if (field == m_workspace)
            m_import.requestProjects(path);
    });
    dialog->open();
}

// ---- what is chosen ------------------------------------------------------------------------------------------------

void ImportForm::setSource(const QString& path)
{
    m_source->setText(path);
}

void ImportForm::setBackfill(bool isBackfill)
{
    m_kind->setCurrentIndex(isBackfill ? 1 : 0);
}

void ImportForm::setTarget(const ProjectAddress& address)
{
    m_workspace->setText(address.workspacePath);
    // Logs name their projects themselves; originals are those of the project that is open.
    const bool isChosen = m_target->currentText() != m_target->itemText(0);
    if (m_kind->currentIndex() == 1 && !isChosen && !address.projectId.isEmpty())
        m_target->setCurrentText(address.projectId);
    m_import.requestProjects(address.workspacePath);
    m_import.requestKnownRules();
}

std::optional<ImportFormat> ImportForm::chosenFormat() const
{
    const int format = m_format->currentData().toInt();
    return format < 0 ? std::nullopt : std::optional(static_cast<ImportFormat>(format));
}

void ImportForm::showFitting()
{
    const bool isBackfill = m_kind->currentIndex() == 1;
    m_file->setVisible(!isBackfill);
    m_sourceHint->setText(
        isBackfill
            ? tr("The folder with the finished images. Each is looked for in the originals of the project; where it "
                 "is found beyond doubt, its place there is the crop.")
            : tr("Logs and databases of the scripts, YOLO, COCO, VOC, CVAT, labelme, image folders, WebDataset, CSV, "
                 "and archives of these."));
    m_formatBox->setVisible(!isBackfill);
    m_columnsBox->setVisible(!isBackfill && chosenFormat() == ImportFormat::Csv);
    m_backfillBox->setVisible(isBackfill);
    const auto format = chosenFormat();
    const bool mayNeedRules = !isBackfill && (!format || format == ImportFormat::DecisionLog);
    m_showRules->setVisible(mayNeedRules);
    m_rulesBox->setVisible(mayNeedRules && m_showRules->isChecked());
    const bool isBusy = m_import.isBusy();
    const QString why = problem();
    m_problem->setText(why);
    m_problem->setVisible(!why.isEmpty() && !isBusy);
    m_read->setEnabled(why.isEmpty() && !isBusy);
}

QString ImportForm::problem() const
{
    const bool isBackfill = m_kind->currentIndex() == 1;
    if (m_source->text().trimmed().isEmpty())
        return isBackfill ? tr("Choose the folder with the finished images.") : tr("Choose a file or a folder.");
    if (m_workspace->text().trimmed().isEmpty())
        return tr("Choose the workspace.");
    const std::string project = order().options.projectId;
    if (isBackfill && project.empty())
        return tr("Choose the project that has the originals.");
    if (!project.empty() && !isValidProjectId(project))
        return tr("A project is named with letters, digits, - and _ only.");
    if (!isBackfill && chosenFormat() == ImportFormat::Csv && columnMap().members().empty())
        return tr("Say which column is which.");
    return {};
}

Json ImportForm::columnMap() const
{
    Json map{Json::Object()};
    for (const QString& line : m_columns->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const qsizetype sign = line.indexOf(QLatin1Char('='));
        const QString field = line.left(sign).trimmed();
        const QString column = line.mid(sign + 1).trimmed();
        if (sign > 0 && !field.isEmpty() && !column.isEmpty())
            map.set(field.toStdString(), column.toStdString());
    }
    return map;
}

ImportOrder ImportForm::order() const
{
    ImportOrder order;
    order.workspacePath = localPath(m_workspace->text().trimmed());
    order.annotator = m_import.project().annotator().toStdString();
    order.isBackfill = m_kind->currentIndex() == 1;
    ImportOptions& options = order.options;
    options.sourcePath = localPath(m_source->text().trimmed());
    options.tool = programName();
    if (!order.isBackfill)
        options.format = chosenFormat();
    const bool isAsSourceSays = m_target->currentText() == m_target->itemText(0);
    options.projectId = isAsSourceSays ? std::string() : m_target->currentText().trimmed().toStdString();
    if (!order.isBackfill && chosenFormat() == ImportFormat::Csv)
        options.columnMap = columnMap();
    if (!order.isBackfill)
        options.projectRules = m_rules->rules();
    options.correctsCrops = order.isBackfill && m_corrects->isChecked();
    options.rejectsUnmatched = order.isBackfill && m_rejects->isChecked();
    return order;
}

} // namespace ps
