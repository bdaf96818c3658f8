// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/rules_table.h"

#include "ui/common/error_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kHeight = 170;

} // namespace

RulesTable::RulesTable(QWidget* parent) : QWidget(parent), m_table(new QTableWidget(0, ColumnCount, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_table->setHorizontalHeaderLabels({tr("Name in path"), tr("From"), tr("To"), tr("Project")});
    m_table->setAccessibleName(tr("Project rules"));
    m_table->setToolTip(tr("A row of a log that names no project gets it from a name in its path, else from its day "
                           "(2025-10-01)."));
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setFixedHeight(kHeight);
    auto* row = new QHBoxLayout;
    auto* add = new QPushButton(tr("Add a rule"), this);
    auto* remove = new QPushButton(tr("Remove"), this);
    remove->setToolTip(tr("Remove the chosen rules."));
    row->addWidget(add);
    row->addWidget(remove);
    row->addStretch(1);
    layout->addWidget(m_table);
    layout->addLayout(row);
    connect(m_table, &QTableWidget::itemChanged, this, [this] { m_isChanged = true; });
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({}, {}, {}, {});
        m_table->setCurrentCell(m_table->rowCount() - 1, NameColumn);
        m_table->editItem(m_table->currentItem());
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        for (int at = m_table->rowCount() - 1; at >= 0; --at) {
            if (m_table->selectionModel()->isRowSelected(at, {}))
                m_table->removeRow(at);
        }
        m_isChanged = true;
    });
}

void RulesTable::addRow(const QString& name, const QString& from, const QString& to, const QString& project)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QString texts[] = {name, from, to, project};
    for (int column = 0; column < ColumnCount; ++column)
        m_table->setItem(row, column, new QTableWidgetItem(texts[column]));
}

void RulesTable::setRules(const Json& rules)
{
    const QSignalBlocker quiet(m_table);
    m_known = rules;
    m_table->setRowCount(0);
    for (const auto& [name, project] : rules["names"].members())
        addRow(fromCore(name), {}, {}, fromCore(project.toString()));
    for (const Json& days : rules["days"].items())
        addRow({}, fromCore(days["from"].toString()), fromCore(days["to"].toString()),
               fromCore(days["project"].toString()));
    m_isChanged = false;
}

QString RulesTable::text(int row, int column) const
{
    const QTableWidgetItem* const item = m_table->item(row, column);
    return item ? item->text().trimmed() : QString();
}

Json RulesTable::rules() const
{
    if (!m_isChanged)
        return {};
    Json names{Json::Object()};
    Json days{Json::Array()};
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QString project = text(row, ProjectColumn);
        if (project.isEmpty())
            continue;
        if (const QString name = text(row, NameColumn); !name.isEmpty())
            names.set(name.toLower().toStdString(), project.toStdString());
        else
            days.append(Json::object({{"from", text(row, FromColumn).toStdString()},
                                      {"to", text(row, ToColumn).toStdString()},
                                      {"project", project.toStdString()}}));
    }
    Json rules = m_known;
    rules.set("names", std::move(names));
    rules.set("days", std::move(days));
    return rules;
}

} // namespace ps
