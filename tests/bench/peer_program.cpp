// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/peer_program.h"

#include "core/base/files.h"
#include "tests/bench/process_figures.h"

#include <QProcess>

#include <cerrno>
#include <fcntl.h>

namespace ps::bench {

Result<PeerTimes> runPeer(const PeerProgram& peer)
{
    QProcess process;
    process.setWorkingDirectory(QString::fromStdString(peer.folder));
    process.setStandardOutputFile(peer.outputPath.empty() ? QProcess::nullDevice()
                                                          : QString::fromStdString(peer.outputPath));
    process.setStandardErrorFile(QProcess::nullDevice());
    const Stopwatch watch;
    process.start(peer.program, peer.arguments);
    if (!process.waitForStarted())
        return Error{ErrorCode::NotFound, "the program does not start", peer.program.toStdString(), 0};
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return Error{ErrorCode::Io, "the program failed", peer.program.toStdString(), 0};
    PeerTimes times;
    times.writtenMs = watch.wallMs();
    const UniqueFd file(::open(peer.resultPath.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return errnoError("cannot open what the program made", peer.resultPath, errno);
    PS_TRY_VOID(syncFile(file.get()));
    times.durableMs = watch.wallMs();
    return times;
}

} // namespace ps::bench
