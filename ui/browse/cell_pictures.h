// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"

#include <QCache>
#include <QElapsedTimer>
#include <QObject>

namespace ps {

/// What a cell shows of an image.
struct CellPicture {
    QImage image; ///< null while it is on its way
    QSize size; ///< at which it is painted, in device pixels: fitted into what was asked for, and never enlarged beyond
                ///< the pixels of the file
    QString problem;     ///< why there is none, "" otherwise
    bool isFinal = true; ///< false: a better one comes, or can be asked for again when something arrives
};

/// Small pictures in exactly the size in which cells paint them. A picture that was shown stays until its better one is
/// there, so that nothing flashes when cells change their size.
/// Thread: UI. Cost: scaling is limited for each paint, see beginPaint(); what is left over is done by the next one.
class CellPictures : public QObject
{
    Q_OBJECT

public:
    CellPictures(PictureLoader& loader, QObject* parent);

    /// Begins the budget of time for scaling.
    void beginPaint();
    /// True when pictures of this paint could not be scaled any more: paint again soon.
    bool hasLeftOver() const { return m_hasLeftOver; }
    /// `sizePx` is the box to fit, in device pixels.
    CellPicture picture(const GroupImage& image, QSize sizePx);
    /// Pictures that will probably be painted next, the likeliest first; takes the place of what it was told before.
    void prefetch(const std::vector<GroupImage>& images, QSize sizePx);
    /// The view has moved on or is hidden: what has not come yet is not wanted any more.
    void forgetWaiting();
    void clear();

Q_SIGNALS:
    void arrived();

private:
    PictureLoader& m_loader;
    QCache<QString, QImage> m_scaled;                        ///< by image and size; cost in kilobytes
    QCache<QString, std::shared_ptr<const Picture>> m_shown; ///< the last of each image that was painted; kilobytes
    QElapsedTimer m_paintTime;
    bool m_hasLeftOver = false;
};

} // namespace ps
