// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_detail.h"

#include "ui/common/error_text.h"
#include "ui/common/theme.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/import_items_model.h"
#include "ui/exchange/named_pictures.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <cmath>

namespace ps {

namespace {

constexpr int kPictureWidth = 300;
constexpr int kHeight = 168;
constexpr int kGap = 8;

} // namespace

/// The original with the crops of before and after, and beside it what the crop of after keeps.
class ImportDetail::Pictures : public QWidget
{
public:
    Pictures(NamedPictures& pictures, const Theme& theme, QWidget* parent)
        : QWidget(parent), m_pictures(pictures), m_theme(theme)
    {
        setFixedWidth(kPictureWidth);
        connect(&pictures, &NamedPictures::arrived, this, qOverload<>(&QWidget::update));
    }

    void show(const ImportPlan::Item& item)
    {
        m_groupId = item.groupId;
        m_name = item.images.empty() ? std::string() : item.images.front();
        m_before = cropIn(item.before);
        m_after = cropIn(item.after);
        setAccessibleName(fromCore(m_name));
        setVisible(!m_name.empty() && (m_before || m_after));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const auto picture = m_pictures.picture(m_groupId, m_name, devicePixelRatioF());
        if (!picture || picture->image.isNull()) {
            painter.setPen(m_theme.colors().mutedText);
            painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                             m_pictures.isUnknown(m_groupId, m_name) ? tr("The open project does not have this image.")
                                                                     : QString());
            return;
        }
        const QRectF left(0, 0, m_after ? (width() - kGap) / 2.0 : width(), height());
        paintCrops(painter, left, picture->image, m_before, m_after, m_theme.colors());
        if (!m_after)
            return;
        const QSize size = picture->image.size();
        const QRect part(
            QPoint(static_cast<int>(m_after->x1 * size.width()), static_cast<int>(m_after->y1 * size.height())),
            QPoint(static_cast<int>(std::ceil(m_after->x2 * size.width())) - 1,
                   static_cast<int>(std::ceil(m_after->y2 * size.height())) - 1));
        const QRectF right(left.right() + kGap, 0, width() - left.right() - kGap, height());
        paintCrops(painter, right, picture->image.copy(part), {}, {}, m_theme.colors());
    }

private:
    NamedPictures& m_pictures;
    const Theme& m_theme;
    std::string m_groupId;
    std::string m_name;
    std::optional<Crop> m_before;
    std::optional<Crop> m_after;
};

ImportDetail::ImportDetail(ImportController& import, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_import(import)
{
    m_pictures = new NamedPictures(import.project(), import.backendShared(), loader, this);
    setFixedHeight(kHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    m_picture = new Pictures(*m_pictures, theme, this);
    layout->addWidget(m_picture);
    auto* texts = new QVBoxLayout;
    m_facts = new QLabel(this);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_raw = new QPlainTextEdit(this);
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setAccessibleName(tr("As it stands in the source"));
    m_raw->setToolTip(tr("As it stands in the source"));
    texts->addWidget(m_facts);
    texts->addWidget(m_raw, 1);
    layout->addLayout(texts, 1);
    hide();
}

QString ImportDetail::rawShown() const
{
    return m_raw->toPlainText();
}

void ImportDetail::show(const ImportPlan::Item* item)
{
    setVisible(item != nullptr);
    if (!item)
        return;
    QStringList lines{
        QStringLiteral("%1: %2").arg(ImportItemsModel::whereText(item->origin), outcomeText(item->outcome))};
    if (!item->before.empty())
        lines.append(tr("Before: %1").arg(fromCore(item->before)));
    if (!item->after.empty())
        lines.append(tr("After: %1").arg(fromCore(item->after)));
    for (const std::string& note : item->notes)
        lines.append(fromCore(note));
    m_facts->setText(lines.join(QLatin1Char('\n')));
    m_raw->setPlainText(fromCore(item->origin.raw));
    m_raw->setVisible(!item->origin.raw.empty());
    m_picture->show(*item);
}

} // namespace ps
