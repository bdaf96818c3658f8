// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace ps {

MemoryReturn::~MemoryReturn()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace ps
