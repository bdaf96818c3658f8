// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/keys_page.h"

#include "core/base/files.h"
#include "ui/common/error_text.h"
#include "ui/settings/key_capture.h"
#include "ui/settings/key_presets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ps {

namespace {

constexpr std::size_t kMaxFileBytes = 256 * 1024;

QString plainText(const QAction* action)
{
    return action->text().remove(QLatin1Char('&'));
}

QString nativeText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

} // namespace

KeysPage::KeysPage(ActionTable& actions, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_tree(new QTreeWidget(this)), m_message(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->addWidget(makeTop());
    m_tree->setHeaderLabels({tr("Action"), tr("Works in"), tr("Keys")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->setColumnWidth(1, 90);
    m_tree->setColumnWidth(2, 190);
    m_tree->header()->setStretchLastSection(false);
    m_tree->setAccessibleName(tr("Actions and their keys"));
    layout->addWidget(m_tree, 1);
    layout->addWidget(makeKeyLine());
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    layout->addWidget(m_message);
    layout->addWidget(makeBottom());
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysPage::onCurrentChanged);
    connect(&m_actions, &ActionTable::keysChanged, this, &KeysPage::showAllKeys);
    fill();
    showPreset();
}

QWidget* KeysPage::makeTop()
{
    auto* top = new QWidget(this);
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    m_search = new QLineEdit(top);
    m_search->setPlaceholderText(tr("Search for an action or a key"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    layout->addWidget(m_search, 1);
    auto* label = new QLabel(tr("Key &map:"), top);
    m_presets = new QComboBox(top);
    for (const KeyPreset& preset : keyPresets())
        m_presets->addItem(QCoreApplication::translate("KeyPresets", preset.name));
    m_presets->addItem(tr("My own"));
    label->setBuddy(m_presets);
    layout->addWidget(label);
    layout->addWidget(m_presets);
    connect(m_search, &QLineEdit::textChanged, this, &KeysPage::filter);
    connect(m_presets, &QComboBox::activated, this, &KeysPage::applyPreset);
    return top;
}

QWidget* KeysPage::makeKeyLine()
{
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_capture = new KeyCapture(line);
    auto* label = new QLabel(tr("New &key:"), line);
    label->setBuddy(m_capture);
    layout->addWidget(label);
    layout->addWidget(m_capture, 1);
    m_swap = new QPushButton(tr("Swap"), line);
    m_swap->hide();
    auto* remove = new QPushButton(tr("Remove"), line);
    auto* reset = new QPushButton(tr("Default"), line);
    for (QPushButton* button : {m_swap, remove, reset})
        layout->addWidget(button);
    connect(m_capture, &KeyCapture::captured, this, &KeysPage::onCaptured);
    connect(m_swap, &QPushButton::clicked, this, &KeysPage::swap);
    connect(remove, &QPushButton::clicked, this, &KeysPage::removeKeys);
    connect(reset, &QPushButton::clicked, this, &KeysPage::resetCurrent);
    return line;
}

QWidget* KeysPage::makeBottom()
{
    auto* bottom = new QWidget(this);
    auto* layout = new QHBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    m_letterKeys = new QCheckBox(tr("&Letters and digits work without Ctrl or Alt"), bottom);
    m_letterKeys->setChecked(m_actions.hasLetterKeys());
    layout->addWidget(m_letterKeys, 1);
    auto* import = new QPushButton(tr("&Import..."), bottom);
    auto* save = new QPushButton(tr("&Export..."), bottom);
    layout->addWidget(import);
    layout->addWidget(save);
    connect(m_letterKeys, &QCheckBox::toggled, &m_actions, &ActionTable::setLetterKeys);
    const auto ask = [this](QFileDialog::AcceptMode mode, const QString& title, auto then) {
        auto* dialog = new QFileDialog(this, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(mode);
        dialog->setNameFilter(tr("Key maps (*.keys)"));
        dialog->setDefaultSuffix(QStringLiteral("keys"));
        if (mode == QFileDialog::AcceptOpen)
            dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, then);
        dialog->open();
    };
    connect(import, &QPushButton::clicked, this,
            [this, ask] { ask(QFileDialog::AcceptOpen, tr("Import a key map"), &KeysPage::importFrom); });
    connect(save, &QPushButton::clicked, this,
            [this, ask] { ask(QFileDialog::AcceptSave, tr("Export the key map"), &KeysPage::exportTo); });
    return bottom;
}

// ---- the list ------------------------------------------------------------------------------------------------------

void KeysPage::fill()
{
    const auto scopeText = [](ActionScope scope) {
        if (scope == ActionScope::Window)
            return tr("everywhere");
        return scope == ActionScope::Crop ? tr("Crop") : scope == ActionScope::Review ? tr("Review") : tr("Browse");
    };
    for (const ActionInfo& info : actionTable()) {
        QAction* const action = m_actions.action(info.id);
        auto* item = new QTreeWidgetItem(m_tree, {plainText(action), scopeText(info.scope)});
        item->setData(0, Qt::UserRole, QString::fromLatin1(info.id));
        item->setToolTip(0, action->statusTip().toHtmlEscaped());
        showKeys(item);
    }
    m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

void KeysPage::filter(const QString& text)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const item = m_tree->topLevelItem(i);
        bool isFound = text.isEmpty();
        for (int column = 0; column < m_tree->columnCount(); ++column)
            isFound = isFound || item->text(column).contains(text.trimmed(), Qt::CaseInsensitive);
        item->setHidden(!isFound);
    }
}

void KeysPage::showKeys(QTreeWidgetItem* item) const
{
    const QAction* const action = m_actions.action(item->data(0, Qt::UserRole).toString().toLatin1().constData());
    item->setText(2, nativeText(m_actions.keysOf(action)));
}

void KeysPage::showAllKeys()
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        showKeys(m_tree->topLevelItem(i));
    showPreset();
}

QAction* KeysPage::current() const
{
    const QTreeWidgetItem* const item = m_tree->currentItem();
    return item ? m_actions.action(item->data(0, Qt::UserRole).toString().toLatin1().constData()) : nullptr;
}

void KeysPage::say(const QString& text)
{
    m_message->setText(text);
    m_swap->hide();
    m_swapWith = nullptr;
}

void KeysPage::onCurrentChanged()
{
    say({});
    const QAction* const action = current();
    m_capture->showKey(action ? m_actions.keysOf(action).value(0) : QKeySequence());
}

// ---- one key -------------------------------------------------------------------------------------------------------

void KeysPage::offerSwap(QAction* other, const QKeySequence& key)
{
    const QAction* const action = current();
    say(tr("△ %1 already belongs to \"%2\". Press another key, or let the two swap: \"%2\" gets %3.")
            .arg(key.toString(QKeySequence::NativeText), plainText(other),
                 m_actions.keysOf(action).isEmpty() ? tr("no key") : nativeText({m_actions.keysOf(action).first()})));
    m_swapWith = other;
    m_swapKey = key;
    m_swap->show();
}

bool KeysPage::isFree(const QAction* action, const QKeySequence& key)
{
    const QList<QAction*> conflicts = m_actions.conflictsOf(action, key);
    if (!conflicts.isEmpty())
        offerSwap(conflicts.first(), key);
    return conflicts.isEmpty();
}

void KeysPage::setFirstKey(QAction* action, const QKeySequence& key)
{
    QList<QKeySequence> keys = m_actions.keysOf(action);
    if (!keys.isEmpty())
        keys.removeFirst();
    keys.removeAll(key);
    if (!key.isEmpty())
        keys.prepend(key);
    m_actions.setKeys(action, keys);
}

void KeysPage::onCaptured(const QKeySequence& key)
{
    QAction* const action = current();
    if (!action || m_actions.keysOf(action).value(0) == key || !isFree(action, key))
        return;
    setFirstKey(action, key);
    say(tr("✓ Changed."));
}

void KeysPage::swap()
{
    QAction* const action = current();
    QAction* const other = m_swapWith;
    if (!action || !other)
        return;
    const QKeySequence given = m_actions.keysOf(action).value(0);
    QList<QKeySequence> keys = m_actions.keysOf(other);
    keys.removeAll(m_swapKey);
    m_actions.setKeys(other, keys);
    // A key of one place may be taken in the place of the other action.
    QList<QAction*> inTheWay = given.isEmpty() ? QList<QAction*>() : m_actions.conflictsOf(other, given);
    inTheWay.removeAll(action);
    setFirstKey(action, m_swapKey);
    if (inTheWay.isEmpty() && !given.isEmpty())
        m_actions.setKeys(other, QList<QKeySequence>{given} + keys);
    m_capture->showKey(m_swapKey);
    say(inTheWay.isEmpty() ? tr("✓ Swapped.") : tr("✓ Changed; \"%1\" has no key in its place.").arg(plainText(other)));
}

void KeysPage::removeKeys()
{
    if (QAction* const action = current()) {
        m_actions.setKeys(action, {});
        m_capture->showKey({});
        say(tr("✓ Changed."));
    }
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
    onCurrentChanged();
}

// ---- whole maps ----------------------------------------------------------------------------------------------------

void KeysPage::applyPreset(int index)
{
    const auto presets = keyPresets();
    if (index < 0 || index >= std::ssize(presets))
        return;
    m_actions.setKeyMap(keysOfPreset(presets[static_cast<std::size_t>(index)]));
    onCurrentChanged();
    say(tr("✓ All keys are those of this map."));
}

void KeysPage::showPreset()
{
    const KeyMapText now = m_actions.keyMap();
    const auto presets = keyPresets();
    const auto found = std::ranges::find_if(presets,
                                            [&](const KeyPreset& preset) { return keysOfPreset(preset) == now; });
    const QSignalBlocker blocker(m_presets);
    m_presets->setCurrentIndex(static_cast<int>(found - presets.begin())); // behind the last: my own
}

void KeysPage::importFrom(const QString& path)
{
    m_fileLane.run(
        this,
        [name = QFile::encodeName(path).toStdString()](const std::stop_token&) {
            return readFile(name, kMaxFileBytes);
        },
        [this](const Result<std::string>& text) {
            const ParsedKeyMap parsed = text ? parseKeyMapFile(QString::fromStdString(*text)) : ParsedKeyMap();
            if (!text)
                say(QStringLiteral("△ ") + errorText(text.error()).summary);
            else if (!parsed.error.isEmpty())
                say(tr("△ Nothing was changed. %1").arg(parsed.error));
            else
                m_actions.setKeyMap(parsed.map);
            if (text && parsed.error.isEmpty()) {
                onCurrentChanged();
                say(tr("✓ All keys are those of the file."));
            }
            Q_EMIT fileDone();
        });
}

void KeysPage::exportTo(const QString& path)
{
    m_fileLane.run(
        this,
        [name = QFile::encodeName(path).toStdString(), text = keyMapFileText(m_actions.keyMap()).toStdString()](
            const std::stop_token&) { return writeFileDurably(name, text, Replace::Atomic); },
        [this](const Result<void>& written) {
            say(written ? tr("✓ Saved.") : QStringLiteral("△ ") + errorText(written.error()).summary);
            Q_EMIT fileDone();
        });
}

} // namespace ps
