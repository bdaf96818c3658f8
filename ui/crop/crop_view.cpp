// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_view.h"

#include "core/library/filename.h"
#include "ui/common/action_table.h"
#include "ui/common/error_text.h"
#include "ui/crop/crop_canvas.h"
#include "ui/crop/crop_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ps {

CropView::CropView(ProjectController& controller, PictureLoader& loader, const ActionTable& actions, const Theme& theme,
                   QWidget* parent)
    : QWidget(parent), m_controller(controller), m_theme(theme), m_header(new QLabel(this)),
      m_stack(new QStackedWidget(this)), m_editor(new CropEditor(loader, actions, theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("panel"));
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(16, 8, 12, 8);
    m_header->setTextFormat(Qt::PlainText);
    barLayout->addWidget(m_header, 1);
    for (const char* id : {"crop.previous", "crop.next"}) {
        auto* button = new QPushButton(actions.action(id)->text(), bar);
        connect(button, &QPushButton::clicked, actions.action(id), &QAction::trigger);
        barLayout->addWidget(button);
    }
    layout->addWidget(bar);
    auto* empty = new QLabel(
        tr("No crop is open.\nPictures that are kept with \"crop later\", and accepted suggestions, wait here."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setTextFormat(Qt::PlainText);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_editor);
    layout->addWidget(m_stack, 1);
    m_editor->setLaterVisible(false);
    setFocusProxy(m_editor);

    const auto whileVisible = [this](auto what) {
        return [this, what](auto&&... values) {
            if (isVisible())
                what(values...);
        };
    };
    connect(actions.action("crop.next"), &QAction::triggered, this, whileVisible([this](auto&&...) { goOn(true); }));
    connect(actions.action("crop.previous"), &QAction::triggered, this,
            whileVisible([this](auto&&...) { goOn(false); }));
    connect(m_editor, &CropEditor::said, this, &CropView::said);
    connect(m_editor, &CropEditor::confirmed, this, &CropView::confirm);
    connect(m_editor, &CropEditor::cancelled, this, [this] { goOn(true); });
    connect(&controller, &ProjectController::decided, this, [this](const QString& key) { onConfirmed(key, true); });
    connect(&controller, &ProjectController::decisionFailed, this,
            [this](const QString& key) { onConfirmed(key, false); });
    connect(&controller, &ProjectController::groupRead, this, &CropView::onGroupRead);
    connect(&controller, &ProjectController::groupsReset, this, &CropView::onReset);
    connect(&controller, &ProjectController::stepDone, this, [this] {
        m_group.reset(); // what is in the queue is another question now
        if (isVisible())
            start();
    });
    connect(&controller, &ProjectController::closed, this, [this] {
        m_confirming.clear();
        m_ordinal = -1;
        m_editor->setEnabled(true);
        showNothing();
    });
}

void CropView::showEvent(QShowEvent*)
{
    start();
}

void CropView::start()
{
    if (!m_controller.isOpen())
        showNothing();
    else if (!m_group)
        lookFrom(std::max<std::int64_t>(m_ordinal - 1, -1), true);
}

void CropView::onReset()
{
    if (!m_group) {
        m_ordinal = -1;
        if (isVisible())
            start();
        return;
    }
    // The one that is being drawn stays, wherever it stands in the list now.
    m_controller.requestOrdinalOf(fromCore(m_group->detail.entry.key), [this](std::optional<std::int64_t> ordinal) {
        m_ordinal = ordinal.value_or(-1);
        if (ordinal)
            return;
        m_group.reset();
        if (isVisible())
            start();
    });
}

void CropView::lookFrom(std::int64_t ordinal, bool isForward)
{
    m_controller.requestNextOpenCrop(ordinal, isForward, [this](std::optional<std::int64_t> found) { onFound(found); });
}

bool CropView::isShowingPicture() const
{
    return m_group && m_editor->canvas().isPictureReady();
}

void CropView::goOn(bool isForward)
{
    lookFrom(m_ordinal, isForward);
}

void CropView::onFound(std::optional<std::int64_t> ordinal)
{
    if (!ordinal) {
        showNothing();
        return;
    }
    m_wanted = ordinal;
    m_controller.requestGroup(*ordinal);
}

void CropView::showNothing()
{
    m_group.reset();
    m_editor->clear();
    m_header->setText(tr("Crop queue"));
    m_stack->setCurrentIndex(0);
}

void CropView::onGroupRead(std::int64_t ordinal, const ReviewedGroup& group)
{
    if (m_wanted != ordinal || !group.detail.row)
        return;
    m_wanted.reset();
    const auto selected = static_cast<std::size_t>(group.detail.row->integer("user_selected_index").value_or(-1));
    if (selected >= group.detail.images.size())
        return;
    m_ordinal = ordinal;
    m_group = group;
    const GroupImage& image = group.detail.images[selected];
    const auto& counts = m_controller.counts().byState;
    const auto open = counts[static_cast<std::size_t>(GroupState::CropLater)] +
                      counts[static_cast<std::size_t>(GroupState::CropAccepted)];
    m_header->setText(tr("%n image(s) in the queue", nullptr, static_cast<int>(open)) + QStringLiteral("   ·   ") +
                      fromCore(fileName(image.path)));
    const auto& suggestion = group.suggestion;
    const bool isOfImage = suggestion && suggestion->crop && suggestion->imageIndex == static_cast<int>(selected);
    const std::optional<Crop> suggested = isOfImage ? suggestion->crop : std::nullopt;
    // An accepted suggestion is where the person left it; a crop by hand starts from the whole picture.
    const bool isAccepted = group.detail.entry.state == GroupState::CropAccepted;
    m_stack->setCurrentWidget(m_editor);
    m_editor->edit(image, image.size, isAccepted ? suggested : std::nullopt, suggested);
    m_editor->canvas().setBoxes(group.offer.boxes, static_cast<int>(selected));
    m_editor->setFocus();
}

void CropView::confirm(const Crop& crop)
{
    if (!m_group)
        return;
    m_confirming = fromCore(m_group->detail.entry.key);
    m_editor->setEnabled(false); // until it is durable; cutting a large picture takes a moment
    m_controller.confirmCrop(m_group->detail, crop, m_editor->canvas().tolerance());
}

void CropView::onConfirmed(const QString& groupKey, bool isStored)
{
    if (m_confirming != groupKey)
        return;
    m_confirming.clear();
    m_editor->setEnabled(true);
    m_editor->setFocus();
    if (isStored)
        goOn(true);
}

} // namespace ps
