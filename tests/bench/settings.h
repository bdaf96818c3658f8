// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <QStringList>

namespace ps::bench {

/// How large everything is. The program hands them to its children as they are.
struct Settings {
    std::string folder;                 ///< where data and results of the disk go; made when it is missing
    std::int64_t rows = 1'000'000;      ///< of the decision database
    std::int64_t groupsOnDisk = 20'000; ///< so many of the rows have their images as files
    std::int64_t decisions = 10'000;
    std::int64_t names = 200'000;    ///< that are grouped
    std::int64_t photographs = 12;   ///< of each size that are decoded
    std::int64_t folderImages = 500; ///< in the folder that goes through the workers
    std::int64_t keys = 2'000;       ///< that are pressed in the window
    std::int64_t visits = 20'000;    ///< groups that are looked at forward and back
    std::int64_t runs = 3;
    bool isQuick = false;
    QStringList only; ///< names of measurements or of families of them; empty = all

    /// For small machines and for the test of this program: everything at a size of seconds.
    void shrink();
    /// What a child is started with to see the same sizes.
    QStringList arguments() const;
};

} // namespace ps::bench
