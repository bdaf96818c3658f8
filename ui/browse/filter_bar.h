// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/group_entry.h"
#include "core/library/group_query.h"
#include "ui/common/theme.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;

namespace ps {

/// How the list is shown.
enum class BrowseMode { Grid, Bands, Table };

/// What stands above the contact sheet: the filter with its mistakes shown below it, one chip for each state with its
/// number, order, view and size of cells, and how many groups there are.
/// Thread: UI.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(const Theme& theme, QWidget* parent);

    /// Shows a query without asking for it.
    void setQuery(const GroupQuery& query);
    /// As far as it can be read: while the text has a mistake, the query before it.
    const GroupQuery& query() const { return m_query; }
    void setCounts(const GroupCounts& counts);
    /// `isBusy`: the numbers are of before, another list is on its way.
    void setResult(std::int64_t count, bool isBusy);
    /// The list holds nothing but certain groups, by their name for people; "" = it holds all.
    void setOnly(const QString& name);
    /// So many rows were decided since the list was made, and may no longer belong to it.
    void setChangedCount(qsizetype count);
    void setMode(BrowseMode mode);
    void setCellSize(int sizePx);
    void setQualityShown(bool isShown);
    /// As if a person had written it.
    void setText(const QString& text);
    void setSort(GroupSort sort);
    void focusFilter();
    QLineEdit& field() { return *m_field; }

Q_SIGNALS:
    void queryChanged(const ps::GroupQuery& query);
    void modeChanged(ps::BrowseMode mode);
    void cellSizeChanged(int sizePx);
    void refreshWanted();
    void qualityWanted(bool isShown);
    void allWanted(); ///< no longer only certain groups
    /// Escape or Return in the filter: back to the pictures.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Chip {
        QToolButton* button = nullptr;
        std::string token; ///< what it puts into the filter; "" = everything
    };

    void buildField(QHBoxLayout* row);
    void buildOrder(QHBoxLayout* row);
    void buildModes(QHBoxLayout* row);
    void buildChips(QHBoxLayout* row);
    QToolButton* addMode(QHBoxLayout* row, BrowseMode mode, const QString& iconName, const QString& name);
    void useText();
    void takeBackMistake();
    void useChip(const std::string& token);
    void apply(const GroupQuery& query);
    void showError(const QString& text);
    void updateChips();
    void updateOrder();

    const Theme& m_theme;
    QLineEdit* m_field = nullptr;
    QLabel* m_error = nullptr;
    QToolButton* m_order = nullptr;
    QToolButton* m_direction = nullptr;
    std::array<QToolButton*, 3> m_modes{};
    QToolButton* m_quality = nullptr;
    QSlider* m_size = nullptr;
    std::vector<Chip> m_chips; ///< everything, then the states
    QLabel* m_result = nullptr;
    QToolButton* m_changed = nullptr;
    QToolButton* m_only = nullptr;
    QTimer m_typing;
    GroupQuery m_query;
    GroupCounts m_counts;
};

/// The text with another condition on the state, or with none for "".
std::string withStateToken(const std::string& text, const std::string& token);
/// The only condition on the state at the top of the text, or "".
std::string stateTokenOf(const std::string& text);

} // namespace ps
