// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ps {

/// A box in fractions of an upright image: half-open, x1 < x2, y1 < y2, all within 0 to 1.
struct FractionBox {
    double x1 = 0;
    double y1 = 0;
    double x2 = 1;
    double y2 = 1;
    bool operator==(const FractionBox&) const = default;

    bool isValid() const { return x1 >= 0 && y1 >= 0 && x1 < x2 && y1 < y2 && x2 <= 1 && y2 <= 1; }
};

} // namespace ps
