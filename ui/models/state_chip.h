// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QWidget>

namespace ps {

/// Says in shape, word and colour how suggestions stand: ready, being computed, no model, or failed and why.
class StateChip : public QWidget
{
    Q_OBJECT

public:
    enum class State { NoModel, Ready, Computing, Failed };

    StateChip(const Theme& theme, QWidget* parent);

    State state() const { return m_state; }
    const QString& text() const { return m_text; }
    /// `details` is the tool tip; "" = none.
    void setState(State state, const QString& text, const QString& details = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor color() const;

    const Theme& m_theme;
    State m_state = State::NoModel;
    QString m_text;
};

} // namespace ps
