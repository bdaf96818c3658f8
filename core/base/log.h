// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace ps {

// Quiet by default: warnings and worse. QT_LOGGING_RULES="proofsheet.store.debug=true" opens one of them.
// Lines carry ids and counts, never image content and no personal paths at info level.
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logLibrary)
Q_DECLARE_LOGGING_CATEGORY(logWorker)

} // namespace ps
