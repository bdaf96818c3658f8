// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace ps {

/// The layers of the sandbox; values are bits of SandboxReport::active and go over the wire.
enum class SandboxPart : std::uint32_t {
    NoNewPrivileges = 1, ///< no set-user-id program can help
    Limits = 2,          ///< memory, open files, written bytes, processes
    Landlock = 4,        ///< no file can be opened by name, no TCP port used
    SystemCalls = 8,     ///< seccomp: only the calls that decoding needs
};

constexpr std::uint32_t kAllSandboxParts = 15;

struct SandboxOptions {
    std::uint64_t memoryBytes = 4ULL << 30; ///< address space, and the size of any file that is written
    std::uint32_t parts = kAllSandboxParts; ///< SandboxPart values to enter; tests prove them one by one
};

/// The variable in which a program tells its workers their memoryBytes.
constexpr const char* kWorkerMemoryVariable = "PROOFSHEET_WORKER_MEMORY";
/// The options for a worker, from its environment.
SandboxOptions sandboxOptionsFromEnvironment();

struct SandboxReport {
    std::uint32_t active = 0; ///< SandboxPart values
    std::string text;         ///< "Landlock (ABI 7), system call filter, limits" or what is missing and why

    bool has(SandboxPart part) const { return (active & static_cast<std::uint32_t>(part)) != 0; }
};

/// Locks the calling process up for good: from here on it can use the descriptors that it has or is sent, memory and
/// the clock, and nothing else. Whatever the system cannot do is left out and reported; the process goes on. Call it
/// once, from the only thread, after everything that opens files (libraries, their caches) has done so.
SandboxReport enterSandbox(const SandboxOptions& options);

} // namespace ps
