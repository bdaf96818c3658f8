// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/common/theme.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace ps {

class LightTable;

/// Facts beside the pictures: the group, what differs between the candidates, the suggestion with its reasons, and the
/// decision as it is stored.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    InspectorPanel(const LightTable& table, const Theme& theme, QWidget* parent);

    void showGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group);
    void clear();
    /// The pictures have told more about themselves, or the focus has moved.
    void updateDifferences();

private:
    QWidget* section(const QString& title);
    void addFact(QWidget* section, const QString& name, const QString& value);
    void clearSection(QWidget* section);
    void fillGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group);
    void fillSuggestion(const ReviewedGroup& group);
    void fillDecision(const ReviewedGroup& group);

    const LightTable& m_table;
    const Theme& m_theme;
    QVBoxLayout* m_layout = nullptr;
    QWidget* m_group = nullptr;
    QWidget* m_differences = nullptr;
    QWidget* m_suggestion = nullptr;
    QWidget* m_decision = nullptr;
};

} // namespace ps
