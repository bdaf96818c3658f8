// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"
#include "ui/review/candidate_facts.h"
#include "ui/review/suggestion_text.h"

#include <QList>
#include <QStringList>
#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace ps {

class LightTable;
class NoteEditor;
class Theme;

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
    /// Of several candidates only what differs, or everything that is known.
    void setOnlyDifferences(bool only);
    /// The suggestion was shown or hidden.
    void updateSuggestion();
    /// How the computing of suggestions stands.
    void setSuggestionStatus(const SuggestionStatus& status);
    /// Opens the note of a group for writing; noteSaved() or noteCancelled() follows.
    void editNote(const ReviewedGroup& group);
    void endNote();

Q_SIGNALS:
    void noteSaved(const QString& groupKey, const QString& note);
    void noteCancelled();

private:
    /// A heading with a body that is made anew for every group: a grid layout never gives rows back.
    struct Section {
        QWidget* box = nullptr;
        QLabel* heading = nullptr;
        QWidget* body = nullptr;
    };
    Section makeSection(const QString& title);
    static QGridLayout* startBody(Section& section);
    static void showSection(const Section& section);
    static void hideSection(Section& section);
    static QLabel* addFact(QGridLayout* grid, const QString& name, const QString& value);
    static QLabel* addMuted(QGridLayout* grid, const QString& text, int row, int column, int columnSpan = 1);
    void fillGroup(std::int64_t ordinal, std::int64_t count, const ReviewedGroup& group);
    void fillSuggestion(const ReviewedGroup& group);
    void fillDecision(const ReviewedGroup& group);
    void fillMarks(const ReviewedGroup& group);
    static void addCandidateFact(QGridLayout* grid, const CandidateFact& fact);

    const LightTable& m_table;
    QVBoxLayout* m_layout = nullptr;
    Section m_group;
    Section m_differences;
    Section m_suggestion;
    SuggestionStatus m_suggestionStatus;
    QList<SuggestionLine> m_suggestionLines; ///< that are shown
    Section m_decision;
    bool m_onlyDifferences = true;
    std::optional<QList<CandidateFact>> m_shownFacts;
    Section m_marks;
    NoteEditor* m_note = nullptr;
};

} // namespace ps
