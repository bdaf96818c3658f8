// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

namespace ps {

namespace {

QString plainText(const QAction* action)
{
    return action->text().remove(QLatin1Char('&')).remove(QStringLiteral("..."));
}

} // namespace

Rail::Rail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    m_layout->setContentsMargins(6, 8, 6, 8);
    m_layout->setSpacing(4);
}

QToolButton* Rail::addButton(QAction* action, const QString& label)
{
    auto* button = new QToolButton(this);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize({22, 22});
    button->setIcon(action->icon());
    button->setText(label);
    button->setToolTip(action->toolTip());
    button->setAccessibleName(label);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumWidth(68);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        if (action->isCheckable())
            button->setChecked(action->isChecked());
    });
    m_layout->addWidget(button);
    return button;
}

void Rail::addWorkplace(QAction* action)
{
    addButton(action, plainText(action))->setCheckable(true);
}

void Rail::addStretch()
{
    m_layout->addStretch();
}

void Rail::addCommand(QAction* action, const QString& label)
{
    addButton(action, label);
}

} // namespace ps
