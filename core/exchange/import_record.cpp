// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_record.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::array<ImportFormatInfo, 13> kFormats{{
    {ImportFormat::DecisionLog, "decision-log", false},
    {ImportFormat::DecisionDatabase, "decision-database", false},
    {ImportFormat::Yolo, "yolo", true},
    {ImportFormat::YoloClassification, "yolo-cls", true},
    {ImportFormat::Coco, "coco", true},
    {ImportFormat::Voc, "voc", true},
    {ImportFormat::Cvat, "cvat", true},
    {ImportFormat::LabelMe, "labelme", true},
    {ImportFormat::ImageFolder, "imagefolder", true},
    {ImportFormat::WebDataset, "webdataset", true},
    {ImportFormat::Jsonl, "jsonl", false},
    {ImportFormat::Csv, "csv", false},
    {ImportFormat::ClassFolders, "classes", true},
}};

} // namespace

std::span<const ImportFormatInfo> allImportFormats()
{
    return kFormats;
}

Result<ImportFormat> parseImportFormat(std::string_view name)
{
    const auto* const found = std::ranges::find(kFormats, name, &ImportFormatInfo::name);
    if (found != kFormats.end())
        return found->format;
    std::string known;
    for (const ImportFormatInfo& info : kFormats)
        known += (known.empty() ? "" : ", ") + std::string(info.name);
    return Error{ErrorCode::InvalidInput, "there is no such import format; known are " + known, std::string(name), 0};
}

} // namespace ps
