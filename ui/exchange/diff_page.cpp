// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/diff_page.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/exchange/diff_model.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/named_pictures.h"
#include "ui/models/chart_content.h"

#include <QBuffer>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kRowHeight = 74;
constexpr int kPictureWidth = 108;
constexpr int kNameWidth = 240;
constexpr int kKindWidth = 150;
constexpr QSize kSavedPicture{128, 96};

/// The picture of a change with its crops.
class PictureDelegate : public QStyledItemDelegate
{
public:
    PictureDelegate(NamedPictures& pictures, const DiffModel& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), m_pictures(pictures), m_model(model), m_theme(theme)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const ReleaseDiff::Change* const change = m_model.changeAt(index);
        if (!change)
            return;
        const auto picture = m_pictures.picture(change->groupId, change->name, painter->device()->devicePixelRatioF());
        const QRectF area = QRectF(option.rect).adjusted(5, 4, -5, -4);
        if (picture && !picture->image.isNull())
            paintCrops(*painter, area, picture->image, cropIn(change->before), cropIn(change->after), m_theme.colors());
    }

private:
    NamedPictures& m_pictures;
    const DiffModel& m_model;
    const Theme& m_theme;
};

} // namespace

DiffPage::DiffPage(ExportController& exports, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_exports(exports), m_theme(theme), m_model(new DiffModel(this))
{
    m_pictures = new NamedPictures(exports.project(), exports.backendShared(), loader, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* head = new QHBoxLayout;
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto* save = new QPushButton(icon(QStringLiteral("report")), tr("Save as..."), this);
    save->setToolTip(tr("Save what differs as a page (HTML) or for programs (JSON)."));
    auto* close = new QPushButton(tr("Close"), this);
    close->setToolTip(tr("Back to the facts of the release."));
    head->addWidget(m_title, 1);
    head->addWidget(save, 0, Qt::AlignTop);
    head->addWidget(close, 0, Qt::AlignTop);
    m_counts = new QLabel(this);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setWordWrap(true);
    m_counts->setProperty("muted", true);
    m_kinds = new QComboBox(this);
    m_kinds->setAccessibleName(tr("Which changes"));
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Changes"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegateForColumn(DiffModel::PictureColumn,
                                      new PictureDelegate(*m_pictures, *m_model, theme, m_table));
    m_table->setColumnWidth(DiffModel::PictureColumn, kPictureWidth);
    m_table->setColumnWidth(DiffModel::KindColumn, kKindWidth);
    m_table->setColumnWidth(DiffModel::NameColumn, kNameWidth);
    m_table->horizontalHeader()->setSectionResizeMode(DiffModel::BeforeColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(DiffModel::AfterColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(DiffModel::IouColumn, 70);
    layout->addLayout(head);
    layout->addWidget(m_counts);
    layout->addWidget(m_kinds, 0, Qt::AlignLeft);
    layout->addWidget(m_table, 1);
    connect(save, &QPushButton::clicked, this, &DiffPage::saveAs);
    connect(close, &QPushButton::clicked, this, &DiffPage::closed);
    connect(m_kinds, &QComboBox::activated, this, &DiffPage::showKind);
    connect(m_pictures, &NamedPictures::arrived, m_table->viewport(), qOverload<>(&QWidget::update));
}

QString DiffPage::headline() const
{
    return m_title->text();
}

void DiffPage::show(const std::shared_ptr<const ComparedReleases>& releases)
{
    m_releases = releases;
    const ReleaseDiff& diff = releases->diff;
    const QString pair = tr("From %1 to %2").arg(fromCore(diff.first), fromCore(diff.second));
    m_title->setText(diff.changes.empty() ? pair + QStringLiteral(": ") + tr("nothing differs") : pair);
    QStringList counts;
    m_kinds->clear();
    m_kinds->addItem(tr("All changes (%1)").arg(countText(static_cast<std::int64_t>(diff.changes.size()))));
    for (const auto& [kind, count] : diff.counts) {
        const QString text = QStringLiteral("%1: %2").arg(changeKindText(kind), countText(count));
        counts.append(text);
        if (count > 0)
            m_kinds->addItem(text, QString::fromStdString(kind));
    }
    counts.append(tr("Unchanged: %1").arg(countText(diff.unchanged)));
    m_counts->setText(counts.join(QStringLiteral("   ")));
    m_kinds->setVisible(!diff.changes.empty());
    showKind();
}

void DiffPage::showKind()
{
    m_model->show(m_releases, m_kinds->currentData().toString().toStdString());
}

QByteArray DiffPage::pictureOf(const ReleaseDiff::Change& change)
{
    const auto picture = m_pictures->picture(change.groupId, change.name, 1);
    if (!picture || picture->image.isNull())
        return {};
    QImage drawn(picture->image.size().scaled(kSavedPicture, Qt::KeepAspectRatio), QImage::Format_RGB32);
    QPainter painter(&drawn);
    paintCrops(painter, drawn.rect(), picture->image, cropIn(change.before), cropIn(change.after), m_theme.colors());
    painter.end();
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    return drawn.save(&buffer, "PNG") ? png : QByteArray();
}

void DiffPage::saveAs()
{
    auto* dialog = new QFileDialog(this, tr("Save what differs"), QString(), tr("Page (*.html);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("html"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, releases = m_releases](const QString& path) {
        if (path.endsWith(QLatin1String(".json")))
            m_exports.saveDiff(path, releases);
        else
            m_exports.save(path,
                           diffPageHtml(releases->diff, [this](const auto& change) { return pictureOf(change); }));
    });
    dialog->open();
}

} // namespace ps
