// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/export_controller.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace ps {

class FormatList;
class ShareFields;

/// Everything that is chosen about an export but the rules of the checks. Fields that a format does not know are not shown.
class ExportForm : public QWidget
{
    Q_OBJECT

public:
    explicit ExportForm(QWidget* parent);

    ExportOrder order() const;
    /// Why this cannot even be previewed; "" when it can.
    QString problem() const;
    /// Whether the project is only viewed: then no split can be stored.
    void setViewing(bool isViewing);
    /// Where releases of the project go unless something else was chosen.
    void setDefaultFolder(const QString& folder);
    /// What the release is called while nothing is written.
    void setProposedName(const QString& name);

    FormatList& formats() { return *m_formats; }
    QLineEdit& query() { return *m_query; }
    ShareFields& shares() { return *m_shares; }
    QCheckBox& split() { return *m_split; }
    QComboBox& crops() { return *m_crops; }
    QLineEdit& name() { return *m_name; }
    QLineEdit& folder() { return *m_folder; }

Q_SIGNALS:
    void changed();

private:
    QWidget* makeOptions();
    void addGroups(QVBoxLayout* layout);
    void addImages(QVBoxLayout* layout);
    void addSplit(QVBoxLayout* layout);
    void addFiles(QVBoxLayout* layout);
    void addPlace(QVBoxLayout* layout);
    void showFitting();
    void checkQuery();
    void chooseFolder();

    FormatList* m_formats = nullptr;
    QLineEdit* m_query = nullptr;
    QLabel* m_queryProblem = nullptr;
    QWidget* m_imagesBox = nullptr;
    QComboBox* m_crops = nullptr;
    QWidget* m_cropsBox = nullptr;
    QCheckBox* m_losers = nullptr;
    QCheckBox* m_metadata = nullptr;
    QCheckBox* m_links = nullptr;
    QWidget* m_splitBox = nullptr;
    QCheckBox* m_split = nullptr;
    QWidget* m_splitFields = nullptr;
    ShareFields* m_shares = nullptr;
    QSpinBox* m_seed = nullptr;
    QWidget* m_filesBox = nullptr;
    QCheckBox* m_spreadsheet = nullptr;
    QWidget* m_batchBox = nullptr;
    QLabel* m_batchLabel = nullptr;
    QSpinBox* m_batch = nullptr;
    QWidget* m_allowBox = nullptr;
    QLineEdit* m_allow = nullptr;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_folder = nullptr;
    QLineEdit* m_name = nullptr;
    QString m_defaultFolder;
    QString m_queryError;
    bool m_isViewing = false;
};

} // namespace ps
