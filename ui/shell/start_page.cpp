// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_page.h"

#include "ui/common/action_table.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kContentWidth = 640;

} // namespace

StartPage::StartPage(const ActionTable& actions, const Theme&, QWidget* parent) : QWidget(parent)
{
    auto* outer = new QHBoxLayout(this);
    auto* content = new QWidget(this);
    content->setMaximumWidth(kContentWidth);
    auto* layout = new QVBoxLayout(content);
    layout->setSpacing(10);
    layout->addStretch(2);

    auto* title = new QLabel(QStringLiteral("Proofsheet"), content);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 2.2);
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    layout->addWidget(title);
    auto* subtitle = new QLabel(tr("Pick, crop and reject images for machine-learning ground truth."), content);
    subtitle->setWordWrap(true);
    layout->addWidget(subtitle);
    layout->addSpacing(18);

    m_choices = new QWidget(content);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(12);
    choices->addWidget(makeChoice(actions.action("file.openFolder"), QStringLiteral("folder-open")));
    choices->addWidget(makeChoice(actions.action("file.openDatabase"), QStringLiteral("database")));
    choices->addWidget(makeChoice(actions.action("file.import"), QStringLiteral("import")));
    choices->addWidget(makeChoice(actions.action("file.demo"), QStringLiteral("demo")));
    layout->addWidget(m_choices);
    m_waiting = new QLabel(content);
    m_waiting->setTextFormat(Qt::PlainText);
    m_waiting->setWordWrap(true);
    m_waiting->hide();
    layout->addWidget(m_waiting);

    m_recentBox = new QWidget(content);
    m_recent = new QVBoxLayout(m_recentBox);
    m_recent->setContentsMargins(0, 18, 0, 0);
    m_recent->setSpacing(4);
    layout->addWidget(m_recentBox);
    auto* hint = new QLabel(tr("A folder, a database or a dataset can also be dropped on this window."), content);
    hint->setProperty("muted", true);
    hint->setWordWrap(true);
    layout->addSpacing(12);
    layout->addWidget(hint);
    layout->addStretch(3);
    outer->addStretch(1);
    outer->addWidget(content, 1000); // as wide as it may be
    outer->addStretch(1);
}

QWidget* StartPage::makeChoice(QAction* action, const QString& iconName)
{
    auto* button = new QToolButton(m_choices);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIcon(icon(iconName));
    button->setIconSize({30, 30});
    button->setText(action->text().remove(QLatin1Char('&')).remove(QStringLiteral("...")));
    button->setToolTip(action->statusTip());
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(96);
    button->setProperty("choice", true);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

void StartPage::setWaiting(const QString& text)
{
    m_waiting->setText(text);
    m_waiting->setVisible(!text.isEmpty());
    m_choices->setVisible(text.isEmpty());
    m_recentBox->setVisible(text.isEmpty());
}

void StartPage::setRecent(const QList<RecentProject>& projects)
{
    qDeleteAll(m_recentBox->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    if (projects.isEmpty())
        return;
    auto* heading = new QLabel(tr("Recent projects"), m_recentBox);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    m_recent->addWidget(heading);
    for (const RecentProject& project : projects) {
        auto* line = new QWidget(m_recentBox);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        const QString text =
            tr("%1   %2 % decided   %3").arg(project.title).arg(project.percentDone).arg(project.address.workspacePath);
        auto* open = new QPushButton(
            text.toHtmlEscaped() == text ? text : QString(text).replace(QLatin1Char('&'), QLatin1String("&&")), line);
        open->setProperty("line", true);
        open->setMinimumWidth(1); // long paths are cut off rather than widening the window
        open->setToolTip(project.address.workspacePath.toHtmlEscaped());
        connect(open, &QPushButton::clicked, this, [this, project] { Q_EMIT recentChosen(project); });
        auto* remove = new QToolButton(line);
        remove->setIcon(icon(QStringLiteral("close")));
        remove->setToolTip(tr("Remove from this list"));
        remove->setAccessibleName(tr("Remove from this list"));
        connect(remove, &QToolButton::clicked, this, [this, project] { Q_EMIT recentRemoved(project); });
        layout->addWidget(open, 1);
        layout->addWidget(remove);
        m_recent->addWidget(line);
    }
}

} // namespace ps
