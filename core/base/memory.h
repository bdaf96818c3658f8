// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ps {

/// At the end of its scope, gives memory that was freed back to the system: for work that needs much of it for a moment in a
/// program that goes on for hours. Declared before what it is to give back. Does nothing where the C library offers no way.
class MemoryReturn
{
public:
    MemoryReturn() = default;
    MemoryReturn(const MemoryReturn&) = delete;
    MemoryReturn& operator=(const MemoryReturn&) = delete;
    ~MemoryReturn();
};

} // namespace ps
