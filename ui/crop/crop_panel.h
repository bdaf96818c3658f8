// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/crop/crop_box.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ps {

class CropCanvas;
class Theme;

/// The numbers of a crop box, its ratio, what is doubtful about it, and the buttons that end the editing.
class CropPanel : public QWidget
{
    Q_OBJECT

public:
    CropPanel(CropCanvas& canvas, const Theme& theme, QWidget* parent);

    /// Takes numbers that were typed and not ended with Return; to be called before the box is stored. The buttons of the
    /// panel do it themselves.
    void commitNumbers();
    void setNextRatio(int step); ///< 1 forward, -1 back
    void setFreeRatio();
    void turnRatio();
    QPushButton* confirmButton() const { return m_confirm; }
    QPushButton* laterButton() const { return m_later; }
    QPushButton* cancelButton() const { return m_cancel; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fillRatios();
    void showBox();
    void takeNumber(std::size_t which);
    void takeRatio();
    CropRatio chosenRatio() const; ///< turned as it is
    static QString ratioText(const CropRatio& ratio);
    static QString lintText(CropLint lint);

    CropCanvas& m_canvas;
    std::array<QSpinBox*, 4> m_numbers{}; ///< left, top, width, height
    std::vector<CropRatio> m_ratios;
    QComboBox* m_ratio = nullptr;
    bool m_isTurned = false;
    QLabel* m_percent = nullptr;
    QWidget* m_lint = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_later = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace ps
