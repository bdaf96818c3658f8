// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/print_report.h"

#include "core/base/files.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

#include <memory>

namespace ps {

namespace {

constexpr std::size_t kMaxPageBytes = 64U << 20;
constexpr int kResolutionDpi = 300;
constexpr double kMarginMm = 14;

/// A document that loads nothing from anywhere.
class ClosedDocument : public QTextDocument
{
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

QByteArray pdfOf(const QString& html)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
    writer.setResolution(kResolutionDpi);
    writer.setTitle(QStringLiteral("Proofsheet"));
    ClosedDocument document;
    document.documentLayout()->setPaintDevice(&writer);
    document.setHtml(html);
    const QSizeF page(writer.width(), writer.height());
    document.setPageSize(page);
    {
        QPainter painter(&writer);
        for (int i = 0; i < document.pageCount(); ++i) {
            if (i > 0)
                writer.newPage();
            painter.save();
            painter.translate(0, -i * page.height());
            document.drawContents(&painter, QRectF(0, i * page.height(), page.width(), page.height()));
            painter.restore();
            painter.drawText(QRectF(0, 0, page.width(), page.height()), Qt::AlignRight | Qt::AlignBottom,
                             QStringLiteral("%1 / %2").arg(i + 1).arg(document.pageCount()));
        }
    }
    return bytes;
}

} // namespace

Result<void> printReport(const std::string& htmlPath, const std::string& pdfPath)
{
    const std::string folderPath(parentPath(htmlPath));
    PS_TRY(const UniqueFd folder, openFolder(folderPath.empty() ? std::string(".") : folderPath));
    PS_TRY(const std::string html, readFileBeneath(folder.get(), fileName(htmlPath), kMaxPageBytes));
    const QByteArray pdf = pdfOf(QString::fromUtf8(html.data(), static_cast<qsizetype>(html.size())));
    return writeFileDurably(pdfPath, pdf.toStdString(), Replace::Atomic);
}

} // namespace ps
