// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/export_request.h"
#include "core/exchange/import_plan.h"
#include "core/exchange/split.h"

#include <QString>

namespace ps {

/// A format of an export in words: its name, what it is for, and what opens it.
struct FormatWords {
    QString title;
    QString purpose;
};
FormatWords formatWords(ExportFormat format);
QString importFormatText(ImportFormat format);

QString sideText(ReleaseSide side);
QString sideText(std::string_view name); ///< of a name as files have it
QString ruleText(CheckRule rule);
QString outcomeText(ImportOutcome outcome);
/// One of the classes that decisions are; other class names stay as they are.
QString classText(std::string_view name);
/// Why groups are left out, as the core names it.
QString exclusionText(std::string_view reason);
/// A check by its id, also one of the export alone.
QString exchangeCheckText(std::string_view check);
/// What an export or import is doing.
QString phaseText(std::string_view phase);
QString changeKindText(std::string_view kind);
QString linkText(LinkKind kind);

/// "1,204 groups in view = 1,100 exported + 104 left out"
QString reconciliationText(std::int64_t inView, std::int64_t exported, std::int64_t excluded);
/// The images that connect two sides, one step a line, with file names.
QString leakText(const SplitLeak& leak);

QString bytesText(std::int64_t bytes);
QString dateText(std::string_view timestamp);

} // namespace ps
