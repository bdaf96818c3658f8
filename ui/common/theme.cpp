// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/icons.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

namespace ps {

namespace {

ThemeColors darkColors()
{
    return {.window = QColor(0x1c, 0x1d, 0x20),
            .panel = QColor(0x23, 0x24, 0x28),
            .field = QColor(0x17, 0x18, 0x1a),
            .surround = QColor(0x13, 0x13, 0x14),
            .line = QColor(0x35, 0x37, 0x3c),
            .hover = QColor(0x2d, 0x2f, 0x34),
            .text = QColor(0xe6, 0xe7, 0xea),
            .mutedText = QColor(0x9b, 0x9e, 0xa6),
            .accent = QColor(0x6c, 0x9c, 0xff),
            .accentText = QColor(0x0d, 0x13, 0x20),
            .attention = QColor(0xe9, 0xa8, 0x3f),
            .problem = QColor(0xff, 0x8f, 0x87),
            .isDark = true};
}

ThemeColors lightColors()
{
    return {.window = QColor(0xf3, 0xf4, 0xf6),
            .panel = QColor(0xfb, 0xfb, 0xfc),
            .field = QColor(0xff, 0xff, 0xff),
            .surround = QColor(0xd9, 0xda, 0xdc),
            .line = QColor(0xd6, 0xd8, 0xdd),
            .hover = QColor(0xe9, 0xeb, 0xef),
            .text = QColor(0x1b, 0x1d, 0x22),
            .mutedText = QColor(0x5f, 0x64, 0x6e),
            .accent = QColor(0x2a, 0x66, 0xee),
            .accentText = QColor(0xff, 0xff, 0xff),
            .attention = QColor(0x9a, 0x5b, 0x00),
            .problem = QColor(0xb3, 0x26, 0x1e),
            .isDark = false};
}

QPalette paletteFor(const ThemeColors& c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.field);
    palette.setColor(QPalette::AlternateBase, c.panel);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.mutedText);
    palette.setColor(QPalette::Button, c.panel);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.problem);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentText);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.panel);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.hover);
    palette.setColor(QPalette::Midlight, c.hover);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.line);
    palette.setColor(QPalette::Shadow, c.isDark ? QColor(0, 0, 0) : QColor(0x9a, 0x9d, 0xa4));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.isDark ? QColor(0x6a, 0x6d, 0x74) : QColor(0xa2, 0xa6, 0xad));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
    return palette;
}

/// The style sheet in resources/styles/ with the names of colours replaced.
QString styleSheetFor(const ThemeColors& c)
{
    QFile file(QStringLiteral(":/styles/proofsheet.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {
        {"@window", c.window}, {"@panel", c.panel},         {"@field", c.field},     {"@line", c.line},
        {"@hover", c.hover},   {"@text", c.text},           {"@muted", c.mutedText}, {"@accentText", c.accentText},
        {"@accent", c.accent}, {"@attention", c.attention}, {"@problem", c.problem}, {"@surround", c.surround}};
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

void useEmbeddedFont(QApplication& application)
{
    for (const char* file : {":/fonts/Inter-Regular.otf", ":/fonts/Inter-Medium.otf", ":/fonts/Inter-SemiBold.otf"})
        QFontDatabase::addApplicationFont(QString::fromLatin1(file));
    QFont font(QStringLiteral("Inter"), 10);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferAntialias);
    application.setFont(font);
}

} // namespace

Theme::Theme(QApplication& application)
    : m_application(application), m_systemIsDark(application.palette().color(QPalette::Window).lightness() < 128 ||
                                                 qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP"))
{
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    useEmbeddedFont(application);
    apply();
}

void Theme::setMode(ThemeMode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
    Q_EMIT changed();
}

void Theme::apply()
{
    // Qt 6.4 does not tell the desktop's scheme; the palette that the platform gave at the start does. Pictures are judged
    // against a dark surround, so that is what we take where nothing is said.
    const bool isDark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_systemIsDark);
    m_colors = isDark ? darkColors() : lightColors();
    setIconColors(m_colors.text, m_colors.mutedText, m_colors.accent);
    m_application.setPalette(paletteFor(m_colors));
    m_application.setStyleSheet(styleSheetFor(m_colors));
}

} // namespace ps
