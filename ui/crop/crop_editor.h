// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"
#include "core/library/suggestions.h"
#include "ui/common/picture_loader.h"
#include "ui/common/theme.h"

#include <QWidget>

#include <optional>

namespace ps {

class ActionTable;
class CropCanvas;
class CropPanel;

/// Picture and panel together: what Review shows when a picture is to be cropped, and what the Crop workplace is made of.
class CropEditor : public QWidget
{
    Q_OBJECT

public:
    CropEditor(PictureLoader& loader, const ActionTable& actions, const Theme& theme, QWidget* parent);

    /// Edits one image. `size` is its upright size when it is known; otherwise it is taken from the picture.
    void edit(const GroupImage& image, ImageSize size, const std::optional<Crop>& start,
              const std::optional<Crop>& suggestion);
    void clear();
    void setLaterVisible(bool visible);
    CropCanvas& canvas() const { return *m_canvas; }
    CropPanel& panel() const { return *m_panel; }

Q_SIGNALS:
    void confirmed(const ps::Crop& crop);
    void postponed();
    void cancelled();
    /// Why something was not done, in one line.
    void said(const QString& text);

protected:
    void focusInEvent(QFocusEvent* event) override;

private:
    void connectActions(const ActionTable& actions);
    void startWhenKnown();
    void confirm();
    void copyLast();
    void tellTarget();

    PictureLoader& m_loader;
    const ActionTable& m_actions;
    CropCanvas* m_canvas;
    CropPanel* m_panel;
    std::optional<GroupImage> m_waiting; ///< an image whose size is not known yet
    std::optional<Crop> m_start;
    std::optional<Crop> m_suggestion;
};

} // namespace ps
