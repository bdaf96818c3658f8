// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/common/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace ps {

struct ErrorText;

/// A strip above the work that says what went wrong or what has happened, without a dialog: a sentence, the details to copy,
/// and perhaps one thing to do. Stays until it is closed or replaced.
class Banner : public QWidget
{
    Q_OBJECT

public:
    Banner(const Theme& theme, QWidget* parent);

    void showError(const Error& error);
    void showFailure(const ErrorText& text);
    void showNote(const QString& text);
    /// Offers one thing to do; `run` is called when it is chosen.
    void offer(const QString& label, std::function<void()> run);

private:
    void showText(const QString& iconName, const QString& text, const QString& details);

    const Theme& m_theme;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QPushButton* m_copy;
    QToolButton* m_close;
    QString m_details;
    std::function<void()> m_run;
};

} // namespace ps
