// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/browse_files.h"

#include <QFile>
#include <QUrl>

#include <filesystem>

namespace ps {

QStringList filesOf(const ProjectSession& session, const GroupRows& rows)
{
    const std::filesystem::path root(session.workspace().rootPath());
    QStringList files;
    for (const std::vector<GroupImage>& images : rows.images) {
        for (const GroupImage& image : images) {
            if (image.isMissing || !session.folders().locate(image.currentPath))
                continue;
            const std::string path = (root / image.currentPath).lexically_normal().string();
            files.append(QFile::decodeName(QByteArray::fromStdString(path)));
        }
    }
    return files;
}

std::unique_ptr<QMimeData> mimeDataOf(const QStringList& files)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString& file : files)
        urls.append(QUrl::fromLocalFile(file));
    data->setUrls(urls);
    data->setText(files.join(QLatin1Char('\n')));
    return data;
}

} // namespace ps
