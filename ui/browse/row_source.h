// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"

#include <QObject>
#include <QString>

#include <vector>

namespace ps {

/// The rows of a list as grid and table read them: any row at any time, from memory. What is not there is asked for and
/// arrives later. Injected, so that tests and benchmarks bring their own.
/// Thread: UI. Cost: no question depends on the number of rows.
class RowSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual std::int64_t count() const = 0;
    /// The row if it is in memory; otherwise null, and changed() follows. Valid until control returns to the event loop.
    virtual const GroupEntry* entry(std::int64_t position) = 0;
    /// All candidates of the row, likewise; they are asked for only by views that show them.
    virtual const std::vector<GroupImage>* images(std::int64_t position) = 0;
    /// It was decided since the list was made and may no longer belong to it.
    virtual bool isChanged(std::int64_t) const { return false; }

    /// First positions of the sections, ascending from 0; empty without sections.
    virtual std::vector<std::int64_t> sectionStarts() const { return {}; }
    virtual QString sectionTitle(std::size_t) const { return {}; }

Q_SIGNALS:
    /// Rows have arrived or look different; count and order are the same.
    void changed();
    /// Other rows than before.
    void reset();
};

} // namespace ps
