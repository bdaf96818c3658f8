// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/export_form.h"

#include "core/library/group_query.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/program.h"
#include "ui/exchange/format_list.h"
#include "ui/exchange/share_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace ps {

namespace {

constexpr int kFormatsWidth = 270;
constexpr int kOptionsWidth = 330;
constexpr int kLargestBatch = 1'000'000;
constexpr int kUsualBatch = 1000;

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel* muted(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("muted", true);
    label->setWordWrap(true);
    return label;
}

/// A box of its own, so that it can be shown and hidden as one.
std::pair<QWidget*, QVBoxLayout*> box(QVBoxLayout* layout)
{
    auto* widget = new QWidget(layout->parentWidget());
    auto* inside = new QVBoxLayout(widget);
    inside->setContentsMargins(0, 8, 0, 0);
    inside->setSpacing(6);
    layout->addWidget(widget);
    return {widget, inside};
}

} // namespace

ExportForm::ExportForm(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    m_formats = new FormatList(this);
    m_formats->setFixedWidth(kFormatsWidth);
    layout->addWidget(m_formats);
    layout->addWidget(makeOptions());
    m_formats->setFormat(ExportFormat::Yolo);
    connect(m_formats, &QListWidget::currentRowChanged, this, [this] {
        showFitting();
        Q_EMIT changed();
    });
    showFitting();
}

// ---- building ------------------------------------------------------------------------------------------------------

QWidget* ExportForm::makeOptions()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(kOptionsWidth);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2, 0, 12, 12);
    layout->setSpacing(4);
    addGroups(layout);
    addImages(layout);
    addSplit(layout);
    addFiles(layout);
    addPlace(layout);
    layout->addStretch(1);
    scroll->setWidget(page);
    return scroll;
}

void ExportForm::addGroups(QVBoxLayout* layout)
{
    QWidget* const page = layout->parentWidget();
    m_query = new QLineEdit(page);
    m_query->setPlaceholderText(tr("Every decided group"));
    m_query->setClearButtonEnabled(true);
    m_query->setAccessibleName(tr("Which groups"));
    m_query->setToolTip(tr("The same words as in the filter of Browse, for example: state:approved stage>=2"));
    m_queryProblem = new QLabel(page);
    m_queryProblem->setTextFormat(Qt::PlainText);
    m_queryProblem->setProperty("attention", true);
    m_queryProblem->setWordWrap(true);
    m_queryProblem->hide();
    QLabel* const label = heading(tr("Which groups"), page);
    label->setBuddy(m_query);
    layout->addWidget(label);
    layout->addWidget(m_query);
    layout->addWidget(m_queryProblem);
    connect(m_query, &QLineEdit::textChanged, this, [this] {
        checkQuery();
        Q_EMIT changed();
    });
}

void ExportForm::addImages(QVBoxLayout* layout)
{
    QVBoxLayout* inside = nullptr;
    std::tie(m_imagesBox, inside) = box(layout);
    inside->addWidget(heading(tr("Images"), m_imagesBox));
    m_cropsBox = new QWidget(m_imagesBox);
    auto* crops = new QVBoxLayout(m_cropsBox);
    crops->setContentsMargins(0, 0, 0, 0);
    m_crops = new QComboBox(m_cropsBox);
    m_crops->addItem(tr("Whole image, the crop as a box"));
    m_crops->addItem(tr("Cut to the crop"));
    m_crops->setAccessibleName(tr("Crops"));
    m_crops->setToolTip(
        tr("A box of the class \"crop\" lets a detector learn it. Cutting uses the pixels inside the crop "
           "only; nothing else is encoded again."));
    crops->addWidget(m_crops);
    inside->addWidget(m_cropsBox);
    m_losers = new QCheckBox(tr("Also images that were not kept"), m_imagesBox);
    m_losers->setToolTip(tr("The other images of kept groups count as rejected."));
    m_metadata = new QCheckBox(tr("Keep EXIF and other metadata"), m_imagesBox);
    m_metadata->setToolTip(tr("Places, serial numbers and names are otherwise removed; the pixels stay the same."));
    m_links = new QCheckBox(tr("Link files instead of copying"), m_imagesBox);
    m_links->setToolTip(
        tr("Hard links, where no byte has to change. Whoever edits such a file edits the original too."));
    for (QCheckBox* field : {m_losers, m_metadata, m_links}) {
        inside->addWidget(field);
        connect(field, &QCheckBox::toggled, this, &ExportForm::changed);
    }
    connect(m_crops, &QComboBox::currentIndexChanged, this, &ExportForm::changed);
}

void ExportForm::addSplit(QVBoxLayout* layout)
{
    QVBoxLayout* inside = nullptr;
    std::tie(m_splitBox, inside) = box(layout);
    m_split = new QCheckBox(tr("Split into train, validation and test"), m_splitBox);
    m_split->setToolTip(tr("Groups, equal files, look-alikes and companions stay together, and what was published once "
                           "never changes its side."));
    inside->addWidget(m_split);
    m_splitFields = new QWidget(m_splitBox);
    auto* fields = new QVBoxLayout(m_splitFields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(6);
    m_shares = new ShareFields(m_splitFields);
    auto* row = new QHBoxLayout;
    m_seed = new QSpinBox(m_splitFields);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed and the same images give the same sides, on any machine."));
    QLabel* const label = muted(tr("Seed"), m_splitFields);
    label->setBuddy(m_seed);
    row->addWidget(label);
    row->addWidget(m_seed, 1);
    fields->addWidget(m_shares);
    fields->addLayout(row);
    inside->addWidget(m_splitFields);
    m_splitFields->hide();
    connect(m_split, &QCheckBox::toggled, this, [this](bool isOn) {
        m_splitFields->setVisible(isOn);
        Q_EMIT changed();
    });
    connect(m_shares, &ShareFields::changed, this, &ExportForm::changed);
    connect(m_seed, &QSpinBox::valueChanged, this, &ExportForm::changed);
}

void ExportForm::addFiles(QVBoxLayout* layout)
{
    QVBoxLayout* inside = nullptr;
    std::tie(m_filesBox, inside) = box(layout);
    m_spreadsheet = new QCheckBox(tr("Safe for spreadsheets"), m_filesBox);
    m_spreadsheet->setToolTip(
        tr("Cells that a spreadsheet would run as a formula get an apostrophe in front; reading such a file back needs "
           "the same option. Off, every byte is as it was."));
    inside->addWidget(m_spreadsheet);
    m_batchBox = new QWidget(m_filesBox);
    auto* row = new QHBoxLayout(m_batchBox);
    row->setContentsMargins(0, 0, 0, 0);
    m_batch = new QSpinBox(m_batchBox);
    m_batch->setRange(1, kLargestBatch);
    m_batch->setValue(kUsualBatch);
    m_batch->setGroupSeparatorShown(true);
    m_batchLabel = muted({}, m_batchBox);
    m_batchLabel->setBuddy(m_batch);
    row->addWidget(m_batchLabel);
    row->addWidget(m_batch, 1);
    inside->addWidget(m_batchBox);
    m_allowBox = new QWidget(m_filesBox);
    auto* allowed = new QVBoxLayout(m_allowBox);
    allowed->setContentsMargins(0, 0, 0, 0);
    m_allow = new QLineEdit(m_allowBox);
    m_allow->setPlaceholderText(tr("The usual ones"));
    m_allow->setAccessibleName(tr("File endings that may go out"));
    m_allow->setToolTip(tr("Endings, separated by commas, for example: png,yaml,caption. Everything else stays here."));
    QLabel* const label = heading(tr("File endings that may go out"), m_allowBox);
    label->setBuddy(m_allow);
    allowed->addWidget(label);
    allowed->addWidget(m_allow);
    inside->addWidget(m_allowBox);
    connect(m_spreadsheet, &QCheckBox::toggled, this, &ExportForm::changed);
    connect(m_batch, &QSpinBox::valueChanged, this, &ExportForm::changed);
    connect(m_allow, &QLineEdit::textChanged, this, &ExportForm::changed);
}

void ExportForm::addPlace(QVBoxLayout* layout)
{
    const auto [page, inside] = box(layout);
    inside->addWidget(heading(tr("Where to"), page));
    m_kind = new QComboBox(page);
    m_kind->addItem(tr("A folder"));
    m_kind->addItem(tr("A zip archive"));
    m_kind->setAccessibleName(tr("Folder or zip archive"));
    inside->addWidget(m_kind);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_folder = new QLineEdit(page);
    m_folder->setAccessibleName(tr("In the folder"));
    m_folder->setToolTip(tr("The release is made inside this folder, under its name."));
    auto* browse = new QToolButton(page);
    browse->setIcon(icon(QStringLiteral("folder-open")));
    browse->setToolTip(tr("Choose the folder"));
    browse->setAccessibleName(tr("Choose the folder"));
    QLabel* const inLabel = muted(tr("In the folder"), page);
    inLabel->setBuddy(m_folder);
    inside->addWidget(inLabel);
    row->addWidget(m_folder, 1);
    row->addWidget(browse);
    inside->addLayout(row);
    m_name = new QLineEdit(page);
    m_name->setAccessibleName(tr("Name of the release"));
    m_name->setToolTip(tr("It names the folder or archive, and stands in its manifest. A name is used only once."));
    QLabel* const nameLabel = muted(tr("Name of the release"), page);
    nameLabel->setBuddy(m_name);
    inside->addWidget(nameLabel);
    inside->addWidget(m_name);
    connect(browse, &QToolButton::clicked, this, &ExportForm::chooseFolder);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showFitting();
        Q_EMIT changed();
    });
    connect(m_folder, &QLineEdit::textChanged, this, &ExportForm::changed);
    connect(m_name, &QLineEdit::textChanged, this, &ExportForm::changed);
}

void ExportForm::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Where to"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

// ---- what is chosen ------------------------------------------------------------------------------------------------

void ExportForm::showFitting()
{
    const ExportFormatInfo& info = exportFormatInfo(m_formats->format());
    const bool isZip = m_kind->currentIndex() == 1;
    m_cropsBox->setVisible(info.hasImages && info.hasBoxes);
    m_losers->setVisible(info.takesLosers);
    m_metadata->setVisible(info.hasImages);
    m_links->setVisible(info.hasImages && !isZip);
    m_imagesBox->setVisible(info.hasImages || info.takesLosers);
    m_splitBox->setVisible(info.hasSides);
    const bool isShards = info.format == ExportFormat::WebDataset;
    const bool hasBatches = isShards || info.format == ExportFormat::Jsonl;
    m_batchBox->setVisible(hasBatches);
    m_batchLabel->setText(isShards ? tr("Samples of one shard") : tr("Lines of one file"));
    m_batch->setAccessibleName(m_batchLabel->text());
    m_spreadsheet->setVisible(info.format == ExportFormat::Csv);
    m_allowBox->setVisible(info.format == ExportFormat::Delivery);
    m_filesBox->setVisible(hasBatches || info.format == ExportFormat::Csv || info.format == ExportFormat::Delivery);
    m_split->setEnabled(!m_isViewing);
}

void ExportForm::checkQuery()
{
    const auto parsed = parseGroupQuery(m_query->text().trimmed().toStdString());
    m_queryError = parsed ? QString() : fromCore(parsed.error().message);
    m_queryProblem->setText(m_queryError.isEmpty() ? QString() : QStringLiteral("△ ") + m_queryError);
    m_queryProblem->setVisible(!m_queryError.isEmpty());
}

QString ExportForm::problem() const
{
    if (!m_queryError.isEmpty())
        return tr("The choice of groups cannot be read.");
    if (m_folder->text().trimmed().isEmpty())
        return tr("Choose the folder that the release goes to.");
    if (m_name->text().contains(QLatin1Char('/')))
        return tr("A name has no slash.");
    return {};
}

ExportOrder ExportForm::order() const
{
    const ExportFormatInfo& info = exportFormatInfo(m_formats->format());
    ExportOrder order;
    ExportRequest& request = order.request;
    request.format = info.format;
    request.name = m_name->text().trimmed().toStdString();
    request.query = m_query->text().trimmed().toStdString();
    if (info.hasSides && m_split->isChecked() && !m_isViewing) {
        request.split = m_shares->shares();
        request.seed = static_cast<std::uint64_t>(m_seed->value());
    }
    const bool takesBoxes = info.hasBoxes && m_crops->currentIndex() == 0;
    request.crops = info.hasImages && !takesBoxes ? CropMode::Applied : CropMode::Boxes;
    request.includesLosers = info.takesLosers && m_losers->isChecked();
    request.keepsMetadata = info.hasImages && m_metadata->isChecked();
    request.isSpreadsheetSafe = info.format == ExportFormat::Csv && m_spreadsheet->isChecked();
    order.place.isZip = m_kind->currentIndex() == 1;
    request.hardLinks = info.hasImages && m_links->isChecked() && !order.place.isZip;
    request.batchSize = m_batch->value();
    if (info.format == ExportFormat::Delivery)
        request.allowList = m_allow->text().trimmed().toStdString();
    order.place.folder = localPath(m_folder->text().trimmed());
    return order;
}

void ExportForm::setViewing(bool isViewing)
{
    m_isViewing = isViewing;
    m_split->setToolTip(isViewing ? tr("The project is only viewed: sides cannot be stored, so there is no split.")
                                  : m_split->toolTip());
    showFitting();
}

void ExportForm::setDefaultFolder(const QString& folder)
{
    if (m_folder->text().isEmpty() || m_folder->text() == m_defaultFolder)
        m_folder->setText(folder);
    m_defaultFolder = folder;
}

void ExportForm::setProposedName(const QString& name)
{
    m_name->setPlaceholderText(name);
}

} // namespace ps
