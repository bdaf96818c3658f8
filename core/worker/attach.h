// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/worker/channel.h"
#include "core/worker/exit_code.h"

#include <variant>

namespace ps {

/// The connection that the program left at kWorkerSocketFd, or the reason to end at once. From here on the kernel kills
/// this process when the thread that started it ends.
std::variant<Channel, WorkerExit> attachToProgram();

} // namespace ps
