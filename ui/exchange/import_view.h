// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/import_controller.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace ps {

class CountBars;
class ImportDetail;
class ImportForm;
class ImportItemsModel;
class PictureLoader;
class Theme;

/// The import wizard: the source on the left; on the right what it would do, row by row, before anything is written.
/// Thread: UI.
class ImportView : public QWidget
{
    Q_OBJECT

public:
    ImportView(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, PictureLoader& loader,
               const Theme& theme, QWidget* parent);

    /// Begins with a source that was chosen or dropped ("" for none). `target` is proposed.
    void begin(const QString& sourcePath, bool isBackfill, const ProjectAddress& target);

    ImportController& import() { return m_import; }
    ImportForm& form() { return *m_form; }
    QTableView& table() { return *m_table; }
    QComboBox& outcomes() { return *m_outcomes; }
    ImportDetail& detail() { return *m_detail; }
    QPushButton& applyButton() { return *m_apply; }
    QString headline() const;
    QString statusShown() const;

Q_SIGNALS:
    void closeWanted();
    void failed(const ps::Error& error);

private:
    QWidget* makeStart();
    QWidget* makeWork();
    QWidget* makeResult();
    void connectParts();
    void showState();
    void showRead();
    void showApplied();
    void showProgress();
    void showDetail();

    ImportController m_import;
    ImportForm* m_form = nullptr;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_startText = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_status = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_headline = nullptr;
    QLabel* m_format = nullptr;
    CountBars* m_totals = nullptr;
    CountBars* m_classes = nullptr;
    CountBars* m_projects = nullptr;
    QComboBox* m_outcomes = nullptr;
    QTableView* m_table = nullptr;
    ImportItemsModel* m_items = nullptr;
    ImportDetail* m_detail = nullptr;
    QLabel* m_reason = nullptr;
    QPushButton* m_apply = nullptr;
    QPushButton* m_discard = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace ps
