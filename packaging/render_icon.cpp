// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the icon in the sizes that desktops look for. Runs while the package is built.
// render_icon ICON.svg FOLDER NAME SIZE...: writes FOLDER/SIZExSIZE/apps/NAME.png for each size.
#include <QCoreApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    constexpr qsizetype kFirstSize = 4;
    if (arguments.size() <= kFirstSize) {
        std::fprintf(stderr, "usage: render_icon ICON.svg FOLDER NAME SIZE...\n");
        return 2;
    }
    QSvgRenderer icon(arguments[1]);
    for (qsizetype i = kFirstSize; i < arguments.size() && icon.isValid(); ++i) {
        const int size = arguments[i].toInt();
        const QDir folder(QStringLiteral("%1/%2x%2/apps").arg(arguments[2]).arg(size));
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        icon.render(&painter);
        painter.end();
        if (!folder.mkpath(QStringLiteral(".")) ||
            !image.save(folder.filePath(arguments[3] + QStringLiteral(".png")))) {
            std::fprintf(stderr, "render_icon: cannot write into %s\n", qUtf8Printable(folder.path()));
            return 1;
        }
    }
    return icon.isValid() ? 0 : 1;
}
