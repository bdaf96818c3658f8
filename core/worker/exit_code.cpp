// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/exit_code.h"

namespace ps {

std::string_view workerExitText(int exitCode)
{
    switch (static_cast<WorkerExit>(exitCode)) {
    case WorkerExit::Done: return "the worker ended because its connection was closed";
    case WorkerExit::NotAWorker: return "the worker was started without a connection";
    case WorkerExit::ParentGone: return "the program ended while the worker was starting";
    case WorkerExit::VersionMismatch: return "the worker is of another build than the program";
    case WorkerExit::ProtocolError: return "the worker received something that is no valid frame";
    case WorkerExit::ConnectionLost: return "the worker lost its connection while it answered";
    case WorkerExit::Defect: return "the worker ended because of a defect in itself";
    }
    return "the worker ended with an unknown exit code";
}

} // namespace ps
