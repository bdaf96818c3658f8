// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/dataset_readers.h"

namespace ps {

Result<void> readCsvItems(DatasetScope&, const Json&)
{
    return Error{ErrorCode::Unsupported, "CSV with a column map is not read yet", {}, 0};
}

} // namespace ps
