// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QObject>

#include <functional>

class QAction;

namespace ps {

class ActionTable;
class HoldKey;
class InspectorPanel;
class LightTable;
class PictureLoader;
class SecondWindow;

/// Connects what the menus View and Compare offer to the light table, shows there what is on, and keeps the choices that
/// last: whether the zoom stays from group to group, and which facts are shown.
class CompareActions : public QObject
{
    Q_OBJECT

public:
    CompareActions(const ActionTable& actions, LightTable& table, InspectorPanel& inspector, PictureLoader& loader,
                   const Theme& theme, QWidget* parent);

    /// Null until it was opened once.
    SecondWindow* secondWindow() const { return m_secondWindow; }

private:
    QAction* on(const char* id, std::function<void()> run);
    QAction* toggle(const char* id, bool isOn, const std::function<void(bool)>& run);
    void connectZoom();
    void connectLocks();
    void connectCompare();
    void connectOverlays();
    void showState();
    void openSecondWindow(bool open);

    const ActionTable& m_actions;
    LightTable& m_table;
    InspectorPanel& m_inspector;
    PictureLoader& m_loader;
    const Theme& m_theme;
    HoldKey* m_blinkKey;
    HoldKey* m_reasonsKey;
    SecondWindow* m_secondWindow = nullptr; ///< a child of the table; made when it is first wanted
};

} // namespace ps
