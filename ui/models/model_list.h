// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/models_backend.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <memory>

namespace ps {

/// How a model stands for the project at hand.
enum class ModelState { Active, Proposed, NotProposed, Imported };

ModelState modelStateOf(const ModelListing& listing, const ModelRecord& record);
/// "Active", "Proposed", "Not proposed", "Imported".
QString modelStateText(ModelState state);
/// "Pick", "Crop".
QString taskText(SuggestionTask task);
/// The best of what needs no model, or null.
const Score* bestBaseline(const ModelRecord& record);

/// The models of the workspace as a list of lines.
class ModelListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { RecordRole = Qt::UserRole, StateRole };

    using QAbstractListModel::QAbstractListModel;

    void setListing(std::shared_ptr<const ModelListing> listing);
    const ModelRecord* recordAt(const QModelIndex& index) const;
    QModelIndex indexOf(const QString& id) const;

    int rowCount(const QModelIndex& parent) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString describe(const ModelRecord& record) const;

    std::shared_ptr<const ModelListing> m_listing;
};

/// Paints a model: its name and state, what it is, and its accuracy with the interval above the best baseline.
class ModelDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ModelDelegate(const ModelListModel& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model), m_theme(theme)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintState(QPainter& painter, const QRectF& line, ModelState state) const;
    void paintScore(QPainter& painter, const QRectF& rect, const ModelRecord& record) const;

    const ModelListModel& m_model;
    const Theme& m_theme;
};

} // namespace ps
