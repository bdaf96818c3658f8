// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_windows.h"

#include "core/imaging/image_types.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ps {

namespace {

QString helpText(const char* id)
{
    return QCoreApplication::translate("Help", id);
}

/// The library, what it does here, its licence.
constexpr const char* kLibraries[][3] = {
    {"Qt 6", QT_TRANSLATE_NOOP("Help", "window, text, files"), "LGPL-3.0 / GPL-3.0"},
    {"SQLite", QT_TRANSLATE_NOOP("Help", "databases"), "public domain"},
    {"OpenSSL", QT_TRANSLATE_NOOP("Help", "check sums"), "Apache-2.0"},
    {"OpenCV", QT_TRANSLATE_NOOP("Help", "scaling and measures"), "Apache-2.0"},
    {"libjpeg-turbo", QT_TRANSLATE_NOOP("Help", "JPEG"), "IJG, BSD-3-Clause"},
    {"libpng", QT_TRANSLATE_NOOP("Help", "PNG"), "libpng-2.0"},
    {"libwebp", QT_TRANSLATE_NOOP("Help", "WebP"), "BSD-3-Clause"},
    {"libtiff", QT_TRANSLATE_NOOP("Help", "TIFF"), "libtiff"},
    {"libdeflate", QT_TRANSLATE_NOOP("Help", "unpacking of PNG"), "MIT"},
    {"libheif, libde265, libaom", QT_TRANSLATE_NOOP("Help", "HEIF and AVIF"), "LGPL-3.0, BSD-2-Clause"},
    {"libjxl", QT_TRANSLATE_NOOP("Help", "JPEG XL"), "BSD-3-Clause"},
    {"Little CMS 2", QT_TRANSLATE_NOOP("Help", "colour profiles"), "MIT"},
    {"libseccomp", QT_TRANSLATE_NOOP("Help", "sandbox of the workers"), "LGPL-2.1"},
    {"zlib", QT_TRANSLATE_NOOP("Help", "check sums of messages"), "Zlib"},
    {"tl::expected", QT_TRANSLATE_NOOP("Help", "errors as values"), "CC0-1.0"},
    {"Inter", QT_TRANSLATE_NOOP("Help", "font"), "OFL-1.1"},
};

QDialog* makeWindow(QWidget* parent, const QString& title, const QString& markdown, QSize size)
{
    auto* window = new QDialog(parent);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowTitle(title);
    auto* layout = new QVBoxLayout(window);
    layout->setContentsMargins(20, 16, 20, 16);
    auto* text = new QTextBrowser(window);
    text->setMarkdown(markdown);
    text->setOpenExternalLinks(false);
    text->setAccessibleName(title);
    text->document()->setDocumentMargin(12);
    layout->addWidget(text);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, window);
    QObject::connect(buttons, &QDialogButtonBox::rejected, window, &QDialog::reject);
    layout->addWidget(buttons);
    window->resize(size);
    return window;
}

/// "JPEG, PNG, ...", which depends on the libraries that were there when the program was built.
QString formatList()
{
    QStringList names;
    for (const ImageFormat format : openableFormats())
        names.append(QString::fromUtf8(formatName(format).data(), static_cast<qsizetype>(formatName(format).size())));
    return names.join(QStringLiteral(", "));
}

QString handbookText()
{
    // The name of the file is translated like any other text: "handbook_de.md" in German.
    const QString name = QCoreApplication::translate("Help", "handbook_en.md",
                                                     "name of the handbook's file in this language");
    QFile file(QStringLiteral(":/help/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

void openHandbook(QWidget* parent)
{
    makeWindow(parent, helpText(QT_TRANSLATE_NOOP("Help", "Handbook")), handbookText(), {820, 720})->show();
}

void openAbout(QWidget* parent)
{
    QString text = QStringLiteral("# Proofsheet %1\n\n").arg(QCoreApplication::applicationVersion());
    text += helpText(QT_TRANSLATE_NOOP("Help", "Pick, crop and reject images for machine-learning ground truth.")) +
            QStringLiteral("\n\n");
    text += helpText(QT_TRANSLATE_NOOP("Help",
                                       "© 2026 The Proofsheet authors. Free software under the GNU General Public "
                                       "License, version 3 or later; there is no warranty.")) +
            QStringLiteral("\n\n");
    text += helpText(QT_TRANSLATE_NOOP("Help", "Image formats that this build opens:")) + QLatin1Char(' ') +
            formatList() + QStringLiteral(".\n\n## ") + helpText(QT_TRANSLATE_NOOP("Help", "Built with")) +
            QStringLiteral("\n\n");
    for (const auto& [name, purpose, licence] : kLibraries)
        text +=
            QStringLiteral("- **%1**: %2 (%3)\n").arg(QLatin1String(name), helpText(purpose), QLatin1String(licence));
    makeWindow(parent, helpText(QT_TRANSLATE_NOOP("Help", "About Proofsheet")), text, {560, 560})->show();
}

} // namespace ps
