// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/finalize_dialog.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ps {

namespace {

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

FinalizeDialog::FinalizeDialog(const FinalizeSummary& summary, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Finalize"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 18);
    layout->setSpacing(14);

    const auto groups = static_cast<int>(summary.groupCount());
    auto* headline = plainLabel(groups > 0 ? tr("%n group(s) will be carried out on disk.", nullptr, groups)
                                           : tr("There is nothing to carry out."),
                                this);
    QFont font = headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold);
    headline->setFont(font);
    layout->addWidget(headline);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    const auto countOf = [&](Route route) {
        const auto found = summary.groupsByRoute.find(route);
        return found == summary.groupsByRoute.end() ? std::int64_t{0} : found->second;
    };
    addCount(grid, countOf(Route::Selected), tr("kept as they are"), QStringLiteral("__selected"));
    addCount(grid, countOf(Route::Cropped), tr("cropped, each cut verified"), QStringLiteral("__cropped"));
    addCount(grid, countOf(Route::CropAuto), tr("kept with the suggested crop"), QStringLiteral("__crop_auto"));
    addCount(grid, countOf(Route::Crop), tr("to be cropped later"), QStringLiteral("__crop"));
    addCount(grid, countOf(Route::Rejected), tr("rejected groups"), QString());
    addCount(grid, summary.losersStaged + summary.rejectedStaged, tr("images that were not kept"),
             QStringLiteral("__delete_staging"));
    addCount(grid, summary.companionsMoved, tr("companion files, with their images"), QString());
    addCount(grid, summary.sidecarsWritten, tr("sidecars written"), QString());
    addCount(grid, summary.undecidedGroups, tr("undecided groups stay untouched"), QString());
    addCount(grid, summary.alreadyFinalized, tr("groups were finalized before"), QString());
    layout->addLayout(grid);
    if (!summary.skipped.empty())
        layout->addWidget(makeSkipped(summary.skipped));

    auto* note = plainLabel(
        tr("Nothing is overwritten and nothing is deleted. One undo takes all of it back, until the staged "
           "files are purged."),
        this);
    note->setWordWrap(true);
    layout->addWidget(note);

    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(QDialogButtonBox::Cancel);
    QPushButton* const go = buttons->addButton(tr("Finalize"), QDialogButtonBox::AcceptRole);
    makePrimary(go);
    go->setEnabled(groups > 0);
    go->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    setMinimumWidth(480);
}

void FinalizeDialog::addCount(QGridLayout* grid, std::int64_t count, const QString& what, const QString& where)
{
    if (count == 0)
        return;
    const int row = grid->rowCount();
    auto* number = plainLabel(QLocale().toString(static_cast<qlonglong>(count)), this);
    QFont font = number->font();
    font.setWeight(QFont::DemiBold);
    number->setFont(font);
    grid->addWidget(number, row, 0, Qt::AlignRight);
    grid->addWidget(plainLabel(what, this), row, 1);
    grid->addWidget(plainLabel(where, this), row, 2);
}

QWidget* FinalizeDialog::makeSkipped(const std::vector<SkippedGroup>& skipped)
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plainLabel(tr("△ %n group(s) are left out:", nullptr, static_cast<int>(skipped.size())), box));
    auto* list = new QPlainTextEdit(box);
    list->setReadOnly(true);
    list->setMaximumHeight(110);
    list->setAccessibleName(tr("Groups that are left out"));
    QStringList lines;
    for (const SkippedGroup& group : skipped)
        lines.append(group.reason.starts_with(group.groupKey)
                         ? fromCore(group.reason)
                         : QStringLiteral("%1: %2").arg(fromCore(group.groupKey), fromCore(group.reason)));
    list->setPlainText(lines.join(QLatin1Char('\n')));
    layout->addWidget(list);
    return box;
}

} // namespace ps
