// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/foreign_reader.h"

#include "core/exchange/dataset_readers.h"
#include "core/exchange/dataset_root.h"

namespace ps {

Result<void> readDataset(int folderFd, ImportFormat format, const Json& columnMap, const ImportTaker& taker,
                         std::stop_token stop)
{
    if (format == ImportFormat::DecisionLog || format == ImportFormat::DecisionDatabase)
        return Error{ErrorCode::Unsupported, "decision logs and databases are no datasets", {}, 0};
    PS_TRY(RecognisedDataset found, recogniseWithRoot(folderFd));
    const std::string root = found.format == format ? found.root : std::string();
    PS_TRY(const auto scope, DatasetScope::open(folderFd, root, taker, std::move(stop)));
    switch (format) {
    case ImportFormat::Yolo: return readYolo(*scope);
    case ImportFormat::YoloClassification:
    case ImportFormat::ClassFolders: return readClassFolders(*scope);
    case ImportFormat::Coco: return readCoco(*scope);
    case ImportFormat::Voc: return readVoc(*scope);
    case ImportFormat::Cvat: return readCvat(*scope);
    case ImportFormat::LabelMe: return readLabelMe(*scope);
    case ImportFormat::ImageFolder: return readImageFolder(*scope);
    case ImportFormat::WebDataset: return readWebDataset(*scope);
    case ImportFormat::Jsonl: return readJsonLines(*scope);
    case ImportFormat::Csv: return readCsvItems(*scope, columnMap);
    case ImportFormat::DecisionLog:
    case ImportFormat::DecisionDatabase: break;
    }
    return Error{ErrorCode::Internal, "a format without a reader", {}, 0};
}

} // namespace ps
