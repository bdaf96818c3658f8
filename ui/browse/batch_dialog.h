// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"

#include <QDialog>

#include <memory>
#include <optional>
#include <vector>

class QButtonGroup;
class QLabel;
class QProgressBar;
class QPushButton;

namespace ps {

/// Decides many groups at once: shows exactly what would happen before anything does, then does it as one undo step.
/// Thread: UI; looking and deciding happen in the background.
class BatchDialog : public QDialog
{
    Q_OBJECT

public:
    /// `ordinals` are of the content with this version; `choice`: what was asked for, or nothing to choose here.
    BatchDialog(ProjectController& controller, std::vector<std::int64_t> ordinals, std::uint64_t contentVersion,
                std::optional<BatchChoice> choice, QWidget* parent);
    ~BatchDialog() override;

    /// The preview on the screen; null while it is made.
    const BatchPlan* plan() const { return m_plan.get(); }
    void reject() override;

protected:
    void keyPressEvent(QKeyEvent* event) override; ///< 1 to 4 and X choose, as they do in the list

private:
    void buildChoices(std::optional<BatchChoice> choice);
    BatchChoice choice() const;
    void preview();
    void onPlanned(const std::shared_ptr<const BatchPlan>& plan);
    void onFailed(const Error& error);
    void decide();
    void showBusy(const QString& text);

    ProjectController& m_controller;
    std::vector<std::int64_t> m_ordinals;
    std::uint64_t m_contentVersion;
    std::shared_ptr<const BatchPlan> m_plan;
    QButtonGroup* m_choices = nullptr;
    QLabel* m_preview = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_decide = nullptr;
    QPushButton* m_cancel = nullptr;
    bool m_isDeciding = false;
};

/// What a plan would do, one line for each number, as simple rich text.
QString planText(const BatchPlan& plan);
/// Why a group of a batch stays as it is.
QString skipText(BatchSkip reason, std::int64_t count);
/// "Keep picture 2 of each group" or "Reject every group".
QString choiceText(const BatchChoice& choice);

} // namespace ps
