// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decisions/crop.h"
#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/exchange/exchange_backend.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QPainter;

namespace ps {

struct ThemeColors;

/// Small pictures of images that are known by their group and name only, as releases and imports name them.
/// Thread: UI; images are looked up beside it, a few at a time.
class NamedPictures : public QObject
{
    Q_OBJECT

public:
    NamedPictures(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, PictureLoader& loader,
                  QObject* parent);

    /// The picture if it is there; otherwise null, and arrived() follows when it may be.
    std::shared_ptr<const Picture> picture(const std::string& groupId, const std::string& name, qreal devicePixelRatio);
    /// The open project knows no such image.
    bool isUnknown(const std::string& groupId, const std::string& name) const;
    void forget();

Q_SIGNALS:
    void arrived();

private:
    struct Wanted {
        std::string groupId;
        std::string name;
    };
    static QString keyOf(const std::string& groupId, const std::string& name);
    void lookUp();

    ProjectController& m_controller;
    std::shared_ptr<ExchangeBackend> m_backend;
    PictureLoader& m_loader;
    QHash<QString, std::optional<GroupImage>> m_images; ///< nothing: the project does not know it
    std::vector<Wanted> m_wanted;
    QTimer m_soon;
    bool m_isLooking = false;
};

/// The crop that a text holds somewhere: four numbers in square brackets.
std::optional<Crop> cropIn(std::string_view text);

/// Paints the picture whole into the middle of `area`, with the crop of before dashed and that of after drawn through.
void paintCrops(QPainter& painter, const QRectF& area, const QImage& image, const std::optional<Crop>& before,
                const std::optional<Crop>& after, const ThemeColors& colors);

} // namespace ps
