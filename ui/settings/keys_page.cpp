// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/keys_page.h"

#include "ui/common/action_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ps {

namespace {

QString plainText(const QAction* action)
{
    return action->text().remove(QLatin1Char('&'));
}

} // namespace

KeysPage::KeysPage(ActionTable& actions, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_tree(new QTreeWidget(this)), m_edit(new QKeySequenceEdit(this)),
      m_reset(new QPushButton(tr("Default"), this)), m_message(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 0);
    m_tree->setHeaderLabels({tr("Action"), tr("Keys")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->setColumnWidth(1, 190);
    m_tree->header()->setStretchLastSection(false);
    m_tree->setAccessibleName(tr("Actions and their keys"));
    layout->addWidget(m_tree, 1);

    auto* line = new QHBoxLayout;
    auto* label = new QLabel(tr("&Key:"), this);
    label->setBuddy(m_edit);
    line->addWidget(label);
    line->addWidget(m_edit, 1);
    line->addWidget(m_reset);
    auto* all = new QPushButton(tr("Default for all"), this);
    line->addWidget(all);
    layout->addLayout(line);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    layout->addWidget(m_message);

    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysPage::onCurrentChanged);
    connect(m_edit, &QKeySequenceEdit::editingFinished, this, &KeysPage::onEdited);
    connect(m_reset, &QPushButton::clicked, this, &KeysPage::resetCurrent);
    connect(all, &QPushButton::clicked, this, &KeysPage::resetAll);
    fill();
}

void KeysPage::fill()
{
    for (const ActionInfo& info : actionTable()) {
        QAction* const action = m_actions.action(info.id);
        auto* item = new QTreeWidgetItem(m_tree, {plainText(action)});
        item->setData(0, Qt::UserRole, QString::fromLatin1(info.id));
        item->setToolTip(0, action->statusTip().toHtmlEscaped());
        showKeys(item);
    }
    m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

void KeysPage::showKeys(QTreeWidgetItem* item) const
{
    const QAction* const action = m_actions.action(item->data(0, Qt::UserRole).toString().toLatin1().constData());
    QStringList keys;
    for (const QKeySequence& key : action->shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    item->setText(1, keys.join(QStringLiteral(", ")));
}

QAction* KeysPage::current() const
{
    const QTreeWidgetItem* const item = m_tree->currentItem();
    return item ? m_actions.action(item->data(0, Qt::UserRole).toString().toLatin1().constData()) : nullptr;
}

void KeysPage::onCurrentChanged()
{
    m_message->clear();
    const QAction* const action = current();
    m_edit->setKeySequence(action ? action->shortcut() : QKeySequence());
}

bool KeysPage::isFree(const QAction* action, const QKeySequence& key)
{
    const QList<QAction*> conflicts = key.isEmpty() ? QList<QAction*>() : m_actions.conflictsOf(action, key);
    if (!conflicts.isEmpty())
        m_message->setText(tr("△ %1 already belongs to \"%2\". Give that another key first.")
                               .arg(key.toString(QKeySequence::NativeText), plainText(conflicts.first())));
    return conflicts.isEmpty();
}

void KeysPage::resetCurrent()
{
    QAction* const action = current();
    if (!action)
        return;
    for (const QKeySequence& key : m_actions.defaultKeysOf(action)) {
        if (!isFree(action, key))
            return;
    }
    m_actions.resetKeys(action);
    showKeys(m_tree->currentItem());
    onCurrentChanged();
}

void KeysPage::onEdited()
{
    QAction* const action = current();
    const QKeySequence key = m_edit->keySequence();
    if (!action || key == action->shortcut())
        return;
    if (key.count() > 1) {
        m_message->setText(tr("△ One key only, please: a second one would have to be waited for."));
        m_edit->setKeySequence(action->shortcut());
        return;
    }
    if (!isFree(action, key)) {
        m_edit->setKeySequence(action->shortcut());
        return;
    }
    QList<QKeySequence> keys = action->shortcuts();
    if (!keys.isEmpty())
        keys.removeFirst();
    keys.removeAll(key);
    if (!key.isEmpty())
        keys.prepend(key);
    m_actions.setKeys(action, keys);
    showKeys(m_tree->currentItem());
    m_message->setText(tr("✓ Changed."));
}

void KeysPage::resetAll()
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const item = m_tree->topLevelItem(i);
        m_actions.resetKeys(m_actions.action(item->data(0, Qt::UserRole).toString().toLatin1().constData()));
        showKeys(item);
    }
    onCurrentChanged();
    m_message->setText(tr("✓ All keys are the default ones."));
}

} // namespace ps
