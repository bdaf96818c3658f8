// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/pixels.h"

#include <QImage>

namespace ps {

/// The picture as a QImage without copying a byte; the memory lives as long as any copy of the image.
QImage toImage(const Pixels& pixels);

} // namespace ps
