// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/finalize_plan.h"

#include <QDialog>

class QGridLayout;

namespace ps {

/// What finalize would move, in numbers, before anything moves. Accepted = carry it out.
class FinalizeDialog : public QDialog
{
    Q_OBJECT

public:
    FinalizeDialog(const FinalizeSummary& summary, QWidget* parent);

private:
    void addCount(QGridLayout* grid, std::int64_t count, const QString& what, const QString& where);
    QWidget* makeSkipped(const std::vector<SkippedGroup>& skipped);
};

} // namespace ps
