// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/export_controller.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace ps {

class DiffModel;
class NamedPictures;
class PictureLoader;
class Theme;

/// What differs between two releases: counts by kind, and every change with its picture, both crops drawn.
class DiffPage : public QWidget
{
    Q_OBJECT

public:
    DiffPage(ExportController& exports, PictureLoader& loader, const Theme& theme, QWidget* parent);

    void show(const std::shared_ptr<const ComparedReleases>& releases);
    QTableView& table() { return *m_table; }
    QComboBox& kinds() { return *m_kinds; }
    QString headline() const;

Q_SIGNALS:
    void closed();

private:
    void showKind();
    void saveAs();
    QByteArray pictureOf(const ReleaseDiff::Change& change);

    ExportController& m_exports;
    const Theme& m_theme;
    NamedPictures* m_pictures = nullptr;
    std::shared_ptr<const ComparedReleases> m_releases;
    DiffModel* m_model = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_counts = nullptr;
    QComboBox* m_kinds = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace ps
