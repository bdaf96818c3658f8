// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/export_controller.h"

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace ps {

class CheckRules;
class ReleaseBars;
class Theme;

/// What an export would hold: counts that reconcile, what is left out and why, sides and classes, checks, leaks.
class PreviewPanel : public QScrollArea
{
    Q_OBJECT

public:
    PreviewPanel(const Theme& theme, QWidget* parent);

    /// Takes the state of the controller. An older preview stays, dimmed, until the new one is there.
    void show(const ExportController& exports);
    CheckRules& checks() { return *m_checks; }
    /// For tests and screen readers.
    QString headline() const;
    QString leaks() const;

private:
    void showPreview(const ReleasePreview& preview);
    void showLeaks(const ReleasePreview& preview);

    QLabel* m_headline = nullptr;
    QLabel* m_state = nullptr;
    QWidget* m_content = nullptr;
    ReleaseBars* m_bars = nullptr;
    QLabel* m_leakTitle = nullptr;
    QLabel* m_leaks = nullptr;
    QLabel* m_checkTitle = nullptr;
    QLabel* m_checksFine = nullptr;
    CheckRules* m_checks = nullptr;
};

} // namespace ps
