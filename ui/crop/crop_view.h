// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/picture_loader.h"
#include "ui/common/project_controller.h"
#include "ui/common/theme.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace ps {

class ActionTable;
class CropEditor;

/// The Crop workplace: the queue of crops that are still open. Confirming one fills its row, cuts it when its image has gone
/// to a crop folder already, and brings the next.
class CropView : public QWidget
{
    Q_OBJECT

public:
    CropView(ProjectController& controller, PictureLoader& loader, const ActionTable& actions, const Theme& theme,
             QWidget* parent);

    /// Shows the first open crop unless one is being drawn, or says that there is none.
    void start();
    bool isShowingPicture() const;
    CropEditor& editor() const { return *m_editor; }

Q_SIGNALS:
    /// One line for the status bar.
    void said(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void goOn(bool isForward);
    void lookFrom(std::int64_t ordinal, bool isForward);
    void onReset();
    void onFound(std::optional<std::int64_t> ordinal);
    void onGroupRead(std::int64_t ordinal, const ReviewedGroup& group);
    void confirm(const Crop& crop);
    void onConfirmed(const QString& groupKey, bool isStored);
    void showNothing();

    ProjectController& m_controller;
    const Theme& m_theme;
    QLabel* m_header;
    QStackedWidget* m_stack;
    CropEditor* m_editor;
    std::int64_t m_ordinal = -1;
    std::optional<std::int64_t> m_wanted; ///< asked for and not here yet
    std::optional<ReviewedGroup> m_group;
    QString m_confirming; ///< key of the group whose crop is being stored
};

} // namespace ps
