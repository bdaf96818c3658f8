// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/export_controller.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace ps {

class DiffPage;
class PictureLoader;
class ReleaseBars;
class Theme;

/// The published releases of the project: what each holds, whether its files are still as they were, what differs between two.
class ReleasesPage : public QWidget
{
    Q_OBJECT

public:
    ReleasesPage(ExportController& exports, PictureLoader& loader, const Theme& theme, QWidget* parent);

    /// Verifies the chosen release; asks for its place when that is not known.
    void verifyChosen();
    /// Compares the two that are chosen, or the chosen one with the one before.
    void compareChosen();
    /// Opens the file manager there.
    static void showFolder(const QString& path);

    QTreeWidget& list() { return *m_list; }
    DiffPage& diff() { return *m_diff; }
    QString verdictShown() const;
    QPushButton& verifyButton() { return *m_verify; }
    QPushButton& compareButton() { return *m_compare; }

Q_SIGNALS:
    void said(const QString& text);

private:
    QWidget* makeButtons();
    void showReleases();
    void showChosen();
    void showFacts(const ReleaseEntry& release);
    void updateButtons();
    std::vector<ReleaseEntry> chosen() const;
    void showVerdict(const QString& path, const ReleaseVerdict& verdict);
    /// Calls `use` with the place of the release, after asking where it is if need be.
    void withPlace(const ReleaseEntry& release, const std::function<void(const QString&)>& use);
    void locate(const ReleaseEntry& release, bool isZip, const std::function<void(const QString&)>& use);

    ExportController& m_exports;
    QTreeWidget* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QLabel* m_title = nullptr;
    ReleaseBars* m_bars = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_verdict = nullptr;
    QPlainTextEdit* m_problems = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_verify = nullptr;
    QPushButton* m_compare = nullptr;
    QPushButton* m_show = nullptr;
    QPushButton* m_stop = nullptr;
    QStackedWidget* m_right = nullptr;
    QWidget* m_details = nullptr;
    DiffPage* m_diff = nullptr;
};

} // namespace ps
