// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/named_pictures.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QPointer>

namespace ps {

namespace {

constexpr std::size_t kAtATime = 32;

QRectF boxOf(const Crop& crop, const QRectF& picture)
{
    return {picture.left() + crop.x1 * picture.width(), picture.top() + crop.y1 * picture.height(),
            (crop.x2 - crop.x1) * picture.width(), (crop.y2 - crop.y1) * picture.height()};
}

/// Two strokes, so that the line is seen on any picture.
void strokeBox(QPainter& painter, const QRectF& box, const QColor& color, Qt::PenStyle style)
{
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3));
    painter.drawRect(box);
    painter.setPen(QPen(color, 1.5, style));
    painter.drawRect(box);
}

} // namespace

NamedPictures::NamedPictures(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend,
                             PictureLoader& loader, QObject* parent)
    : QObject(parent), m_controller(controller), m_backend(std::move(backend)), m_loader(loader)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &NamedPictures::lookUp);
    connect(&loader, &PictureLoader::ready, this, &NamedPictures::arrived);
    connect(&controller, &ProjectController::closing, this, &NamedPictures::forget);
}

QString NamedPictures::keyOf(const std::string& groupId, const std::string& name)
{
    return QString::fromStdString(groupId) + QLatin1Char('\n') + QString::fromLatin1(QByteArray::fromStdString(name));
}

std::shared_ptr<const Picture> NamedPictures::picture(const std::string& groupId, const std::string& name,
                                                      qreal devicePixelRatio)
{
    const QString key = keyOf(groupId, name);
    const auto known = m_images.constFind(key);
    if (known != m_images.constEnd())
        return *known ? m_loader.thumbnail(**known, devicePixelRatio, Priority::Visible) : nullptr;
    if (std::ranges::none_of(m_wanted, [&](const Wanted& one) { return one.groupId == groupId && one.name == name; }))
        m_wanted.push_back({groupId, name});
    if (!m_isLooking && !m_soon.isActive())
        m_soon.start();
    return nullptr;
}

bool NamedPictures::isUnknown(const std::string& groupId, const std::string& name) const
{
    const auto known = m_images.constFind(keyOf(groupId, name));
    return known != m_images.constEnd() && !known->has_value();
}

void NamedPictures::forget()
{
    m_images.clear();
    m_wanted.clear();
    m_isLooking = false;
}

void NamedPictures::lookUp()
{
    if (m_wanted.empty() || m_isLooking || !m_controller.isOpen())
        return;
    // What was asked for last is what is seen now.
    const auto count = std::min(m_wanted.size(), kAtATime);
    std::vector<Wanted> now(m_wanted.end() - static_cast<std::ptrdiff_t>(count), m_wanted.end());
    m_wanted.resize(m_wanted.size() - count);
    m_isLooking = true;
    auto found = std::make_shared<std::vector<std::optional<GroupImage>>>();
    m_controller.runAside(
        [found, now, backend = m_backend](const ProjectSession& session, const std::stop_token&) {
            for (const Wanted& one : now)
                found->push_back(backend->findImage(session, one.groupId, one.name));
        },
        [guard = QPointer(this), found, now] {
            if (!guard)
                return;
            guard->m_isLooking = false;
            for (std::size_t i = 0; i < now.size() && i < found->size(); ++i)
                guard->m_images.insert(keyOf(now[i].groupId, now[i].name), (*found)[i]);
            Q_EMIT guard->arrived();
            guard->lookUp();
        });
}

std::optional<Crop> cropIn(std::string_view text)
{
    const auto first = text.find('[');
    const auto last = text.find(']', first == std::string_view::npos ? 0 : first);
    if (first == std::string_view::npos || last == std::string_view::npos)
        return std::nullopt;
    const auto crop = parseCrop(text.substr(first, last - first + 1));
    return crop ? std::optional(*crop) : std::nullopt;
}

void paintCrops(QPainter& painter, const QRectF& area, const QImage& image, const std::optional<Crop>& before,
                const std::optional<Crop>& after, const ThemeColors& colors)
{
    if (image.isNull())
        return;
    const QSizeF fitted = QSizeF(image.size()).scaled(area.size(), Qt::KeepAspectRatio);
    const QRectF picture(area.center().x() - fitted.width() / 2, area.center().y() - fitted.height() / 2,
                         fitted.width(), fitted.height());
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(picture, image);
    painter.setBrush(Qt::NoBrush);
    if (before)
        strokeBox(painter, boxOf(*before, picture), colors.attention, Qt::DashLine);
    if (after)
        strokeBox(painter, boxOf(*after, picture), colors.accent, Qt::SolidLine);
    painter.restore();
}

} // namespace ps
