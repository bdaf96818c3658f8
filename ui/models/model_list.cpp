// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_list.h"

#include "ui/common/error_text.h"
#include "ui/models/report_charts.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <span>

namespace ps {

namespace {

constexpr int kPadding = 12;
constexpr qreal kTrackHeight = 6;

QString shortDate(const std::string& timestamp)
{
    const QDateTime time = QDateTime::fromString(fromCore(timestamp), Qt::ISODate);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : fromCore(timestamp);
}

} // namespace

const ModelRecord* ModelListing::find(std::string_view id) const
{
    const auto found = std::ranges::find(records, id, &ModelRecord::id);
    return found == records.end() ? nullptr : &*found;
}

bool ModelListing::isActive(const ModelRecord& record) const
{
    return activeIds[static_cast<std::size_t>(record.task)] == record.id;
}

ModelState modelStateOf(const ModelListing& listing, const ModelRecord& record)
{
    if (listing.isActive(record))
        return ModelState::Active;
    if (!record.report)
        return ModelState::Imported;
    return record.isProposed ? ModelState::Proposed : ModelState::NotProposed;
}

QString modelStateText(ModelState state)
{
    switch (state) {
    case ModelState::Active: return ModelListModel::tr("Active");
    case ModelState::Proposed: return ModelListModel::tr("Proposed");
    case ModelState::NotProposed: return ModelListModel::tr("Not proposed");
    case ModelState::Imported: return ModelListModel::tr("Imported");
    }
    return {};
}

QString taskText(SuggestionTask task)
{
    return task == SuggestionTask::Pick ? ModelListModel::tr("Pick") : ModelListModel::tr("Crop");
}

const Score* bestBaseline(const ModelRecord& record)
{
    const Score* best = nullptr;
    for (const Score& baseline :
         record.report ? std::span<const Score>(record.report->baselines) : std::span<const Score>()) {
        if (needsNoModel(baseline) && (!best || baseline.value > best->value))
            best = &baseline;
    }
    return best;
}

// ---- the model -----------------------------------------------------------------------------------------------------

void ModelListModel::setListing(std::shared_ptr<const ModelListing> listing)
{
    beginResetModel();
    m_listing = std::move(listing);
    endResetModel();
}

const ModelRecord* ModelListModel::recordAt(const QModelIndex& index) const
{
    if (!m_listing || !index.isValid() || index.row() >= rowCount({}))
        return nullptr;
    return &m_listing->records[static_cast<std::size_t>(index.row())];
}

QModelIndex ModelListModel::indexOf(const QString& id) const
{
    for (int row = 0; row < rowCount({}); ++row) {
        if (fromCore(recordAt(index(row, 0))->id) == id)
            return index(row, 0);
    }
    return {};
}

int ModelListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_listing ? 0 : static_cast<int>(m_listing->records.size());
}

QString ModelListModel::describe(const ModelRecord& record) const
{
    QStringList lines{
        QStringLiteral("%1: %2").arg(fromCore(record.id), modelStateText(modelStateOf(*m_listing, record))),
        QStringLiteral("%1, %2").arg(taskText(record.task), shortDate(record.createdAt))};
    if (record.report) {
        lines.append(scoreText(record.report->model, record.report->kind));
        if (const Score* const baseline = bestBaseline(record))
            lines.append(QStringLiteral("%1: %2").arg(baselineName(baseline->name), percentText(baseline->value, 1)));
        lines.append(verdictText(*record.report));
    } else {
        lines.append(tr("It brings no report: its accuracy on these decisions is not known."));
    }
    return lines.join(QLatin1Char('\n'));
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const
{
    const ModelRecord* const record = recordAt(index);
    if (!record)
        return {};
    switch (role) {
    case Qt::DisplayRole: return fromCore(record->id);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return describe(*record);
    case StateRole: return static_cast<int>(modelStateOf(*m_listing, *record));
    default: return {};
    }
}

// ---- painting ------------------------------------------------------------------------------------------------------

QSize ModelDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int line = option.fontMetrics.height();
    return {240, 3 * line + qRound(kTrackHeight) + 2 * 10 + 14};
}

void ModelDelegate::paintState(QPainter& painter, const QRectF& line, ModelState state) const
{
    const ThemeColors& colors = m_theme.colors();
    const QColor color = state == ModelState::Active        ? colors.accent
                         : state == ModelState::NotProposed ? colors.attention
                         : state == ModelState::Proposed    ? colors.text
                                                            : colors.mutedText;
    const QString text = modelStateText(state);
    const qreal width = painter.fontMetrics().horizontalAdvance(text);
    painter.setPen(color);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, text);
    const qreal size = 9;
    const QRectF shape(line.right() - width - 6 - size, line.center().y() - size / 2 + 0.5, size, size);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(state == ModelState::Active ? QBrush(color) : QBrush(Qt::NoBrush));
    if (state == ModelState::NotProposed)
        painter.drawPolygon(QPolygonF{{shape.center().x(), shape.top()}, shape.bottomRight(), shape.bottomLeft()});
    else if (state == ModelState::Imported)
        painter.drawRect(shape.adjusted(0.5, 0.5, -0.5, -0.5));
    else
        painter.drawEllipse(shape);
}

void ModelDelegate::paintScore(QPainter& painter, const QRectF& rect, const ModelRecord& record) const
{
    const ThemeColors& colors = m_theme.colors();
    const Score& score = record.report->model;
    const Score* const baseline = bestBaseline(record);
    const QFontMetricsF metrics(painter.font());
    const QRectF words(rect.left(), rect.top(), rect.width(), metrics.height());
    const QString value = percentText(score.value, 1);
    painter.setPen(colors.text);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, value);
    if (baseline) {
        const QString beside = QStringLiteral("%1 %2").arg(baselineName(baseline->name),
                                                           percentText(baseline->value, 1));
        painter.setPen(colors.mutedText);
        const qreal room = words.width() - metrics.horizontalAdvance(value) - 12;
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(beside, Qt::ElideRight, room));
    }
    const QRectF track(rect.left(), words.bottom() + 5, rect.width(), kTrackHeight);
    const auto at = [&track](double share) { return track.left() + share * track.width(); };
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.line);
    painter.drawRoundedRect(track.adjusted(0, 2, 0, -2), 1, 1);
    QColor interval = colors.accent;
    interval.setAlphaF(0.45F);
    painter.setBrush(interval);
    painter.drawRoundedRect(
        QRectF(QPointF(at(score.interval[0]), track.top() + 1), QPointF(at(score.interval[1]), track.bottom() - 1)), 2,
        2);
    painter.setBrush(colors.accent);
    painter.drawEllipse(QPointF(at(score.value), track.center().y()), 4, 4);
    if (baseline) {
        painter.setBrush(colors.attention);
        painter.drawRect(QRectF(at(baseline->value) - 1, track.top() - 2, 2, track.height() + 4));
    }
}

void ModelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ModelRecord* const record = m_model.recordAt(index);
    if (!record)
        return;
    const ThemeColors& colors = m_theme.colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(option.rect).adjusted(4, 3, -4, -3);
    const bool isSelected = option.state & QStyle::State_Selected;
    if (isSelected || option.state & QStyle::State_MouseOver) {
        const bool hasFocus = isSelected && option.state & QStyle::State_HasFocus;
        painter->setPen(QPen(hasFocus ? colors.accent : isSelected ? colors.line : colors.hover, 1));
        painter->setBrush(colors.hover);
        painter->drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
    const QRectF inner = card.adjusted(kPadding - 4, 7, -(kPadding - 4), -7);
    const QFont normal = option.font;
    const QFontMetricsF metrics(normal);
    const qreal line = metrics.height();
    painter->setFont(normal);
    const auto state = static_cast<ModelState>(index.data(ModelListModel::StateRole).toInt());
    const QRectF head(inner.left(), inner.top(), inner.width(), line);
    paintState(*painter, head, state);
    QFont strong = normal;
    strong.setWeight(QFont::DemiBold);
    painter->setFont(strong);
    painter->setPen(colors.text);
    const qreal stateWidth = metrics.horizontalAdvance(modelStateText(state)) + 28;
    painter->drawText(
        head, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(strong).elidedText(fromCore(record->id), Qt::ElideMiddle, head.width() - stateWidth));
    QFont small = normal;
    small.setPointSizeF(small.pointSizeF() * 0.92);
    painter->setFont(small);
    painter->setPen(colors.mutedText);
    painter->drawText(QRectF(inner.left(), head.bottom() + 1, inner.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      QStringLiteral("%1 · %2").arg(taskText(record->task), shortDate(record->createdAt)));
    const QRectF rest(inner.left(), head.bottom() + line + 3, inner.width(), inner.bottom() - head.bottom() - line - 3);
    if (record->report)
        paintScore(*painter, rest, *record);
    else
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignTop, tr("Accuracy here not known"));
    painter->restore();
}

} // namespace ps
