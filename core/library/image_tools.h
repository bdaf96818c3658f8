// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "core/library/project_session.h"

namespace ps {

/// What a session needs of the worker pool. The service must outlive every use.
ImageTools makeImageTools(ImageService& service);

} // namespace ps
