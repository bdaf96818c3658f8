// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/export_request.h"

#include <QWidget>

#include <array>

class QSpinBox;

namespace ps {

/// The shares of train, validation and test in per cent. They always add up to 100: what one gains, the others lose, the last
/// one first.
class ShareFields : public QWidget
{
    Q_OBJECT

public:
    explicit ShareFields(QWidget* parent);

    SplitShares shares() const;
    void setShares(const SplitShares& shares);
    QSpinBox& field(ReleaseSide side) { return *m_fields.at(static_cast<std::size_t>(side)); }

Q_SIGNALS:
    void changed();

private:
    void balance(std::size_t place);

    std::array<QSpinBox*, kReleaseSideCount> m_fields{};
};

} // namespace ps
