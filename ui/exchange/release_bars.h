// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"

#include <QWidget>

namespace ps {

class CountBars;
class Theme;

/// The counts of a release, to come or published: by decision, side and class, and what is left out and why.
class ReleaseBars : public QWidget
{
    Q_OBJECT

public:
    ReleaseBars(const Theme& theme, QWidget* parent);

    void show(const ReleasePreview& counts);

private:
    CountBars* m_actions = nullptr;
    CountBars* m_excluded = nullptr;
    CountBars* m_sides = nullptr;
    CountBars* m_classes = nullptr;
    CountBars* m_images = nullptr;
};

} // namespace ps
