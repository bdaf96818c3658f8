// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/share_fields.h"

#include "ui/exchange/exchange_words.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace ps {

namespace {

constexpr int kWhole = 100;

} // namespace

ShareFields::ShareFields(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const QString name = sideText(static_cast<ReleaseSide>(i));
        auto* label = new QLabel(name, this);
        label->setProperty("muted", true);
        auto* field = new QSpinBox(this);
        field->setRange(0, kWhole);
        field->setSuffix(tr(" %"));
        field->setAccessibleName(tr("Share of %1").arg(name));
        field->setToolTip(
            tr("The three shares add up to 100 %. Images that hang together stay on one side, so they are "
               "met as closely as that allows."));
        label->setBuddy(field);
        m_fields.at(i) = field;
        grid->addWidget(label, 0, static_cast<int>(i));
        grid->addWidget(field, 1, static_cast<int>(i));
        connect(field, &QSpinBox::valueChanged, this, [this, i] { balance(i); });
    }
    setShares({});
}

void ShareFields::balance(std::size_t place)
{
    int rest = kWhole;
    for (const QSpinBox* field : m_fields)
        rest -= field->value();
    for (std::size_t i = m_fields.size(); i-- > 0 && rest != 0;) {
        if (i == place)
            continue;
        const QSignalBlocker quiet(m_fields.at(i));
        const int before = m_fields.at(i)->value();
        m_fields.at(i)->setValue(before + rest); // kept within 0 and 100
        rest -= m_fields.at(i)->value() - before;
    }
    Q_EMIT changed();
}

SplitShares ShareFields::shares() const
{
    SplitShares shares;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        shares.share.at(i) = static_cast<double>(m_fields.at(i)->value()) / kWhole;
    return shares;
}

void ShareFields::setShares(const SplitShares& shares)
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const QSignalBlocker quiet(m_fields.at(i));
        m_fields.at(i)->setValue(qRound(shares.share.at(i) * kWhole));
    }
    balance(0);
}

} // namespace ps
