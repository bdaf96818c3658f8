// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

namespace ps {

Q_LOGGING_CATEGORY(logStore, "proofsheet.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logLibrary, "proofsheet.library", QtWarningMsg)
Q_LOGGING_CATEGORY(logWorker, "proofsheet.worker", QtWarningMsg)

} // namespace ps
