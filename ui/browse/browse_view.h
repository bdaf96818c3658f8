// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browse/browse_list.h"
#include "ui/browse/cell_pictures.h"
#include "ui/browse/filter_bar.h"
#include "ui/browse/quality_panel.h"
#include "ui/common/action_table.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace ps {

class ContactSheet;
class RowTable;

/// The Browse workplace: filter bar, contact sheet or table over one list with one selection, and a line that says what the
/// next key is about.
/// Thread: UI.
class BrowseView : public QWidget
{
    Q_OBJECT

public:
    /// Files of more groups are neither copied nor dragged.
    static constexpr std::int64_t kMostFileGroups = 2000;

    BrowseView(ProjectController& controller, PictureLoader& loader, ActionTable& actions, const Theme& theme,
               QWidget* parent);

    /// The group at which Review is; it becomes current here when Browse is shown the next time.
    void setCurrent(std::int64_t ordinal);

    BrowseList& list() { return m_list; }
    ContactSheet& sheet() { return *m_sheet; }
    FilterBar& filter() { return *m_filter; }
    BrowseMode mode() const { return m_mode; }
    void setMode(BrowseMode mode);
    /// Null until it was shown once.
    RowTable* table() { return m_table; }
    /// "This group: IMG_1.png", "37 groups selected".
    QString targetText();
    /// The groups that look most like this one. Needs embeddings; the controller's failed() says when there are none.
    void showSimilar(const QString& groupKey);
    /// Sets of groups whose pictures look alike.
    void showDuplicates();
    void showQuality(bool isShown);
    /// Null until it was shown once.
    QualityPanel* quality() { return m_quality; }

Q_SIGNALS:
    /// A group was opened: Review is to show it.
    void activated(std::int64_t ordinal);
    void said(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildFooter();
    void connectList();
    void connectActions();
    void showList();
    void showTarget();
    void updateActions();
    QWidget& pictures(); ///< the sheet or the table, whichever is shown
    void makeTable();
    void restoreLook();

    void decide(const BatchChoice& choice);
    void askDecision(std::optional<BatchChoice> choice);
    void onGroupDecided(const BatchPlan& plan);
    void openInReview(std::int64_t position);
    void withFiles(const std::function<void(const GroupRows&)>& use);
    void copyFiles();
    void copyNames();
    void showInFileManager();
    void prepareDrag();
    void startDrag();
    void openMenu(const QPoint& globalPosition);

    ProjectController& m_controller;
    ActionTable& m_actions;
    const Theme& m_theme;
    BrowseList m_list;
    CellPictures m_pictures;
    FilterBar* m_filter = nullptr;
    QHBoxLayout* m_middle = nullptr; ///< pictures, and the panel beside them
    QStackedWidget* m_stack = nullptr;
    QualityPanel* m_quality = nullptr; ///< null until it was shown once
    ContactSheet* m_sheet = nullptr;
    RowTable* m_table = nullptr;
    QLabel* m_target = nullptr;
    QPushButton* m_review = nullptr;
    QPushButton* m_decide = nullptr;
    BrowseMode m_mode = BrowseMode::Grid;
    std::int64_t m_wantedOrdinal = -1;
    QStringList m_dragFiles; ///< of the selection, once they are known
    std::uint64_t m_dragRequest = 0;
    bool m_isDragWanted = false;
};

} // namespace ps
