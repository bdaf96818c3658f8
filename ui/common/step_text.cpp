// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/step_text.h"

#include "core/decisions/ledger.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>

#include <array>

namespace ps {

QString stepKindText(std::string_view kind)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 22> texts{{
        {ledger_kind::kBaseline, QT_TRANSLATE_NOOP("Steps", "Start of the ledger")},
        {ledger_kind::kDecide, QT_TRANSLATE_NOOP("Steps", "Decision")},
        {ledger_kind::kDecideMany, QT_TRANSLATE_NOOP("Steps", "Decision of many groups")},
        {ledger_kind::kConfirmCrop, QT_TRANSLATE_NOOP("Steps", "Crop confirmed")},
        {ledger_kind::kOutcome, QT_TRANSLATE_NOOP("Steps", "Outcome")},
        {ledger_kind::kFlag, QT_TRANSLATE_NOOP("Steps", "Flag")},
        {ledger_kind::kNote, QT_TRANSLATE_NOOP("Steps", "Note")},
        {ledger_kind::kSplit, QT_TRANSLATE_NOOP("Steps", "Set split")},
        {ledger_kind::kFinalize, QT_TRANSLATE_NOOP("Steps", "Finalize")},
        {ledger_kind::kTakeBack, QT_TRANSLATE_NOOP("Steps", "Moves taken back")},
        {ledger_kind::kRestore, QT_TRANSLATE_NOOP("Steps", "Staged files restored")},
        {ledger_kind::kPurge, QT_TRANSLATE_NOOP("Steps", "Staged files deleted")},
        {ledger_kind::kRepair, QT_TRANSLATE_NOOP("Steps", "Repair")},
        {ledger_kind::kImport, QT_TRANSLATE_NOOP("Steps", "Import")},
        {ledger_kind::kUndo, QT_TRANSLATE_NOOP("Steps", "Undone")},
        {ledger_kind::kRedo, QT_TRANSLATE_NOOP("Steps", "Done again")},
        {ledger_kind::kExternalChange, QT_TRANSLATE_NOOP("Steps", "Changed by another program")},
        {"import", QT_TRANSLATE_NOOP("Steps", "Import")},
        {"release", QT_TRANSLATE_NOOP("Steps", "Release published")},
        {"release withdrawn", QT_TRANSLATE_NOOP("Steps", "Release withdrawn")},
        {"approve", QT_TRANSLATE_NOOP("Steps", "kept")},
        {"crop", QT_TRANSLATE_NOOP("Steps", "crop")},
        {"reject", QT_TRANSLATE_NOOP("Steps", "rejected")},
    }};
    for (const auto& [name, text] : texts) {
        if (name == kind)
            return QCoreApplication::translate("Steps", text);
    }
    return fromCore(kind);
}

} // namespace ps
