// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/project_controller.h"

#include <QMimeData>

#include <memory>

namespace ps {

/// Absolute paths of every image of these rows that was there when it was last looked for, in their order.
QStringList filesOf(const ProjectSession& session, const GroupRows& rows);

/// Files for the clipboard and for dragging: as text/uri-list, and as text/plain with one path on each line.
std::unique_ptr<QMimeData> mimeDataOf(const QStringList& files);

} // namespace ps
