// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_loader.h"

#include <algorithm>
#include <ranges>
#include <unistd.h>

namespace ps {

namespace {

constexpr qsizetype kLargestDefaultBytes = qsizetype{2} * 1024 * 1024 * 1024;
constexpr qsizetype kThumbnailShare = 4; ///< one part in so many is for small pictures

Picture failedPicture(Error error)
{
    Picture picture;
    picture.error = std::move(error);
    return picture;
}

} // namespace

// ---- beginning and end ---------------------------------------------------------------------------------------------

PictureLoader::PictureLoader(ImageService& images, ThumbnailService* thumbnails, QObject* parent)
    : PictureLoader(std::make_unique<WorkerPictureSource>(images, thumbnails), parent)
{
}

PictureLoader::PictureLoader(std::unique_ptr<PictureSource> source, QObject* parent)
    : QObject(parent), m_source(std::move(source)), m_pictures(0), m_thumbnails(0),
      m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
    setBudget(defaultBudgetBytes());
}

PictureLoader::~PictureLoader()
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
    for (const Waiting& waiting : std::as_const(m_waiting))
        m_source->cancel(waiting.job);
}

qsizetype PictureLoader::defaultBudgetBytes()
{
    const auto memory = static_cast<qsizetype>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGE_SIZE);
    return std::clamp(memory / 8, kSmallestBudgetBytes, kLargestDefaultBytes);
}

void PictureLoader::setBudget(qsizetype bytes)
{
    m_thumbnails.setBudget(bytes / kThumbnailShare);
    m_pictures.setBudget(bytes - bytes / kThumbnailShare);
}

void PictureLoader::setFolders(std::optional<ProjectFolders> folders)
{
    m_folders = std::move(folders);
    for (const Waiting& waiting : std::as_const(m_waiting))
        m_source->cancel(waiting.job);
    m_waiting.clear();
    m_pictures.clear();
    m_thumbnails.clear();
    for (auto list = m_lists.constKeyValueBegin(); list != m_lists.constKeyValueEnd(); ++list)
        disconnect(list->first, &QObject::destroyed, this, nullptr);
    m_lists.clear();
    m_queue.clear();
    m_queuedInFlight.clear();
    ++m_generation;
}

void PictureLoader::forgetFailures()
{
    m_pictures.removeFailures();
    m_thumbnails.removeFailures();
    queueListed();
    submitQueued();
}

PictureCache& PictureLoader::cacheFor(const PictureKey& key)
{
    return key.kind == PictureKey::Kind::Thumbnail ? m_thumbnails : m_pictures;
}

bool PictureLoader::isThere(const PictureKey& key) const
{
    return (key.kind == PictureKey::Kind::Thumbnail ? m_thumbnails : m_pictures).contains(key);
}

// ---- what is painted now -------------------------------------------------------------------------------------------

PictureLoader::Answer PictureLoader::request(const GroupImage& image, QSize box, Priority priority)
{
    return request(PictureWish::fitted(image, box, priority));
}

PictureLoader::Answer PictureLoader::requestRegion(const GroupImage& image, PixelBox region, QSize fit,
                                                   Priority priority)
{
    return request(PictureWish::part(image, region, fit, priority));
}

PictureLoader::Answer PictureLoader::thumbnail(const GroupImage& image, qreal devicePixelRatio, Priority priority)
{
    return request(PictureWish::thumbnail(image, devicePixelRatio, priority));
}

PictureLoader::Answer PictureLoader::request(const PictureWish& wish)
{
    if (auto picture = cacheFor(wish.key).find(wish.key))
        return picture;
    if (const auto waiting = m_waiting.find(wish.key); waiting != m_waiting.end()) {
        setPriority(*waiting, std::min(waiting->priority, wish.priority)); // the smaller the sooner
        return nullptr;
    }
    submit(wish, false);
    return cacheFor(wish.key).find(wish.key); // there at once when it has no place
}

void PictureLoader::setPriority(Waiting& waiting, Priority priority)
{
    if (priority == waiting.priority)
        return;
    waiting.priority = priority;
    m_source->setPriority(waiting.job, priority);
}

void PictureLoader::submit(const PictureWish& wish, bool isListed)
{
    const auto place = m_folders ? m_folders->locate(wish.image.currentPath)
                                 : Result<Place>(Error{ErrorCode::NotFound, "no project is open", {}, 0});
    if (!place) {
        cacheFor(wish.key).insert(wish.key, std::make_shared<const Picture>(failedPicture(place.error())));
        return;
    }
    const std::uint64_t ticket = ++m_lastTicket;
    auto deliver = [mailbox = m_mailbox, key = wish.key, ticket, generation = m_generation](Picture picture) {
        // On any thread: only the event crosses over.
        const std::lock_guard lock(mailbox->mutex);
        PictureLoader* const owner = mailbox->owner;
        if (!owner)
            return;
        QMetaObject::invokeMethod(
            owner,
            [owner, key, ticket, generation, picture = std::move(picture)]() mutable {
                if (owner->m_generation == generation)
                    owner->onAnswer(key, ticket, std::move(picture));
            },
            Qt::QueuedConnection);
    };
    Waiting& waiting = m_waiting[wish.key];
    waiting = {0, ticket, wish.priority, isListed};
    waiting.job = m_source->request(ImageSource(place->root, place->path), wish, std::move(deliver));
}

void PictureLoader::onAnswer(const PictureKey& key, std::uint64_t ticket, Picture picture)
{
    m_queuedInFlight.remove(ticket);
    const auto waiting = m_waiting.constFind(key);
    const bool isAwaited = waiting != m_waiting.constEnd() && waiting->ticket == ticket;
    if (isAwaited)
        m_waiting.erase(waiting);
    const bool isCancelled = picture.error && picture.error->code == ErrorCode::Cancelled;
    // One that was cancelled too late is as good as any; one whose successor is on its way has nothing to say about it.
    const bool isOfUse = !isCancelled && (isAwaited || !picture.error);
    if (isOfUse)
        cacheFor(key).insert(key, std::make_shared<const Picture>(std::move(picture)));
    submitQueued();
    if (isOfUse || isAwaited)
        Q_EMIT ready(key.image); // after a cancellation whoever still needs it asks once more
}

// ---- what is painted next ------------------------------------------------------------------------------------------

void PictureLoader::want(const QObject* who, std::vector<PictureWish> wishes)
{
    std::erase_if(wishes, [](const PictureWish& wish) { return wish.image.isMissing; });
    for (const PictureWish& wish : wishes | std::views::reverse)
        cacheFor(wish.key).find(wish.key); // the likeliest stay longest
    if (!m_lists.contains(who))
        connect(who, &QObject::destroyed, this, [this, who] { want(who, {}); });
    if (wishes.empty()) {
        if (m_lists.remove(who))
            disconnect(who, &QObject::destroyed, this, nullptr);
    } else {
        m_lists[who] = std::move(wishes);
    }
    cancelUnlisted(listed());
    queueListed();
    submitQueued();
}

QHash<PictureKey, Priority> PictureLoader::listed() const
{
    QHash<PictureKey, Priority> listed;
    for (const auto& wishes : m_lists) {
        for (const PictureWish& wish : wishes) {
            const auto known = listed.constFind(wish.key);
            listed[wish.key] = known == listed.constEnd() ? wish.priority : std::min(*known, wish.priority);
        }
    }
    return listed;
}

void PictureLoader::cancelUnlisted(const QHash<PictureKey, Priority>& listed)
{
    std::vector<PictureKey> unwanted;
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end(); ++waiting) {
        const auto wanted = listed.constFind(waiting.key());
        if (wanted == listed.constEnd()) {
            if (waiting->isListed)
                unwanted.push_back(waiting.key());
        } else {
            if (*wanted < waiting->priority || waiting->isListed)
                setPriority(*waiting, *wanted);
            waiting->isListed = true; // also one that was asked for before it was a wish
        }
    }
    for (const PictureKey& key : unwanted)
        cancel(key);
}

void PictureLoader::cancel(const PictureKey& key)
{
    m_source->cancel(m_waiting.take(key).job);
    // Later, because this may be inside of what ready() calls.
    QMetaObject::invokeMethod(this, [this, image = key.image] { Q_EMIT ready(image); }, Qt::QueuedConnection);
}

void PictureLoader::queueListed()
{
    m_queue.clear();
    for (const Priority priority : {Priority::Visible, Priority::Ahead, Priority::Background}) {
        for (const auto& wishes : std::as_const(m_lists)) {
            for (const PictureWish& wish : wishes) {
                if (wish.priority == priority && !isThere(wish.key) && !m_waiting.contains(wish.key))
                    m_queue.push_back(wish);
            }
        }
    }
}

void PictureLoader::submitQueued()
{
    // So few that what comes first after the next move does not wait long, so many that no worker is idle.
    const auto most = static_cast<qsizetype>(2 * m_source->parallelism());
    while (!m_queue.empty()) {
        if (m_queue.front().priority != Priority::Visible && m_queuedInFlight.size() >= most)
            return;
        const PictureWish wish = std::move(m_queue.front());
        m_queue.pop_front();
        if (isThere(wish.key) || m_waiting.contains(wish.key))
            continue;
        submit(wish, true);
        if (const auto waiting = m_waiting.constFind(wish.key); waiting != m_waiting.constEnd())
            m_queuedInFlight.insert(waiting->ticket);
    }
}

void PictureLoader::dropWaiting(Priority priority)
{
    std::vector<PictureKey> dropped;
    for (auto waiting = m_waiting.constBegin(); waiting != m_waiting.constEnd(); ++waiting) {
        if (waiting->priority == priority && !waiting->isListed)
            dropped.push_back(waiting.key());
    }
    for (const PictureKey& key : dropped)
        cancel(key);
}

} // namespace ps
