// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/thumbnail_cache_row.h"

#include "core/imaging/thumbnail_service.h"
#include "ui/common/error_text.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

namespace ps {

ThumbnailCacheRow::ThumbnailCacheRow(ThumbnailService& thumbnails, int budgetMib, QWidget* parent)
    : QWidget(parent), m_thumbnails(thumbnails), m_budget(new QSpinBox(this)), m_size(new QLabel(this)),
      m_empty(new QPushButton(tr("Empty"), this))
{
    constexpr int kLeastMib = 16;
    constexpr int kMostMib = 256 * 1024;
    constexpr int kStepMib = 256;
    m_budget->setRange(kLeastMib, kMostMib);
    m_budget->setSingleStep(kStepMib);
    m_budget->setSuffix(tr(" MiB"));
    m_budget->setValue(budgetMib);
    m_size->setObjectName(QStringLiteral("thumbnailCacheSize"));
    m_empty->setObjectName(QStringLiteral("emptyThumbnailCache"));
    m_empty->setToolTip(tr("Thumbnails are made again when they are needed."));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_budget);
    layout->addWidget(m_size, 1);
    layout->addWidget(m_empty);
    setFocusProxy(m_budget);
    connect(m_budget, &QSpinBox::editingFinished, this, &ThumbnailCacheRow::budgetChanged);
    connect(m_empty, &QPushButton::clicked, this, &ThumbnailCacheRow::empty);
    m_thumbnails.requestCacheFigures(answer());
}

int ThumbnailCacheRow::budgetMib() const
{
    return m_budget->value();
}

void ThumbnailCacheRow::empty()
{
    m_empty->setEnabled(false);
    m_thumbnails.emptyCache(answer());
}

void ThumbnailCacheRow::showFigures(const Result<ThumbnailCache::Figures>& figures)
{
    m_empty->setEnabled(figures && figures->thumbnailCount > 0);
    m_size->setText(figures ? tr("%1 in use").arg(QLocale().formattedDataSize(figures->fileBytes))
                            : errorLine(figures.error()));
}

std::function<void(Result<ThumbnailCache::Figures>)> ThumbnailCacheRow::answer()
{
    return [guard = QPointer(this)](Result<ThumbnailCache::Figures> figures) {
        QMetaObject::invokeMethod(
            qApp, // the row may be gone
            [guard, figures = std::move(figures)] {
                if (guard)
                    guard->showFigures(figures);
            },
            Qt::QueuedConnection);
    };
}

} // namespace ps
