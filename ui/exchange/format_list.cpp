// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/format_list.h"

#include "ui/exchange/exchange_words.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace ps {

namespace {

constexpr int kPadding = 10;
constexpr int kLineGap = 2;
constexpr int kPurposeRole = Qt::UserRole + 1;
constexpr int kFormatRole = Qt::UserRole;

/// A card: the name, and below it the sentence in the width there is.
class CardDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* const view = qobject_cast<const QAbstractItemView*>(option.widget);
        const int width = (view ? view->viewport()->width() : option.rect.width()) - 2 * kPadding;
        const QRect purpose = option.fontMetrics.boundingRect(QRect(0, 0, qMax(width, 1), 1000), Qt::TextWordWrap,
                                                              index.data(kPurposeRole).toString());
        return {width, option.fontMetrics.height() + kLineGap + purpose.height() + 2 * (kPadding - 2)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        const bool isChosen = option.state & QStyle::State_Selected;
        const bool isOver = option.state & QStyle::State_MouseOver;
        const QPalette& palette = option.palette;
        const QRectF card = QRectF(option.rect).adjusted(2, 1, -2, -1);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (isChosen || isOver) {
            painter->setBrush(palette.color(QPalette::Light));
            painter->drawRoundedRect(card, 7, 7);
        }
        if (isChosen) { // shape and colour: a bar at the side
            painter->setBrush(palette.color(QPalette::Active, QPalette::Highlight));
            painter->drawRoundedRect(QRectF(card.left(), card.top() + 6, 3, card.height() - 12), 1.5, 1.5);
        }
        QRect text = option.rect.adjusted(kPadding, kPadding - 2, -kPadding, -(kPadding - 2));
        QFont title = option.font;
        title.setWeight(isChosen ? QFont::DemiBold : QFont::Medium);
        painter->setFont(title);
        painter->setPen(palette.color(QPalette::Active, QPalette::Text));
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                          QFontMetrics(title).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        text.setTop(text.top() + option.fontMetrics.height() + kLineGap);
        painter->setFont(option.font);
        painter->setPen(palette.color(QPalette::Active, QPalette::PlaceholderText));
        painter->drawText(text, Qt::TextWordWrap, index.data(kPurposeRole).toString());
        painter->restore();
    }
};

} // namespace

FormatList::FormatList(QWidget* parent) : QListWidget(parent)
{
    setItemDelegate(new CardDelegate(this));
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    setMouseTracking(true);
    setAccessibleName(tr("Format"));
    for (const ExportFormatInfo& info : allExportFormats()) {
        const FormatWords words = formatWords(info.format);
        auto* item = new QListWidgetItem(words.title, this);
        item->setData(kFormatRole, static_cast<int>(info.format));
        item->setData(kPurposeRole, words.purpose);
        item->setToolTip(QStringLiteral("%1 (%2)").arg(words.purpose, QString::fromUtf8(info.name)));
        item->setData(Qt::AccessibleDescriptionRole, words.purpose);
    }
    setCurrentRow(0);
}

ExportFormat FormatList::format() const
{
    const QListWidgetItem* const item = currentItem();
    return item ? static_cast<ExportFormat>(item->data(kFormatRole).toInt()) : ExportFormat::Jsonl;
}

void FormatList::setFormat(ExportFormat format)
{
    for (int row = 0; row < count(); ++row) {
        if (item(row)->data(kFormatRole).toInt() == static_cast<int>(format))
            setCurrentRow(row);
    }
}

void FormatList::resizeEvent(QResizeEvent* event)
{
    QListWidget::resizeEvent(event);
    scheduleDelayedItemsLayout(); // the sentences wrap at another place
}

} // namespace ps
