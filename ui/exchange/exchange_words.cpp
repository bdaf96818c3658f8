// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_words.h"

#include "core/integrity/finding.h"
#include "ui/common/error_text.h"
#include "ui/inspect/findings_model.h"
#include "ui/models/chart_content.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

namespace ps {

namespace {

struct Text { // a class, so that the texts are collected for the translators
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

using Word = std::pair<std::string_view, const char*>;

/// The translation of a word of the core; a word that is not in the table stays as it is.
template <std::size_t Count>
QString wordText(const std::array<Word, Count>& words, std::string_view word)
{
    const auto found = std::ranges::find(words, word, &Word::first);
    return found == words.end() ? fromCore(word) : QCoreApplication::translate("Exchange", found->second);
}

} // namespace

FormatWords formatWords(ExportFormat format)
{
    switch (format) {
    case ExportFormat::V3:
        return {Text::tr("Decision database (v3)"),
                Text::tr("The rows of the query, in a database of their own, for the scripts.")};
    case ExportFormat::Jsonl:
        return {Text::tr("JSON Lines"), Text::tr("One row a line, in files of bounded size; any language reads it.")};
    case ExportFormat::Preferences:
        return {Text::tr("Preferences"),
                Text::tr("Chosen, rejected and tied pairs for rankers and preference training.")};
    case ExportFormat::Crops:
        return {Text::tr("Crop samples"), Text::tr("Box and size of each crop, for training a crop proposer.")};
    case ExportFormat::Yolo:
        return {Text::tr("YOLO detection"), Text::tr("Images with label files; Ultralytics opens data.yaml.")};
    case ExportFormat::YoloClassification:
        return {Text::tr("YOLO classification"),
                Text::tr("One folder a class: approve, crop, reject. Ultralytics and torchvision open it.")};
    case ExportFormat::Coco:
        return {Text::tr("COCO"), Text::tr("Images and one JSON a side; pycocotools and torchvision open it.")};
    case ExportFormat::Voc:
        return {Text::tr("Pascal VOC"), Text::tr("Images, one XML each and lists of the sides; torchvision opens it.")};
    case ExportFormat::Cvat:
        return {Text::tr("CVAT for images"), Text::tr("Images and one XML; CVAT imports it to go on labelling.")};
    case ExportFormat::ImageFolder:
        return {Text::tr("Hugging Face image folder"),
                Text::tr("Images with metadata.jsonl and a card; load_dataset(\"imagefolder\") opens it.")};
    case ExportFormat::WebDataset:
        return {Text::tr("WebDataset"), Text::tr("Shards of tar for streaming; webdataset and datasets open it.")};
    case ExportFormat::Csv: return {Text::tr("CSV"), Text::tr("One row a line for spreadsheets and pandas.")};
    case ExportFormat::Delivery:
        return {Text::tr("Delivery"), Text::tr("Finished files with their companions, for handing over.")};
    }
    return {};
}

QString importFormatText(ImportFormat format)
{
    switch (format) {
    case ImportFormat::DecisionLog: return Text::tr("Decision log (CSV of the scripts)");
    case ImportFormat::DecisionDatabase: return Text::tr("Decision database");
    case ImportFormat::Yolo: return Text::tr("YOLO detection");
    case ImportFormat::YoloClassification: return Text::tr("YOLO classification");
    case ImportFormat::Coco: return Text::tr("COCO");
    case ImportFormat::Voc: return Text::tr("Pascal VOC");
    case ImportFormat::Cvat: return Text::tr("CVAT for images");
    case ImportFormat::LabelMe: return Text::tr("labelme");
    case ImportFormat::ImageFolder: return Text::tr("Hugging Face image folder");
    case ImportFormat::WebDataset: return Text::tr("WebDataset");
    case ImportFormat::Jsonl: return Text::tr("JSON Lines");
    case ImportFormat::Csv: return Text::tr("CSV with a column map");
    case ImportFormat::ClassFolders: return Text::tr("Folders of classes");
    }
    return {};
}

QString sideText(ReleaseSide side)
{
    return sideText(sideName(side));
}

QString sideText(std::string_view name)
{
    static constexpr std::array<Word, 3> words{{{"train", QT_TRANSLATE_NOOP("Exchange", "Train")},
                                                {"val", QT_TRANSLATE_NOOP("Exchange", "Validation")},
                                                {"test", QT_TRANSLATE_NOOP("Exchange", "Test")}}};
    return wordText(words, name);
}

QString ruleText(CheckRule rule)
{
    switch (rule) {
    case CheckRule::Block: return Text::tr("Block");
    case CheckRule::Warn: return Text::tr("Warn");
    case CheckRule::Allow: return Text::tr("Allow");
    }
    return {};
}

QString outcomeText(ImportOutcome outcome)
{
    switch (outcome) {
    case ImportOutcome::Added: return Text::tr("Added");
    case ImportOutcome::Filled: return Text::tr("Filled in");
    case ImportOutcome::Corrected: return Text::tr("Corrected");
    case ImportOutcome::Skipped: return Text::tr("Skipped");
    case ImportOutcome::Conflict: return Text::tr("Conflict");
    case ImportOutcome::Quarantined: return Text::tr("Quarantined");
    }
    return {};
}

QString classText(std::string_view name)
{
    static constexpr std::array<Word, 3> words{{{"approve", QT_TRANSLATE_NOOP("Exchange", "Kept")},
                                                {"crop", QT_TRANSLATE_NOOP("Exchange", "Cropped")},
                                                {"reject", QT_TRANSLATE_NOOP("Exchange", "Rejected")}}};
    return wordText(words, name);
}

QString exclusionText(std::string_view reason)
{
    static constexpr std::array<Word, 15> words{
        {{"undecided", QT_TRANSLATE_NOOP("Exchange", "Undecided")},
         {"skipped", QT_TRANSLATE_NOOP("Exchange", "Skipped for later")},
         {"tie", QT_TRANSLATE_NOOP("Exchange", "Tie")},
         {"cannot judge", QT_TRANSLATE_NOOP("Exchange", "Cannot judge")},
         {"rejected", QT_TRANSLATE_NOOP("Exchange", "Rejected: the format has no place for them")},
         {"no choice", QT_TRANSLATE_NOOP("Exchange", "No choice: fewer than two images")},
         {"crop later", QT_TRANSLATE_NOOP("Exchange", "The crop is still open")},
         {"no crop", QT_TRANSLATE_NOOP("Exchange", "Kept whole, without a crop")},
         {"placeholder crop", QT_TRANSLATE_NOOP("Exchange", "The crop is only a placeholder")},
         {"invalid row", QT_TRANSLATE_NOOP("Exchange", "The row makes no sense")},
         {"group id twice", QT_TRANSLATE_NOOP("Exchange", "The same group id a second time")},
         {"images not known", QT_TRANSLATE_NOOP("Exchange", "Its images are not known")},
         {"file missing", QT_TRANSLATE_NOOP("Exchange", "The file is missing")},
         {"file changed", QT_TRANSLATE_NOOP("Exchange", "The file has changed since the decision")},
         {"unreadable image", QT_TRANSLATE_NOOP("Exchange", "The image cannot be read")}}};
    return wordText(words, reason);
}

QString exchangeCheckText(std::string_view check)
{
    const auto& all = allChecks();
    return std::ranges::find(all, check, &CheckInfo::id) == all.end() ? fromCore(check) : checkText(check);
}

QString phaseText(std::string_view phase)
{
    static constexpr std::array<Word, 5> words{{{"select", QT_TRANSLATE_NOOP("Exchange", "Choosing the groups")},
                                                {"hash", QT_TRANSLATE_NOOP("Exchange", "Reading the images")},
                                                {"split", QT_TRANSLATE_NOOP("Exchange", "Splitting")},
                                                {"write", QT_TRANSLATE_NOOP("Exchange", "Writing")},
                                                {"verify", QT_TRANSLATE_NOOP("Exchange", "Reading it back")}}};
    return wordText(words, phase);
}

QString changeKindText(std::string_view kind)
{
    static constexpr std::array<Word, 5> words{{{"added", QT_TRANSLATE_NOOP("Exchange", "Added")},
                                                {"removed", QT_TRANSLATE_NOOP("Exchange", "Removed")},
                                                {"re-decided", QT_TRANSLATE_NOOP("Exchange", "Decided otherwise")},
                                                {"re-cropped", QT_TRANSLATE_NOOP("Exchange", "Cropped otherwise")},
                                                {"moved", QT_TRANSLATE_NOOP("Exchange", "Moved to another side")}}};
    return wordText(words, kind);
}

QString linkText(LinkKind kind)
{
    switch (kind) {
    case LinkKind::Group: return Text::tr("same group");
    case LinkKind::Content: return Text::tr("same bytes");
    case LinkKind::NearDuplicate: return Text::tr("looks alike");
    case LinkKind::Companion: return Text::tr("same companion");
    case LinkKind::Source: return Text::tr("same source");
    }
    return {};
}

QString reconciliationText(std::int64_t inView, std::int64_t exported, std::int64_t excluded)
{
    return Text::tr("%1 in view = %2 exported + %3 left out")
        .arg(countText(inView), countText(exported), countText(excluded));
}

QString leakText(const SplitLeak& leak)
{
    QStringList lines{Text::tr("%1 (published as %2)").arg(fromCore(leak.firstName), sideText(leak.firstSide))};
    for (std::size_t i = 0; i < leak.chain.size(); ++i) {
        const ChainLink& link = leak.chain[i];
        const bool isLast = i + 1 == leak.chain.size();
        const QString name = fromCore(link.toName);
        lines.append(QStringLiteral("    ↓ %1").arg(linkText(link.kind)));
        lines.append(isLast ? Text::tr("%1 (published as %2)").arg(name, sideText(leak.secondSide)) : name);
    }
    return lines.join(QLatin1Char('\n'));
}

QString bytesText(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString dateText(std::string_view timestamp)
{
    const QDateTime time = QDateTime::fromString(fromCore(timestamp), Qt::ISODate);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : fromCore(timestamp);
}

} // namespace ps
