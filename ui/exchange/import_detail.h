// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/import_controller.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace ps {

class NamedPictures;
class PictureLoader;
class Theme;

/// One row of an import: what is there, what will be, what it says in the source; with the original and the crop beside it
/// when the open project has the image.
class ImportDetail : public QWidget
{
    Q_OBJECT

public:
    ImportDetail(ImportController& import, PictureLoader& loader, const Theme& theme, QWidget* parent);

    void show(const ImportPlan::Item* item);
    QString rawShown() const;

private:
    class Pictures;

    ImportController& m_import;
    NamedPictures* m_pictures = nullptr;
    Pictures* m_picture = nullptr;
    QLabel* m_facts = nullptr;
    QPlainTextEdit* m_raw = nullptr;
};

} // namespace ps
