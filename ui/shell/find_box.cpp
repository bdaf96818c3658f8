// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/find_box.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace ps {

namespace {

constexpr int kWidth = 420;
constexpr int kTop = 12;

} // namespace

FindBox::FindBox(QWidget* parent) : QFrame(parent), m_text(new QLineEdit(this)), m_message(new QLabel(this))
{
    setObjectName(QStringLiteral("findBox"));
    setAutoFillBackground(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_message);
    m_message->hide();
    connect(m_text, &QLineEdit::textEdited, m_message, &QWidget::hide);
    m_text->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_text->setPlaceholderText(tr("Name of a file, group key or group id"));
    m_text->setAccessibleName(tr("Find a group"));
    m_text->setMaxLength(1000);
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        m_message->hide();
        if (!m_text->text().isEmpty())
            Q_EMIT wanted(m_text->text());
        m_text->setFocus(); // what is typed next belongs here until Escape
    });
    parent->installEventFilter(this);
    hide();
}

void FindBox::open()
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    m_text->selectAll();
    m_text->setFocus();
}

void FindBox::showNothingFound()
{
    m_message->setText(tr("△ Nothing found"));
    m_message->show();
}

void FindBox::place()
{
    const int width = qMin(kWidth, parentWidget()->width() - 40);
    setGeometry((parentWidget()->width() - width) / 2, kTop, width, sizeHint().height());
}

void FindBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) {
        QFrame::keyPressEvent(event);
        return;
    }
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

bool FindBox::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace ps
