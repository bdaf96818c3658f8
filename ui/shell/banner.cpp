// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/banner.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace ps {

Banner::Banner(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_icon(new QLabel(this)), m_text(new QLabel(this)),
      m_action(new QPushButton(this)), m_copy(new QPushButton(tr("Copy details"), this)), m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("banner"));
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    m_text->setTextFormat(Qt::PlainText); // data is never markup
    m_text->setWordWrap(true);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_copy);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    layout->addWidget(m_close);
    for (QWidget* button :
         {static_cast<QWidget*>(m_action), static_cast<QWidget*>(m_copy), static_cast<QWidget*>(m_close)})
        button->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_details); });
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        if (m_run)
            m_run();
    });
    m_action->hide();
    hide();
}

void Banner::showText(const QString& iconName, const QString& text, const QString& details)
{
    const bool isError = !details.isEmpty();
    m_icon->setPixmap(
        iconPixmap(iconName, isError ? m_theme.colors().attention : m_theme.colors().accent, 20, devicePixelRatioF()));
    m_text->setText(text);
    m_details = details;
    m_copy->setVisible(isError);
    m_action->hide();
    m_run = nullptr;
    show();
}

void Banner::showError(const Error& error)
{
    showFailure(errorText(error));
}

void Banner::showFailure(const ErrorText& text)
{
    showText(QStringLiteral("warning"), text.summary, text.details);
}

void Banner::showNote(const QString& text)
{
    showText(QStringLiteral("info"), text, {});
}

void Banner::offer(const QString& label, std::function<void()> run)
{
    m_action->setText(label);
    m_run = std::move(run);
    m_action->show();
}

} // namespace ps
