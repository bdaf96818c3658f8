// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_editor.h"

#include "ui/common/action_table.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>

namespace ps {

namespace {

constexpr const char* kLastSetting = "crop/last";

} // namespace

CropEditor::CropEditor(PictureLoader& loader, const ActionTable& actions, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_loader(loader), m_actions(actions), m_canvas(new CropCanvas(loader, theme, this)),
      m_panel(new CropPanel(*m_canvas, theme, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_panel);
    setFocusProxy(m_canvas);
    connectActions(actions);
    connect(m_panel->confirmButton(), &QPushButton::clicked, this, &CropEditor::confirm);
    connect(m_panel->laterButton(), &QPushButton::clicked, this, &CropEditor::postponed);
    connect(m_panel->cancelButton(), &QPushButton::clicked, this, &CropEditor::cancelled);
    connect(&loader, &PictureLoader::ready, this, [this] { startWhenKnown(); });
    connect(m_canvas, &CropCanvas::boxChanged, this, &CropEditor::tellTarget);
    tellTarget();
}

void CropEditor::connectActions(const ActionTable& actions)
{
    // Every editor answers to the same actions while it is visible; there is one visible editor at a time.
    actions.install(ActionScope::Crop, m_canvas);
    const auto on = [&](const char* id, auto what) {
        connect(actions.action(id), &QAction::triggered, this, [this, what] {
            if (isVisible())
                what();
        });
    };
    on("crop.confirm", [this] { confirm(); });
    on("crop.cancel", [this] { Q_EMIT cancelled(); });
    on("crop.later", [this] {
        if (m_panel->laterButton()->isVisible())
            Q_EMIT postponed();
    });
    on("crop.ratio", [this] { m_panel->setNextRatio(1); });
    on("crop.previousRatio", [this] { m_panel->setNextRatio(-1); });
    on("crop.freeRatio", [this] { m_panel->setFreeRatio(); });
    on("crop.limits", [this] { m_canvas->setNextTarget(); });
    on("crop.noLimits", [this] { m_canvas->removeLimits(); });
    on("crop.copyLast", [this] { copyLast(); });
    on("crop.swapRatio", [this] { m_panel->turnRatio(); });
    on("crop.full", [this] { m_canvas->setFull(); });
    on("crop.suggestion", [this] { m_canvas->useSuggestion(); });
    on("crop.boxes", [this] { m_canvas->setBoxesVisible(!m_canvas->areBoxesVisible()); });
    on("crop.grid", [this] { m_canvas->setGridVisible(!m_canvas->isGridVisible()); });
}

void CropEditor::confirm()
{
    if (m_canvas->box().imageSize().isEmpty())
        return;
    m_panel->commitNumbers();
    if (m_canvas->isTouched()) {
        const Crop crop = m_canvas->box().crop();
        QSettings().setValue(QLatin1String(kLastSetting), QString::fromStdString(cropText(crop)));
        Q_EMIT confirmed(crop);
    } else {
        Q_EMIT said(tr("Draw the crop first, or press %1 to keep the whole picture.")
                        .arg(m_actions.action("crop.full")->shortcut().toString(QKeySequence::NativeText)));
    }
}

void CropEditor::copyLast()
{
    const QString text = QSettings().value(QLatin1String(kLastSetting)).toString();
    const auto crop = parseCrop(text.toStdString());
    const auto box = crop ? toPixels(*crop, m_canvas->box().imageSize()) : std::nullopt;
    if (box)
        m_canvas->setBox(*box);
    else
        Q_EMIT said(tr("No crop was confirmed before."));
}

void CropEditor::tellTarget()
{
    m_canvas->setProperty("keyTarget", m_canvas->target() == CropTarget::Box        ? tr("the crop box")
                                       : m_canvas->target() == CropTarget::MustKeep ? tr("what must be kept")
                                                                                    : tr("what may be kept"));
}

void CropEditor::edit(const GroupImage& image, ImageSize size, const std::optional<Crop>& start,
                      const std::optional<Crop>& suggestion)
{
    m_waiting.reset();
    m_start = start;
    m_suggestion = suggestion;
    if (size.isEmpty()) {
        m_canvas->clear();
        m_waiting = image;
        startWhenKnown();
        return;
    }
    m_canvas->edit(image, size, start);
    m_canvas->setSuggestion(suggestion);
}

void CropEditor::startWhenKnown()
{
    if (!m_waiting)
        return;
    const auto picture = m_loader.request(*m_waiting, (QSizeF(size()) * devicePixelRatioF()).toSize(),
                                          Priority::Visible);
    if (!picture || picture->error)
        return;
    const GroupImage image = *m_waiting;
    edit(image, picture->info.size, m_start, m_suggestion);
}

void CropEditor::clear()
{
    m_waiting.reset();
    m_canvas->clear();
}

void CropEditor::setLaterVisible(bool visible)
{
    m_panel->laterButton()->setVisible(visible);
}

void CropEditor::focusInEvent(QFocusEvent*)
{
    m_canvas->setFocus();
}

} // namespace ps
