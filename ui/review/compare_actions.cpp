// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/compare_actions.h"

#include "ui/common/action_table.h"
#include "ui/review/hold_key.h"
#include "ui/review/inspector_panel.h"
#include "ui/review/light_table.h"
#include "ui/review/second_window.h"

#include <QSettings>

namespace ps {

namespace {

constexpr const char* kKeepZoomKey = "review/keepsZoom";
constexpr const char* kOnlyDifferencesKey = "review/onlyDifferences";

bool storedChoice(const char* key)
{
    return QSettings().value(QLatin1String(key), true).toBool();
}

} // namespace

CompareActions::CompareActions(const ActionTable& actions, LightTable& table, InspectorPanel& inspector,
                               PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QObject(parent), m_actions(actions), m_table(table), m_inspector(inspector), m_loader(loader), m_theme(theme),
      m_blinkKey(new HoldKey(actions, "compare.blink", this)), m_reasonsKey(new HoldKey(actions, "view.reasons", this))
{
    connectZoom();
    connectLocks();
    connectCompare();
    connectOverlays();
    connect(&table, &LightTable::compareChanged, this, &CompareActions::showState);
    showState();
}

QAction* CompareActions::on(const char* id, std::function<void()> run)
{
    QAction* const action = m_actions.action(id);
    connect(action, &QAction::triggered, this, std::move(run));
    return action;
}

QAction* CompareActions::toggle(const char* id, bool isOn, const std::function<void(bool)>& run)
{
    QAction* const action = m_actions.action(id);
    action->setCheckable(true);
    action->setChecked(isOn);
    connect(action, &QAction::toggled, this, run);
    return action;
}

void CompareActions::connectZoom()
{
    on("view.zoomIn", [this] { m_table.zoomBy(1.25); });
    on("view.zoomOut", [this] { m_table.zoomBy(0.8); });
    on("view.zoomFit", [this] { m_table.zoomToFit(); });
    on("view.zoomFill", [this] { m_table.zoomToFill(); });
    on("view.zoomActual", [this] { m_table.zoomToActual(); });
    on("view.zoomDouble", [this] { m_table.zoomToActual(2); });
    on("view.zoomCrop", [this] { m_table.zoomToCrop(); });
    m_table.views().setKeepsZoom(storedChoice(kKeepZoomKey));
    toggle("view.keepZoom", storedChoice(kKeepZoomKey), [this](bool isOn) {
        QSettings().setValue(QLatin1String(kKeepZoomKey), isOn);
        m_table.views().setKeepsZoom(isOn);
    });
}

void CompareActions::connectLocks()
{
    toggle("view.lock", true, [this](bool isOn) { m_table.setLocked(isOn); });
    m_actions.action("view.lockPane")->setCheckable(true);
    connect(m_actions.action("view.lockPane"), &QAction::triggered, &m_table, &LightTable::setPaneLocked);
    on("view.resetOffsets", [this] { m_table.resetOffsets(); });
    QAction* const suggestion = toggle("view.suggestion", true,
                                       [this](bool isOn) { m_table.setSuggestionVisible(isOn); });
    connect(&m_table, &LightTable::suggestionVisibleChanged, suggestion, &QAction::setChecked);
    QAction* const reasons = m_actions.action("view.reasons");
    reasons->setCheckable(true);
    on("view.reasons", [this, reasons] { m_table.setReasonsVisible(reasons->isChecked()); });
    connect(&m_table, &LightTable::reasonsVisibleChanged, reasons, &QAction::setChecked);
    m_reasonsKey->watch(&m_table);
    connect(m_reasonsKey, &HoldKey::pressed, &m_table, [this] { m_table.setReasonsVisible(true); });
    connect(m_reasonsKey, &HoldKey::released, &m_table, [this] { m_table.setReasonsVisible(false); });
    toggle("view.boxes", true, [this](bool isOn) { m_table.setBoxesVisible(isOn); });
}

void CompareActions::connectCompare()
{
    on("go.focusNext", [this] { m_table.stepFocus(1); });
    on("go.focusPrevious", [this] { m_table.stepFocus(-1); });
    on("compare.crown", [this] { m_table.crown(); });
    for (const char* id : {"compare.twoUp", "compare.blink", "compare.swipe", "compare.difference"})
        m_actions.action(id)->setCheckable(true);
    on("compare.twoUp", [this] { m_table.setTwoUp(!m_table.compare().isTwoUp()); });
    on("compare.swipe", [this] { m_table.toggleMode(CompareState::Mode::Swipe); });
    on("compare.difference", [this] { m_table.toggleMode(CompareState::Mode::Difference); });
    on("compare.less", [this] { m_table.stepMode(-1); });
    on("compare.more", [this] { m_table.stepMode(1); });
    // The key acts while it is down; from the menu, which has no such thing, until it is chosen again.
    on("compare.blink", [this] { m_table.setBlinking(!m_table.isBlinking()); });
    m_blinkKey->watch(&m_table);
    connect(m_blinkKey, &HoldKey::pressed, &m_table, [this] { m_table.setBlinking(true); });
    connect(m_blinkKey, &HoldKey::released, &m_table, [this] { m_table.setBlinking(false); });
    toggle("compare.secondWindow", false, [this](bool isOn) { openSecondWindow(isOn); });
}

void CompareActions::connectOverlays()
{
    toggle("overlay.peaking", false, [this](bool isOn) { m_table.setPeakingVisible(isOn); });
    toggle("overlay.clipping", false, [this](bool isOn) { m_table.setClippingVisible(isOn); });
    toggle("overlay.histogram", false, [this](bool isOn) { m_table.setHistogramVisible(isOn); });
    m_inspector.setOnlyDifferences(storedChoice(kOnlyDifferencesKey));
    toggle("view.onlyDifferences", storedChoice(kOnlyDifferencesKey), [this](bool isOn) {
        QSettings().setValue(QLatin1String(kOnlyDifferencesKey), isOn);
        m_inspector.setOnlyDifferences(isOn);
    });
}

/// What the light table does shows in the menu, however it came about.
void CompareActions::showState()
{
    const CompareState& state = m_table.compare();
    const auto show = [this](const char* id, bool isOn, bool isEnabled) {
        m_actions.action(id)->setChecked(isOn);
        m_actions.action(id)->setEnabled(isEnabled);
    };
    const bool isPair = state.count() > 1;
    show("compare.blink", m_table.isBlinking(), isPair);
    show("compare.swipe", state.mode() == CompareState::Mode::Swipe, isPair);
    show("compare.difference", state.mode() == CompareState::Mode::Difference, isPair);
    show("compare.twoUp", state.isTwoUp(), true);
    const ViewSync& views = m_table.views();
    show("view.lockPane", !isPair || !views.isLocked() || views.isPaneLocked(state.focused()),
         isPair && views.isLocked());
    m_actions.action("compare.crown")->setEnabled(isPair);
    const bool hasMode = state.mode() != CompareState::Mode::None;
    m_actions.action("compare.less")->setEnabled(hasMode);
    m_actions.action("compare.more")->setEnabled(hasMode);
}

void CompareActions::openSecondWindow(bool open)
{
    if (!open) {
        if (m_secondWindow)
            m_secondWindow->close();
        return;
    }
    if (!m_secondWindow) {
        m_secondWindow = new SecondWindow(m_table, m_loader, m_actions, m_theme, &m_table);
        m_blinkKey->watch(m_secondWindow);
        connect(m_secondWindow, &SecondWindow::closed, this,
                [this] { m_actions.action("compare.secondWindow")->setChecked(false); });
    }
    m_secondWindow->show();
    m_secondWindow->raise();
}

} // namespace ps
