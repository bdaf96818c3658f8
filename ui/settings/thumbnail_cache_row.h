// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/thumbnail_cache.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QSpinBox;

namespace ps {

class ThumbnailService;

/// How large the cache of thumbnails may be and is, and a button that empties it. Nothing of it waits for the disk.
class ThumbnailCacheRow : public QWidget
{
    Q_OBJECT

public:
    /// The service outlives the row.
    ThumbnailCacheRow(ThumbnailService& thumbnails, int budgetMib, QWidget* parent);

    /// What was chosen, in MiB.
    int budgetMib() const;

Q_SIGNALS:
    void budgetChanged();

private:
    void empty();
    void showFigures(const Result<ThumbnailCache::Figures>& figures);
    /// Brings the answer of the service, which comes on a thread of its own, to showFigures().
    std::function<void(Result<ThumbnailCache::Figures>)> answer();

    ThumbnailService& m_thumbnails;
    QSpinBox* m_budget;
    QLabel* m_size;
    QPushButton* m_empty;
};

} // namespace ps
