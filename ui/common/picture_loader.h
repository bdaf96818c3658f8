// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "core/library/catalogue.h"
#include "core/library/project_folders.h"

#include <QHash>
#include <QImage>
#include <QObject>

#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace ps {

/// A decoded picture, or why there is none.
struct Picture {
    QImage image; ///< upright, scaled to the asked box; null when there is an error
    ImageInfo info;
    std::optional<Error> error;
};

/// Gets pictures from the worker pool and keeps the latest ones within a budget of bytes.
/// Threads: UI only. Nothing here opens or decodes a file; that happens in the pool and its workers.
class PictureLoader : public QObject
{
    Q_OBJECT

public:
    /// `service` must outlive the loader.
    PictureLoader(ImageService& service, QObject* parent);
    ~PictureLoader() override;

    /// Which project's folders paths are looked up in; drops everything that was loaded.
    void setFolders(std::optional<ProjectFolders> folders);

    /// The picture if it is there, otherwise nothing, and ready() follows. `box` is in device pixels; an empty box asks for
    /// every pixel.
    std::shared_ptr<const Picture> request(const GroupImage& image, QSize box, Priority priority);

    /// Forgets requests that nobody waits for any more.
    void dropWaiting(Priority priority);

    /// Forgets what could not be read, so that it is tried again.
    void forgetFailures();

    static constexpr qsizetype kBudgetBytes = 768 * 1024 * 1024;

Q_SIGNALS:
    /// A picture of this image has arrived, or has failed to.
    void ready(const QString& imageKey);

public:
    /// Names an image in ready(): its path and state.
    static QString imageKey(const GroupImage& image);
    /// The one size of all small pictures, so that strip and Browse share them.
    static QSize thumbnailBox(qreal devicePixelRatio)
    {
        return devicePixelRatio > 1.5 ? QSize(512, 512) : QSize(256, 256);
    }

private:
    /// Where the threads of the pool leave pictures; it outlives the loader, which takes its name off it at the end.
    struct Mailbox {
        std::mutex mutex;
        PictureLoader* owner = nullptr; // guarded by mutex
    };

    struct Entry {
        std::shared_ptr<const Picture> picture; ///< null while it is on its way
        std::list<QString>::iterator age;
        qsizetype bytes = 0;
    };

    void store(const QString& key, const QString& imageKey, Result<Pixels> result);
    void evict();

    ImageService& m_service;
    std::optional<ProjectFolders> m_folders;
    QHash<QString, Entry> m_entries;
    std::list<QString> m_byAge; ///< the most recently asked for first
    qsizetype m_bytes = 0;
    int m_generation = 0;
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace ps
