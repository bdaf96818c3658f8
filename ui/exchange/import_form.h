// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/exchange/import_controller.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace ps {

class RulesTable;

/// What is to be imported, how it is read, and into what.
class ImportForm : public QWidget
{
    Q_OBJECT

public:
    ImportForm(ImportController& import, QWidget* parent);

    ImportOrder order() const;
    /// Why it cannot be read yet; "" when it can.
    QString problem() const;
    void setSource(const QString& path);
    void setBackfill(bool isBackfill);
    /// The workspace and the project to propose.
    void setTarget(const ProjectAddress& address);

    QLineEdit& source() { return *m_source; }
    QComboBox& format() { return *m_format; }
    QComboBox& target() { return *m_target; }
    QLineEdit& workspace() { return *m_workspace; }
    RulesTable& rules() { return *m_rules; }
    QPushButton& readButton() { return *m_read; }

Q_SIGNALS:
    void changed();
    void readWanted();

private:
    void addSource(QVBoxLayout* layout);
    void addReading(QVBoxLayout* layout);
    void addTarget(QVBoxLayout* layout);
    void showFitting();
    void chooseFile();
    void chooseFolder(QLineEdit* field, const QString& title);
    std::optional<ImportFormat> chosenFormat() const;
    Json columnMap() const;

    ImportController& m_import;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_source = nullptr;
    QPushButton* m_file = nullptr;
    QPushButton* m_folder = nullptr;
    QLabel* m_sourceHint = nullptr;
    QWidget* m_formatBox = nullptr;
    QComboBox* m_format = nullptr;
    QWidget* m_columnsBox = nullptr;
    QPlainTextEdit* m_columns = nullptr;
    QWidget* m_backfillBox = nullptr;
    QCheckBox* m_corrects = nullptr;
    QCheckBox* m_rejects = nullptr;
    QLineEdit* m_workspace = nullptr;
    QComboBox* m_target = nullptr;
    QPushButton* m_showRules = nullptr;
    QWidget* m_rulesBox = nullptr;
    RulesTable* m_rules = nullptr;
    QPushButton* m_read = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace ps
