// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace ps {

/// Named counts as small bars under a title, the longest bar the largest count; numbers stand beside them.
class CountBars : public QWidget
{
    Q_OBJECT

public:
    struct Bar {
        QString name;
        std::int64_t count = 0;
    };

    CountBars(const QString& title, const Theme& theme, QWidget* parent);

    /// Hidden while there are none.
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return m_bars; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;

    QString m_title;
    const Theme& m_theme;
    std::vector<Bar> m_bars;
};

} // namespace ps
