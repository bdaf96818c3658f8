// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/action_table.h"
#include "ui/exchange/export_controller.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace ps {

class ExportForm;
class PictureLoader;
class PreviewPanel;
class ReleasesPage;
class Theme;

/// The Export workplace: what goes out on the left, what that would hold on the right, and the releases of the project.
/// Thread: UI.
class ExportView : public QWidget
{
    Q_OBJECT

public:
    ExportView(ProjectController& controller, std::shared_ptr<ExchangeBackend> backend, PictureLoader& loader,
               ActionTable& actions, const Theme& theme, QWidget* parent);

    ExportController& exports() { return m_exports; }
    ExportForm& form() { return *m_form; }
    PreviewPanel& preview() { return *m_preview; }
    ReleasesPage& releases() { return *m_releases; }
    QTabWidget& tabs() { return *m_tabs; }
    QPushButton& exportButton() { return *m_export; }
    /// Why nothing can be exported now; "" when it can.
    QString reason() const;
    QString reasonShown() const;
    QString resultShown() const;
    /// Export, or stop that.
    void startOrCancel();

Q_SIGNALS:
    void said(const QString& text);
    void failed(const ps::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeRun();
    void connectParts(ActionTable& actions);
    void onFormChanged();
    void onOpened();
    QString usualFolder() const;
    void onChanged();
    void showRun();
    void showResult(const ReleaseReceipt& receipt);
    void showFailure(const Error& error);

    ProjectController& m_controller;
    ExportController m_exports;
    QTabWidget* m_tabs = nullptr;
    ExportForm* m_form = nullptr;
    PreviewPanel* m_preview = nullptr;
    ReleasesPage* m_releases = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_showFolder = nullptr;
    QPushButton* m_verify = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_reason = nullptr;
    QLabel* m_result = nullptr;
    QWidget* m_resultBox = nullptr;
    QString m_resultPath;
    QString m_resultName;
    QAction* m_startAction = nullptr;
    bool m_needsPreview = true; ///< something changed while nobody looked
};

} // namespace ps
