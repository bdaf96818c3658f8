// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"
#include "core/library/project_folders.h"
#include "ui/common/picture_cache.h"
#include "ui/common/picture_source.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace ps {

/// Gets pictures from the worker pool and keeps the latest ones within a budget of bytes. A view asks for what it paints
/// with request(), and hands in with want() what it will probably paint next; what no view wants any more is cancelled.
/// Threads: UI only. Nothing here opens or decodes a file; that happens in the pool and its workers.
class PictureLoader : public QObject
{
    Q_OBJECT

public:
    /// The services must outlive the loader. Without `thumbnails` small pictures are decoded every time.
    PictureLoader(ImageService& images, ThumbnailService* thumbnails, QObject* parent);
    PictureLoader(std::unique_ptr<PictureSource> source, QObject* parent);
    ~PictureLoader() override;

    /// Which project's folders paths are looked up in; drops everything that was loaded.
    void setFolders(std::optional<ProjectFolders> folders);

    // Each gives the picture if it is there, otherwise nothing, and ready() follows. One that waits already is raised to
    // the priority of whoever asks most urgently.
    using Answer = std::shared_ptr<const Picture>;
    Answer request(const PictureWish& wish);
    /// The whole image. `box` is in device pixels; an empty box asks for every pixel.
    Answer request(const GroupImage& image, QSize box, Priority priority);
    /// The pixels inside `region` of the upright image, scaled down, never up, to lie within `fit` device pixels.
    Answer requestRegion(const GroupImage& image, PixelBox region, QSize fit, Priority priority);
    /// A small picture, at least 256 device points wide or high: for lists and strips.
    Answer thumbnail(const GroupImage& image, qreal devicePixelRatio, Priority priority);

    /// What `who` will probably paint next, the likeliest first; replaces what it said before. Visible wishes are asked
    /// for at once, the others a few at a time in this order. What was on the lists and is on none any more is cancelled.
    /// An empty list takes everything back; so does the end of `who`.
    void want(const QObject* who, std::vector<PictureWish> wishes);

    /// Forgets requests of this priority that are on no list.
    void dropWaiting(Priority priority);

    /// Forgets what could not be read, so that it is tried again.
    void forgetFailures();

    /// How many bytes of pictures are kept at most; a quarter of them are for small ones.
    void setBudget(qsizetype bytes);
    qsizetype pictureBudgetBytes() const { return m_pictures.budgetBytes(); }
    qsizetype budgetBytes() const { return m_pictures.budgetBytes() + m_thumbnails.budgetBytes(); }
    /// Bytes that are kept now, at most the budget and one picture.
    qsizetype keptBytes() const { return m_pictures.bytes() + m_thumbnails.bytes(); }
    qsizetype keptCount() const { return m_pictures.count() + m_thumbnails.count(); }
    /// Requests that are on their way.
    qsizetype waitingCount() const { return m_waiting.size(); }

    static constexpr qsizetype kSmallestBudgetBytes = qsizetype{256} * 1024 * 1024;
    /// An eighth of the machine's memory, between the smallest budget and 2 GiB.
    static qsizetype defaultBudgetBytes();

Q_SIGNALS:
    /// A picture of this image has arrived, has failed to, or has to be asked for again.
    void ready(const QString& imageKey);

public:
    /// Names an image in ready(): its path and state.
    static QString imageKey(const GroupImage& image) { return PictureWish::imageKey(image); }
    static QSize thumbnailBox(qreal devicePixelRatio) { return PictureWish::thumbnailBox(devicePixelRatio); }

private:
    /// Where the threads of the pool leave pictures; it outlives the loader, which takes its name off it at the end.
    struct Mailbox {
        std::mutex mutex;
        PictureLoader* owner = nullptr; // guarded by mutex
    };

    struct Waiting {
        JobId job = 0;
        std::uint64_t ticket = 0; ///< an answer with another one is to an earlier request
        Priority priority = Priority::Background;
        bool isListed = false; ///< somebody's wish; cancelled when nobody has it any more
    };

    PictureCache& cacheFor(const PictureKey& key);
    bool isThere(const PictureKey& key) const;
    void submit(const PictureWish& wish, bool isListed);
    void setPriority(Waiting& waiting, Priority priority);
    void onAnswer(const PictureKey& key, std::uint64_t ticket, Picture picture);
    QHash<PictureKey, Priority> listed() const;
    void cancelUnlisted(const QHash<PictureKey, Priority>& listed);
    void cancel(const PictureKey& key);
    void queueListed();
    void submitQueued();

    std::unique_ptr<PictureSource> m_source;
    std::optional<ProjectFolders> m_folders;
    PictureCache m_pictures;
    PictureCache m_thumbnails;
    QHash<PictureKey, Waiting> m_waiting;
    QHash<const QObject*, std::vector<PictureWish>> m_lists;
    std::deque<PictureWish> m_queue;      ///< wishes that have not been asked for yet, in their order
    QSet<std::uint64_t> m_queuedInFlight; ///< tickets of those that were, until they are answered
    std::uint64_t m_lastTicket = 0;
    int m_generation = 0;
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace ps
