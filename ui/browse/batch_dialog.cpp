// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/batch_dialog.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/common/state_badge.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kSlots = 4;
constexpr int kRejectId = kSlots;
constexpr int kWidth = 480;

int asInt(std::int64_t count)
{
    return static_cast<int>(count); // a batch has at most kMostBatchGroups
}

QString line(const QString& text, bool isPart = false)
{
    return QStringLiteral("<div style='margin-left:%1px'>%2</div>").arg(isPart ? 18 : 0).arg(text.toHtmlEscaped());
}

} // namespace

QString skipText(BatchSkip reason, std::int64_t count)
{
    const auto text = [count](const char* source) {
        return QCoreApplication::translate("BatchSkip", source, nullptr, asInt(count));
    };
    switch (reason) {
    case BatchSkip::Gone: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln without images, or no longer there"));
    case BatchSkip::Finalized: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln finalized already"));
    case BatchSkip::Oversize: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln with more than four images"));
    case BatchSkip::NoSuchImage: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln with fewer images"));
    case BatchSkip::Missing: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln whose image is missing"));
    case BatchSkip::Unreadable: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln whose image cannot be read"));
    case BatchSkip::FileChanged: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln whose files were changed"));
    case BatchSkip::AlreadySo: return text(QT_TRANSLATE_N_NOOP("BatchSkip", "%Ln decided like this already"));
    }
    return {};
}

QString choiceText(const BatchChoice& choice)
{
    return choice.action == Action::Reject
               ? BatchDialog::tr("Reject every group")
               : BatchDialog::tr("Keep picture %1 of each group").arg(choice.selectedIndex + 1);
}

QString planText(const BatchPlan& plan)
{
    QString html;
    if (plan.firstDecisions() > 0)
        html += line(BatchDialog::tr("%Ln group(s) decided for the first time", nullptr, asInt(plan.firstDecisions())));
    if (plan.changesOfMind() > 0) {
        html += line(BatchDialog::tr("%Ln decision(s) changed:", nullptr, asInt(plan.changesOfMind())));
        for (std::size_t state = 1; state < kGroupStateCount; ++state) {
            if (plan.stateBefore[state] > 0)
                html += line(BatchDialog::tr("%1 so far: %L2")
                                 .arg(stateText(static_cast<GroupState>(state)))
                                 .arg(plan.stateBefore[state]),
                             true);
        }
    }
    if (plan.skippedTotal() > 0) {
        html += line(BatchDialog::tr("%Ln group(s) left as they are:", nullptr, asInt(plan.skippedTotal())));
        for (std::size_t reason = 0; reason < kBatchSkipCount; ++reason) {
            if (plan.skipped[reason] > 0)
                html += line(skipText(static_cast<BatchSkip>(reason), plan.skipped[reason]), true);
        }
    }
    if (plan.decided() == 0)
        html = line(BatchDialog::tr("No group of the selection can be decided like this.")) + html;
    return html;
}

BatchDialog::BatchDialog(ProjectController& controller, std::vector<std::int64_t> ordinals,
                         std::uint64_t contentVersion, std::optional<BatchChoice> choice, QWidget* parent)
    : QDialog(parent), m_controller(controller), m_ordinals(std::move(ordinals)), m_contentVersion(contentVersion)
{
    setWindowTitle(tr("Decide %Ln group(s)", nullptr, asInt(std::ssize(m_ordinals))));
    setMinimumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    buildChoices(choice);
    m_preview = new QLabel(this);
    m_preview->setTextFormat(Qt::RichText);
    m_preview->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_preview->setMinimumHeight(fontMetrics().lineSpacing() * 8);
    m_preview->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addSpacing(4);
    layout->addWidget(m_preview, 1);
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    layout->addWidget(m_progress);
    auto* note = new QLabel(tr("All of it is one step, and one undo takes it back."), this);
    note->setProperty("muted", true);
    note->setWordWrap(true);
    layout->addWidget(note);
    auto* buttons = new QDialogButtonBox(this);
    m_decide = buttons->addButton(tr("Decide"), QDialogButtonBox::AcceptRole);
    makePrimary(m_decide);
    m_cancel = buttons->addButton(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(m_decide, &QPushButton::clicked, this, &BatchDialog::decide);
    connect(buttons, &QDialogButtonBox::rejected, this, &BatchDialog::reject);
    connect(&controller, &ProjectController::batchPlanned, this, &BatchDialog::onPlanned);
    connect(&controller, &ProjectController::batchFailed, this, &BatchDialog::onFailed);
    connect(&controller, &ProjectController::batchDone, this, &QDialog::accept);
    connect(&controller, &ProjectController::closed, this, &QDialog::reject);
    connect(&controller, &ProjectController::batchProgressed, this, [this](int percent) {
        m_progress->setRange(0, 100);
        m_progress->setValue(percent);
    });
    preview();
}

BatchDialog::~BatchDialog()
{
    m_controller.stopBatch();
}

void BatchDialog::buildChoices(std::optional<BatchChoice> choice)
{
    m_choices = new QButtonGroup(this);
    for (int id = 0; id <= kRejectId; ++id) {
        const BatchChoice one{id == kRejectId ? Action::Reject : Action::Approve, id == kRejectId ? 0 : id};
        auto* button = new QRadioButton(choiceText(one), this);
        m_choices->addButton(button, id);
        layout()->addWidget(button);
    }
    const int first = !choice ? 0 : choice->action == Action::Reject ? kRejectId : choice->selectedIndex;
    m_choices->button(first)->setChecked(true);
    m_choices->button(first)->setFocus();
    connect(m_choices, &QButtonGroup::idToggled, this, [this](int, bool isChecked) {
        if (isChecked)
            preview();
    });
}

BatchChoice BatchDialog::choice() const
{
    const int id = m_choices->checkedId();
    return id == kRejectId ? BatchChoice{Action::Reject, 0} : BatchChoice{Action::Approve, id};
}

void BatchDialog::showBusy(const QString& text)
{
    m_preview->setText(text);
    m_progress->setRange(0, 0);
    m_progress->setVisible(true);
    m_decide->setEnabled(false);
}

void BatchDialog::preview()
{
    m_plan.reset();
    showBusy(tr("Looking at the selected groups ..."));
    m_decide->setText(tr("Decide"));
    m_controller.planBatch(m_ordinals, m_contentVersion, choice());
}

void BatchDialog::onPlanned(const std::shared_ptr<const BatchPlan>& plan)
{
    m_plan = plan;
    m_progress->setVisible(false);
    m_preview->setText(planText(*plan));
    m_decide->setText(tr("Decide %Ln group(s)", nullptr, asInt(plan->decided())));
    m_decide->setEnabled(plan->decided() > 0);
    m_decide->setDefault(true);
}

void BatchDialog::onFailed(const Error& error)
{
    if (error.code == ErrorCode::Cancelled && !m_isDeciding)
        return; // another choice has taken its place
    m_isDeciding = false;
    m_plan.reset();
    m_progress->setVisible(false);
    for (QAbstractButton* button : m_choices->buttons())
        button->setEnabled(true);
    m_preview->setText(line(errorText(error).summary) + line(fromCore(error.message)));
    m_decide->setEnabled(false);
}

void BatchDialog::decide()
{
    if (!m_plan)
        return;
    m_isDeciding = true;
    for (QAbstractButton* button : m_choices->buttons())
        button->setEnabled(false);
    showBusy(tr("Deciding. Until it is done nothing is changed."));
    m_controller.runBatch(m_plan);
}

void BatchDialog::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const int id = key == Qt::Key_X ? kRejectId : key - Qt::Key_1;
    QAbstractButton* const button = id >= 0 && id <= kRejectId ? m_choices->button(id) : nullptr;
    const bool isChoice = key == Qt::Key_X || (key >= Qt::Key_1 && key < Qt::Key_1 + kSlots);
    if (isChoice && button->isEnabled() && !event->isAutoRepeat())
        button->setChecked(true);
    else if (!isChoice)
        QDialog::keyPressEvent(event);
}

void BatchDialog::reject()
{
    m_controller.stopBatch();
    if (!m_isDeciding)
        QDialog::reject(); // otherwise the answer says how it ended
}

} // namespace ps
