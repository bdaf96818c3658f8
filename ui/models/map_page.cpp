// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/map_page.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/picture_loader.h"
#include "ui/common/state_badge.h"
#include "ui/models/chart_content.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ps {

namespace {

constexpr int kHoverMs = 90; ///< until a picture is asked for

QToolButton* barButton(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setProperty("choice", true);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    button->setText(text);
    button->setToolButtonStyle(iconName.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(text);
    return button;
}

} // namespace

MapPage::MapPage(ModelsController& models, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_models(models), m_loader(loader), m_map(new MapView(theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(makeBar());
    layout->addWidget(m_map, 1);
    m_hoverDelay.setSingleShot(true);
    m_hoverDelay.setInterval(kHoverMs);
    connect(&m_hoverDelay, &QTimer::timeout, this, &MapPage::askForCard);
    connect(m_map, &MapView::hoveredChanged, this,
            [this](std::int64_t point) { point >= 0 ? m_hoverDelay.start() : m_hoverDelay.stop(); });
    connect(m_map, &MapView::markedChanged, this, &MapPage::showMarked);
    connect(m_map, &MapView::lassoChanged, m_lasso, &QToolButton::setChecked);
    connect(m_map, &MapView::opened, this, [this](std::int64_t point) {
        const MapPoints& points = *m_map->points();
        Q_EMIT groupChosen(points.ordinals[static_cast<std::size_t>(point)], points.contentVersion);
    });
    connect(&loader, &PictureLoader::ready, this, [this](const QString& key) {
        if (m_cardPoint >= 0 && m_cardPoint == m_map->hovered() && key == PictureLoader::imageKey(m_cardImage))
            showCard(m_cardPoint, m_cardImage);
    });
    connect(&models, &ModelsController::mapProgressed, this, &MapPage::showProgress);
    connect(&models, &ModelsController::mapChanged, this, &MapPage::takeMap);
    takeMap();
}

QWidget* MapPage::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto* label = new QLabel(tr("Colour:"), bar);
    m_color = new QComboBox(bar);
    m_color->setAccessibleName(tr("What the colour says"));
    m_color->setMinimumWidth(190);
    label->setBuddy(m_color);
    m_lasso = barButton({}, tr("Lasso"), bar);
    m_lasso->setCheckable(true);
    m_lasso->setToolTip(tr("Draw a line around images to mark them (L, or drag with Shift)"));
    m_fit = barButton(QStringLiteral("zoom-fit"), tr("Whole map"), bar);
    m_fit->setToolTip(tr("Show the whole map (0)"));
    m_again = barButton(QStringLiteral("refresh"), tr("Lay out anew"), bar);
    m_bar = new QProgressBar(bar);
    m_bar->setFixedWidth(160);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_note = new QLabel(bar);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setProperty("muted", true);
    m_note->setMinimumWidth(20);
    m_browse = new QPushButton(tr("Show in Browse"), bar);
    makePrimary(m_browse);
    for (QWidget* widget : std::initializer_list<QWidget*>{label, m_color, m_lasso, m_fit, m_again, m_bar})
        row->addWidget(widget);
    row->addWidget(m_note, 1);
    row->addWidget(m_browse);
    connect(m_color, &QComboBox::currentIndexChanged, this, [this] {
        if (m_color->currentData().isValid())
            m_map->setColoring({m_color->currentData().toInt()});
    });
    connect(m_lasso, &QToolButton::toggled, m_map, &MapView::setLasso);
    connect(m_fit, &QToolButton::clicked, m_map, &MapView::fit);
    connect(m_again, &QToolButton::clicked, this, &MapPage::layOut);
    connect(m_browse, &QPushButton::clicked, this, &MapPage::browse);
    return bar;
}

// ---- the map -------------------------------------------------------------------------------------------------------

bool MapPage::isStale() const
{
    const ProjectController& project = m_models.project();
    return m_map->points() && project.isOpen() &&
           project.session()->contentVersion() != m_map->points()->contentVersion;
}

void MapPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_models.project().isOpen() && !m_models.isMapRunning() && (!m_models.map() || isStale()))
        layOut();
}

void MapPage::layOut()
{
    m_models.requestMap();
    showProgress();
}

void MapPage::showProgress()
{
    const bool isRunning = m_models.isMapRunning();
    m_bar->setVisible(isRunning);
    m_bar->setRange(0, 100);
    m_bar->setValue(static_cast<int>(100 * m_models.mapProgress()));
    m_again->setEnabled(!isRunning && m_models.project().isOpen());
    if (!m_map->points())
        m_map->setMessage(isRunning ? tr("Laying out the map: alike images go beside each other...") : QString());
}

void MapPage::takeMap()
{
    const auto& map = m_models.map();
    const bool isEmpty = !map || map->size() == 0;
    m_map->setPoints(isEmpty ? nullptr : map);
    showProgress();
    if (m_models.mapError())
        m_map->setMessage(errorText(*m_models.mapError()).summary);
    else if (map && isEmpty)
        m_map->setMessage(tr("No data, because no image has an embedding yet. Compute them under \"Training\"."));
    fillColors();
    showMarked();
}

void MapPage::fillColors()
{
    const QSignalBlocker quiet(m_color);
    m_color->clear();
    m_color->addItem(tr("State"), -1);
    if (const auto& points = m_map->points()) {
        for (std::size_t i = 0; i < points->measures.size(); ++i) {
            const bool isKnown = std::ranges::any_of(points->measures[i].values,
                                                     [](float value) { return std::isfinite(value); });
            if (isKnown)
                m_color->addItem(points->measures[i].name, static_cast<int>(i));
        }
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{m_color, m_lasso, m_fit})
        widget->setEnabled(m_map->points() != nullptr);
}

// ---- marks ---------------------------------------------------------------------------------------------------------

namespace {

std::vector<std::uint32_t> groupsOf(const MapPoints& points, const std::vector<std::uint32_t>& marked)
{
    std::vector<std::uint32_t> ordinals;
    ordinals.reserve(marked.size());
    for (const std::uint32_t point : marked)
        ordinals.push_back(points.ordinals[point]);
    std::ranges::sort(ordinals);
    ordinals.erase(std::ranges::unique(ordinals).begin(), ordinals.end());
    return ordinals;
}

} // namespace

void MapPage::showMarked()
{
    const auto& points = m_map->points();
    m_browse->setEnabled(points && !m_map->marked().empty());
    if (!points) {
        m_note->clear();
        return;
    }
    if (m_map->marked().empty()) {
        QString text = tr("%Ln image(s)", nullptr, static_cast<int>(points->size()));
        if (points->missing > 0)
            text += QStringLiteral(" · ") + tr("%Ln without embedding", nullptr, static_cast<int>(points->missing));
        m_note->setText(text);
        return;
    }
    const auto groups = static_cast<int>(groupsOf(*points, m_map->marked()).size());
    m_note->setText(tr("Marked: %1 of %2")
                        .arg(tr("%Ln image(s)", nullptr, static_cast<int>(m_map->marked().size())),
                             tr("%Ln group(s)", nullptr, groups)));
}

void MapPage::browse()
{
    const auto& points = m_map->points();
    if (points && !m_map->marked().empty())
        Q_EMIT browseWanted(groupsOf(*points, m_map->marked()), points->contentVersion);
}

// ---- the card under the pointer --------------------------------------------------------------------------------------

void MapPage::askForCard()
{
    const std::int64_t point = m_map->hovered();
    if (point < 0 || !m_map->points())
        return;
    const auto place = static_cast<std::size_t>(point);
    const std::size_t slot = m_map->points()->slots[place];
    m_map->setHoverCard(point, fromCore(m_map->points()->names[place]), {});
    if (isStale())
        return; // the ordinals stand for other groups now
    m_models.project().requestRows({m_map->points()->ordinals[place]}, true,
                                   [guard = QPointer(this), point, slot](const Result<GroupRows>& rows) {
                                       if (guard && guard->m_map->hovered() == point && rows && !rows->images.empty() &&
                                           slot < rows->images.front().size())
                                           guard->showCard(point, rows->images.front()[slot]);
                                   });
}

void MapPage::showCard(std::int64_t point, const GroupImage& image)
{
    m_cardPoint = point;
    m_cardImage = image;
    const auto place = static_cast<std::size_t>(point);
    const MapPoints& points = *m_map->points();
    QString text = fromCore(points.names[place]) + QLatin1Char('\n') + stateText(points.states[place]);
    if (const int measure = m_map->coloring().measure; measure >= 0) {
        const MapMeasure& known = points.measures[static_cast<std::size_t>(measure)];
        const float value = known.values[place];
        text += QLatin1Char('\n') +
                (std::isfinite(value) ? QStringLiteral("%1: %2").arg(known.name, numberText(static_cast<double>(value)))
                                      : tr("%1: not known").arg(known.name));
    }
    const auto picture = m_loader.thumbnail(image, devicePixelRatioF(), Priority::Visible);
    m_map->setHoverCard(point, text,
                        picture && !picture->image.isNull() ? QPixmap::fromImage(picture->image) : QPixmap());
}

} // namespace ps
