// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/map_view.h"
#include "ui/models/models_controller.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace ps {

class PictureLoader;

/// The embedding map with what belongs to it: colour, lasso, what is marked, and the way to Browse.
/// Thread: UI. The map is laid out when the page is shown for the first time, and anew on request.
class MapPage : public QWidget
{
    Q_OBJECT

public:
    MapPage(ModelsController& models, PictureLoader& loader, const Theme& theme, QWidget* parent);

    MapView& map() { return *m_map; }
    QPushButton& browseButton() { return *m_browse; }
    bool isShowingPoints() const { return m_map->points() != nullptr; }

Q_SIGNALS:
    /// The groups of the marked images, ascending and once each, for this content of the project.
    void browseWanted(const std::vector<std::uint32_t>& ordinals, std::uint64_t contentVersion);
    void groupChosen(std::int64_t ordinal, std::uint64_t contentVersion);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    void layOut();
    void showProgress();
    void takeMap();
    void fillColors();
    void showMarked();
    void browse();
    void askForCard();
    void showCard(std::int64_t point, const GroupImage& image);
    bool isStale() const;

    ModelsController& m_models;
    PictureLoader& m_loader;
    MapView* m_map;
    QComboBox* m_color = nullptr;
    QToolButton* m_lasso = nullptr;
    QToolButton* m_fit = nullptr;
    QToolButton* m_again = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_browse = nullptr;
    QTimer m_hoverDelay;
    std::int64_t m_cardPoint = -1;
    GroupImage m_cardImage; ///< whose picture is waited for
};

} // namespace ps
