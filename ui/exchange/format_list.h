// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/export_request.h"

#include <QListWidget>

namespace ps {

/// The formats of an export, each with one sentence that says what it is for and what opens it.
class FormatList : public QListWidget
{
    Q_OBJECT

public:
    explicit FormatList(QWidget* parent);

    ExportFormat format() const;
    void setFormat(ExportFormat format);

protected:
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace ps
