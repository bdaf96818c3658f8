// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/crop/crop_box.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ps {

class CropCanvas;

/// The numbers of a crop box, its ratio, what is doubtful about it, and the buttons that end the editing.
class CropPanel : public QWidget
{
    Q_OBJECT

public:
    CropPanel(CropCanvas& canvas, const Theme& theme, QWidget* parent);

    void setNextRatio();
    void turnRatio();
    QPushButton* confirmButton() const { return m_confirm; }
    QPushButton* laterButton() const { return m_later; }
    QPushButton* cancelButton() const { return m_cancel; }

private:
    void showBox();
    void takeNumbers();
    void takeRatio();
    static QString ratioText(const CropRatio& ratio);
    static QString lintText(CropLint lint);

    CropCanvas& m_canvas;
    const Theme& m_theme;
    std::array<QSpinBox*, 4> m_numbers{}; ///< left, top, width, height
    QComboBox* m_ratio = nullptr;
    bool m_isTurned = false;
    QLabel* m_percent = nullptr;
    QWidget* m_lint = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_later = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace ps
