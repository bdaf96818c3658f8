// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/picture_loader.h"

#include "ui/common/pixel_bridge.h"

namespace ps {

namespace {

QString entryKey(const QString& imageKey, QSize box)
{
    return imageKey + QStringLiteral("|%1x%2").arg(box.width()).arg(box.height());
}

} // namespace

PictureLoader::PictureLoader(ImageService& service, QObject* parent)
    : QObject(parent), m_service(service), m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
}

PictureLoader::~PictureLoader()
{
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

QString PictureLoader::imageKey(const GroupImage& image)
{
    return QString::fromLatin1(QByteArray::fromStdString(image.currentPath).toHex()) +
           QStringLiteral("|%1|%2").arg(image.identity.sizeBytes).arg(image.identity.modifiedNs);
}

void PictureLoader::setFolders(std::optional<ProjectFolders> folders)
{
    m_folders = std::move(folders);
    m_entries.clear();
    m_byAge.clear();
    m_bytes = 0;
    ++m_generation;
}

std::shared_ptr<const Picture> PictureLoader::request(const GroupImage& image, QSize box, Priority priority)
{
    const QString key = imageKey(image);
    const QString fullKey = entryKey(key, box);
    if (const auto found = m_entries.find(fullKey); found != m_entries.end()) {
        m_byAge.splice(m_byAge.begin(), m_byAge, found->age);
        return found->picture;
    }
    m_byAge.push_front(fullKey);
    m_entries.insert(fullKey, {nullptr, m_byAge.begin(), 0});
    const auto place = m_folders ? m_folders->locate(image.currentPath)
                                 : Result<Place>(Error{ErrorCode::NotFound, "no project is open", {}, 0});
    if (!place) {
        store(fullKey, key, place.error());
        return m_entries.value(fullKey).picture;
    }
    const auto deliver = [mailbox = m_mailbox, fullKey, key, generation = m_generation](Result<Pixels> result) {
        // On a pool thread: only the event crosses over.
        auto shared = std::make_shared<Result<Pixels>>(std::move(result));
        const std::lock_guard lock(mailbox->mutex);
        PictureLoader* const owner = mailbox->owner;
        if (!owner)
            return;
        QMetaObject::invokeMethod(
            owner,
            [owner, fullKey, key, generation, shared] {
                if (owner->m_generation == generation)
                    owner->store(fullKey, key, std::move(*shared));
            },
            Qt::QueuedConnection);
    };
    m_service.requestDecode(ImageSource(place->root, place->path), {box.width(), box.height()}, priority, deliver);
    return nullptr;
}

void PictureLoader::dropWaiting(Priority priority)
{
    // Cancelled requests answer with Cancelled and are forgotten in store().
    m_service.cancelAll(priority);
}

void PictureLoader::forgetFailures()
{
    m_entries.removeIf([this](const auto& item) {
        const Entry& entry = item.value();
        if (!entry.picture || !entry.picture->error)
            return false;
        m_byAge.erase(entry.age);
        return true;
    });
}

void PictureLoader::store(const QString& key, const QString& imageKey, Result<Pixels> result)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    if (!result && result.error().code == ErrorCode::Cancelled) {
        m_byAge.erase(found->age);
        m_entries.erase(found);
        Q_EMIT ready(imageKey); // whoever asked again meanwhile asks once more
        return;
    }
    auto picture = std::make_shared<Picture>();
    if (result) {
        picture->image = toImage(*result);
        picture->info = result->info();
        found->bytes = picture->image.sizeInBytes();
        m_bytes += found->bytes;
    } else {
        picture->error = result.error();
    }
    found->picture = std::move(picture);
    m_byAge.splice(m_byAge.begin(), m_byAge, found->age); // never the one that has just come
    evict();
    Q_EMIT ready(imageKey);
}

void PictureLoader::evict()
{
    while (m_bytes > kBudgetBytes && m_byAge.size() > 1) {
        const auto oldest = m_entries.find(m_byAge.back());
        m_bytes -= oldest->bytes;
        m_entries.erase(oldest);
        m_byAge.pop_back();
    }
}

} // namespace ps
