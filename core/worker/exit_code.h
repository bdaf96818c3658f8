// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace ps {

/// How a worker process ends by itself. Both sides use this list: the worker to end, the program to explain.
enum class WorkerExit : int {
    Done = 0,             ///< the program said goodbye or closed the connection
    NotAWorker = 64,      ///< started by hand, without a connection to a program
    ParentGone = 65,      ///< the program ended while the worker was starting
    VersionMismatch = 66, ///< the program is of another build
    ProtocolError = 67,   ///< the program sent something that is no valid frame
    ConnectionLost = 68,  ///< the connection failed while an answer was being sent
    Defect = 70,          ///< an exception reached main()
};

/// One sentence without a full stop for the log, for example "the worker is of another build".
std::string_view workerExitText(int exitCode);

} // namespace ps
