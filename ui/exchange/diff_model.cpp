// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/diff_model.h"

#include "ui/common/error_text.h"
#include "ui/exchange/exchange_words.h"
#include "ui/models/chart_content.h"

#include <QLocale>

#include <algorithm>
#include <span>

namespace ps {

namespace {

/// Decisions and sides as words; anything else stays as it is.
QString valueText(const std::string& kind, const std::string& value)
{
    if (kind == "moved")
        return value.empty() ? QStringLiteral("–") : sideText(value);
    if (value.empty())
        return {};
    // "approve 1": the decision and the position of the chosen image.
    const std::size_t blank = value.find(' ');
    bool hasPlace = false;
    const int place = blank == std::string::npos ? 0 : QString::fromStdString(value.substr(blank + 1)).toInt(&hasPlace);
    if (!hasPlace)
        return classText(value);
    return DiffModel::tr("%1, image %2").arg(classText(value.substr(0, blank))).arg(place + 1);
}

QString iouText(const ReleaseDiff::Change& change)
{
    return change.iou ? QLocale().toString(*change.iou, 'f', 3) : QString();
}

QString cell(const QString& text)
{
    return QStringLiteral("<td>%1</td>").arg(text.toHtmlEscaped());
}

QString pictureCell(const QByteArray& png, const QString& name)
{
    if (png.isEmpty())
        return QStringLiteral("<td></td>");
    return QStringLiteral("<td><img alt=\"%1\" src=\"data:image/png;base64,%2\"></td>")
        .arg(name.toHtmlEscaped(), QString::fromLatin1(png.toBase64()));
}

constexpr std::size_t kMostRows = 5000;

constexpr const char* kStyle = R"(
:root { color-scheme: light dark; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35em .7em; border-bottom: 1px solid #8886; vertical-align: middle; overflow-wrap: anywhere; }
img { max-width: 128px; max-height: 96px; display: block; }
)";

} // namespace

void DiffModel::show(std::shared_ptr<const ComparedReleases> releases, const std::string& kind)
{
    beginResetModel();
    m_releases = std::move(releases);
    m_rows.clear();
    if (m_releases) {
        const auto& changes = m_releases->diff.changes;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            if (kind.empty() || changes[i].kind == kind)
                m_rows.push_back(i);
        }
    }
    endResetModel();
}

const ReleaseDiff::Change* DiffModel::changeAt(const QModelIndex& index) const
{
    if (!m_releases || !index.isValid() || index.row() >= rowCount())
        return nullptr;
    return &m_releases->diff.changes[m_rows[static_cast<std::size_t>(index.row())]];
}

int DiffModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DiffModel::data(const QModelIndex& index, int role) const
{
    const ReleaseDiff::Change* const change = changeAt(index);
    if (!change)
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == IouColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && index.column() == PictureColumn)
        return fromCore(change->name);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case KindColumn: return changeKindText(change->kind);
    case NameColumn: return fromCore(change->name);
    case BeforeColumn: return valueText(change->kind, change->before);
    case AfterColumn: return valueText(change->kind, change->after);
    case IouColumn: return iouText(*change);
    default: return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn: return tr("Change");
    case NameColumn: return tr("Image");
    case BeforeColumn: return tr("Before");
    case AfterColumn: return tr("After");
    case IouColumn: return tr("IoU");
    default: return {};
    }
}

QString diffPageHtml(const ReleaseDiff& diff, const std::function<QByteArray(const ReleaseDiff::Change&)>& picture)
{
    const QString title = DiffModel::tr("From %1 to %2").arg(fromCore(diff.first), fromCore(diff.second));
    QString page = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\"><title>%2</title>"
                                  "<style>%3</style></head><body>\n<h1>%2</h1>\n<ul>\n")
                       .arg(QLocale().bcp47Name(), title.toHtmlEscaped(), QString::fromLatin1(kStyle));
    for (const auto& [kind, count] : diff.counts)
        page += QStringLiteral("<li>%1: %2</li>\n").arg(changeKindText(kind).toHtmlEscaped(), countText(count));
    page += QStringLiteral("<li>%1: %2</li>\n</ul>\n<table><thead><tr><th></th>")
                .arg(DiffModel::tr("Unchanged"), countText(diff.unchanged));
    for (const QString& head : {DiffModel::tr("Change"), DiffModel::tr("Image"), DiffModel::tr("Before"),
                                DiffModel::tr("After"), DiffModel::tr("IoU")})
        page += QStringLiteral("<th>%1</th>").arg(head);
    page += QStringLiteral("</tr></thead><tbody>\n");
    for (const ReleaseDiff::Change& change : std::span(diff.changes).first(std::min(diff.changes.size(), kMostRows))) {
        const QString name = fromCore(change.name);
        page += QStringLiteral("<tr>") + pictureCell(picture(change), name) + cell(changeKindText(change.kind)) +
                cell(name) + cell(valueText(change.kind, change.before)) + cell(valueText(change.kind, change.after)) +
                cell(iouText(change)) + QStringLiteral("</tr>\n");
    }
    page += QStringLiteral("</tbody></table>\n");
    if (diff.changes.size() > kMostRows)
        page += QStringLiteral("<p>%1</p>\n")
                    .arg(DiffModel::tr("The first %1 changes; all of them are in the JSON.")
                             .arg(countText(static_cast<std::int64_t>(kMostRows))));
    return page + QStringLiteral("\n</body></html>\n");
}

} // namespace ps
