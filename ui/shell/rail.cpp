// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include <QAction>
#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kMargin = 6;
constexpr int kMinButtonWidth = 68;
constexpr int kButtonPadding = 14; ///< left and right of the text together, with the padding of the style sheet

QString plainText(const QAction* action)
{
    return action->text().remove(QLatin1Char('&')).remove(QStringLiteral("..."));
}

} // namespace

Rail::Rail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    m_layout->setContentsMargins(kMargin, 8, kMargin, 8);
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
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        if (action->isCheckable())
            button->setChecked(action->isChecked());
    });
    m_layout->addWidget(button);
    fitWidth();
    return button;
}

void Rail::fitWidth()
{
    int width = kMinButtonWidth;
    for (QToolButton* button : findChildren<QToolButton*>()) {
        button->ensurePolished();
        width = qMax(width, button->fontMetrics().horizontalAdvance(button->text()) + kButtonPadding);
    }
    setFixedWidth(width + 2 * kMargin);
}

void Rail::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitWidth();
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
