// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/suggest/model_registry.h"
#include "ui/models/chart_view.h"

#include <QScrollArea>

#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace ps {

/// Charts side by side, as many columns as there is room for. The views are kept when their contents change.
class ChartGrid : public QWidget
{
    Q_OBJECT

public:
    ChartGrid(const Theme& theme, QWidget* parent);

    void setCharts(std::vector<ChartContent> charts);
    const std::vector<ChartView*>& views() const { return m_views; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    const Theme& m_theme;
    QGridLayout* m_grid;
    std::vector<ChartView*> m_views;
    int m_columns = 0;
};

/// What is known of one model: why it is proposed or not, what it was trained on, and its charts.
class ReportView : public QScrollArea
{
    Q_OBJECT

public:
    ReportView(const Theme& theme, QWidget* parent);

    /// Nothing: `hint` says what to do for there to be a model.
    void showNothing(const QString& title, const QString& hint, bool canTrain);
    void showModel(const ModelRecord& record, bool isActive);
    ChartGrid& charts() { return *m_charts; }

Q_SIGNALS:
    void trainingWanted();

private:
    QLabel* m_title;
    QLabel* m_verdict;
    QLabel* m_facts;
    QPushButton* m_train; ///< while there is no model
    ChartGrid* m_charts;
};

} // namespace ps
