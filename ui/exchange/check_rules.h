// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/release.h"

#include <QHash>
#include <QWidget>

#include <map>
#include <string>

class QComboBox;
class QGridLayout;
class QLabel;

namespace ps {

/// The integrity checks that found something in what is to be exported, each with what is done about it.
class CheckRules : public QWidget
{
    Q_OBJECT

public:
    explicit CheckRules(QWidget* parent);

    using Rules = std::map<std::string, CheckRule, std::less<>>;
    void setResults(const std::vector<ReleasePreview::CheckResult>& results);
    /// What was chosen; checks that were left as they are by default are not in it.
    const Rules& rules() const { return m_rules; }
    void clearRules() { m_rules.clear(); }
    QComboBox* fieldOf(const std::string& check) const;

Q_SIGNALS:
    void changed();

private:
    static void showRule(QLabel* shape, CheckRule rule);
    void addRow(int row, const ReleasePreview::CheckResult& result);

    QGridLayout* m_grid = nullptr;
    Rules m_rules;
    std::vector<ReleasePreview::CheckResult> m_shown;
    QHash<QString, QComboBox*> m_fields;
    QHash<QString, QLabel*> m_shapes;
};

} // namespace ps
