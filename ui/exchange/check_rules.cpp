// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/check_rules.h"

#include "ui/common/error_text.h"
#include "ui/exchange/exchange_words.h"
#include "ui/models/chart_content.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::array kRules{CheckRule::Block, CheckRule::Warn, CheckRule::Allow};
constexpr int kShownExamples = 3;

QString shapeOf(CheckRule rule)
{
    switch (rule) {
    case CheckRule::Block: return QStringLiteral("■");
    case CheckRule::Warn: return QStringLiteral("△");
    case CheckRule::Allow: return QStringLiteral("○");
    }
    return {};
}

QStringList examplesOf(const ReleasePreview::CheckResult& result)
{
    QStringList lines;
    for (const std::string& line : result.first)
        lines.append(fromCore(line));
    return lines;
}

QLabel* plain(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// The same checks with the same findings, whatever their rules are.
bool isSame(const std::vector<ReleasePreview::CheckResult>& a, const std::vector<ReleasePreview::CheckResult>& b)
{
    return std::ranges::equal(a, b, [](const auto& one, const auto& other) {
        return one.check == other.check && one.count == other.count && one.first == other.first;
    });
}

} // namespace

CheckRules::CheckRules(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    hide();
}

QComboBox* CheckRules::fieldOf(const std::string& check) const
{
    return m_fields.value(QString::fromStdString(check));
}

void CheckRules::setResults(const std::vector<ReleasePreview::CheckResult>& results)
{
    if (isSame(m_shown, results)) { // whoever is choosing a rule keeps the field
        for (const ReleasePreview::CheckResult& result : results) {
            const QString check = QString::fromStdString(result.check);
            m_fields.value(check)->setCurrentIndex(static_cast<int>(result.rule));
            showRule(m_shapes.value(check), result.rule);
        }
        return;
    }
    m_shown = results;
    m_fields.clear();
    m_shapes.clear();
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    int row = 0;
    for (const ReleasePreview::CheckResult& result : results) {
        addRow(row, result);
        row += 2;
    }
    setVisible(!results.empty());
}

void CheckRules::showRule(QLabel* shape, CheckRule rule)
{
    shape->setText(shapeOf(rule));
    shape->setAccessibleName(ruleText(rule));
    shape->setProperty("attention", rule != CheckRule::Allow);
    shape->style()->unpolish(shape); // the style sheet looks at the property
    shape->style()->polish(shape);
}

void CheckRules::addRow(int row, const ReleasePreview::CheckResult& result)
{
    const QString name = exchangeCheckText(result.check);
    auto* shape = plain({}, this);
    showRule(shape, result.rule);
    const QStringList examples = examplesOf(result);
    QString sentence = name; // with the count behind it, it does not end there
    if (sentence.endsWith(QLatin1Char('.')))
        sentence.chop(1);
    auto* text = plain(QStringLiteral("%1: %2").arg(sentence, countText(result.count)), this);
    text->setToolTip(
        examples.join(QLatin1Char('\n')).toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    auto* field = new QComboBox(this);
    for (const CheckRule rule : kRules)
        field->addItem(ruleText(rule));
    field->setCurrentIndex(static_cast<int>(result.rule));
    field->setAccessibleName(tr("Rule for: %1").arg(name));
    field->setToolTip(tr("Block: no export while it finds something. Warn: exported, and said. Allow: exported. The "
                         "release records what was allowed."));
    m_grid->addWidget(shape, row, 0);
    m_grid->addWidget(text, row, 1);
    m_grid->addWidget(field, row, 2, Qt::AlignTop);
    if (!examples.isEmpty()) {
        QString first = examples.mid(0, kShownExamples).join(QLatin1Char('\n'));
        if (result.count > kShownExamples)
            first += QStringLiteral(" ...");
        auto* detail = plain(first, this);
        detail->setProperty("muted", true);
        m_grid->addWidget(detail, row + 1, 1, 1, 2);
    }
    m_fields.insert(QString::fromStdString(result.check), field);
    m_shapes.insert(QString::fromStdString(result.check), shape);
    connect(field, &QComboBox::activated, this, [this, check = result.check](int rule) {
        m_rules[check] = static_cast<CheckRule>(rule);
        Q_EMIT changed();
    });
}

} // namespace ps
