// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>

class QApplication;

namespace ps {

enum class ThemeMode { System, Dark, Light };

/// The colours that a palette does not name. Nothing near a picture has a hue of its own.
struct ThemeColors {
    QColor window;   ///< chrome
    QColor panel;    ///< raised areas: rail, inspector, strip
    QColor field;    ///< inputs and lists
    QColor surround; ///< behind pictures, neutral
    QColor line;     ///< separators and frames
    QColor hover;
    QColor text;
    QColor mutedText;
    QColor accent;     ///< focus, selection, keep
    QColor accentText; ///< on accent
    QColor attention;  ///< crop, warnings: amber
    QColor problem;    ///< errors; always with a shape and a word
    bool isDark = true;
};

/// The look of the whole program: Fusion with our palette, a short style sheet and the embedded font. One object, made by
/// the program and handed to whoever paints. Thread: UI.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication& application);

    const ThemeColors& colors() const { return m_colors; }
    ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);

Q_SIGNALS:
    /// Colours have changed; whoever paints itself repaints.
    void changed();

private:
    void apply();

    QApplication& m_application;
    ThemeMode m_mode = ThemeMode::System;
    bool m_systemIsDark = true;
    ThemeColors m_colors;
};

} // namespace ps
