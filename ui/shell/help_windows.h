// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ps {

/// Opens the handbook in the language of the program, in a window of its own.
void openHandbook(QWidget* parent);

/// Opens the window with version and licences.
void openAbout(QWidget* parent);

} // namespace ps
