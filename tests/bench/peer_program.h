// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

#include <string>

namespace ps::bench {

/// A program that people use for the same work, with what it is asked to do. It is started as it is, by no shell.
struct PeerProgram {
    QString program;
    QStringList arguments;
    std::string folder;     ///< to work in; "" for this one
    std::string outputPath; ///< gets what it prints; "" to drop that
    std::string resultPath; ///< the file that it makes
};

/// Wall times from its start, in milliseconds.
struct PeerTimes {
    double writtenMs = 0; ///< until it ended
    double durableMs = 0; ///< until its result was on the disk, too
};

/// Runs it to its end. Errors: NotFound when it does not start, Io when it fails or its result cannot be synced.
Result<PeerTimes> runPeer(const PeerProgram& peer);

} // namespace ps::bench
