// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/measure_slider.h"
#include "ui/common/project_controller.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace ps {

/// The panel beside the contact sheet that finds pictures worth a second look: a threshold on the histogram of each measure.
/// Thresholds that are switched on stand in the filter as its text; several find what is beyond any of them. Nothing is ever
/// sorted out by itself.
/// Thread: UI; histograms are counted in the background.
class QualityPanel : public QWidget
{
    Q_OBJECT

public:
    QualityPanel(ProjectController& controller, const Theme& theme, QWidget* parent);

    /// Counts anew, unless nothing can have changed; to be called when it is shown.
    void updateHistograms();
    void setHistograms(const std::vector<MeasureHistogram>& histograms);
    /// The filter as it is now: switches go off when their text is no longer in it.
    void setQueryText(const std::string& text);
    /// What the switched-on thresholds are as a query; "" for none.
    std::string expression() const;

    struct Row {
        MeasureSlider* slider = nullptr;
        QToolButton* onlyThese = nullptr; ///< checkable
    };
    const std::vector<Row>& rows() const { return m_rows; }
    QPushButton& resetButton() { return *m_reset; }
    QPushButton& duplicatesButton() { return *m_duplicates; }

Q_SIGNALS:
    /// The filter is to be this text.
    void queryWanted(const QString& text);
    /// Sets of pictures that look alike are to be listed.
    void duplicatesWanted();

private:
    void addRow(const QualityFilter& filter, QVBoxLayout* column);
    void apply();
    void reset();

    ProjectController& m_controller;
    const Theme& m_theme;
    std::vector<Row> m_rows;
    QPushButton* m_reset = nullptr;
    QPushButton* m_duplicates = nullptr;
    std::string m_queryText;
    std::string m_applied; ///< our part of it
    QTimer m_moving;
    std::uint64_t m_request = 0;
};

/// The text with `part` in place of `before`, which it holds; behind the rest when it does not.
std::string withPart(const std::string& text, const std::string& before, const std::string& part);

} // namespace ps
