// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QStyle>

namespace ps {

/// Makes a button the one that a dialog or panel is about. The style sheet looks at the property when a widget is first
/// shown or polished, so a button that was already polished is polished again.
inline void makePrimary(QPushButton* button)
{
    button->setProperty("primary", true);
    button->style()->unpolish(button);
    button->style()->polish(button);
}

} // namespace ps
