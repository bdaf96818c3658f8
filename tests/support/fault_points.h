// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ps::test {

/// Calls to the system that a fault may strike; a set of bits.
enum FaultCalls : unsigned {
    CallsCreate = 1, ///< open with O_CREAT, mkdir, link, rename
    CallsWrite = 2,  ///< write, pwrite, ftruncate, copy_file_range
    CallsSync = 4,   ///< fsync, fdatasync
    CallsRemove = 8, ///< unlink
};

/// What happens at the n-th of these calls that is about something beneath a folder.
struct FaultPlan {
    std::string folder;
    unsigned calls = 0;
    int at = 0;            ///< from 1
    int errorNumber = 0;   ///< what the call fails with; 0 = the process is killed before the call is made
    bool isSticky = false; ///< all later ones fail too
};

/// From now on the plan holds for this process and those that it forks. Needs the library ps_test_faults, which takes the
/// place of these calls for the whole program.
void armFaults(const FaultPlan& plan);
void disarmFaults();
/// Calls that the plan has counted since it was armed.
int faultPointCount();

} // namespace ps::test
