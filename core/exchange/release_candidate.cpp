// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_candidate.h"

#include <algorithm>

namespace ps {

namespace {

enum CellKind : std::uint64_t { NullCell, IntegerCell, RealCell, TextCell, BlobCell };

void putCell(RecordWriter& out, const SqlValue& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        out.number(IntegerCell).signedNumber(*integer);
    else if (const auto* real = std::get_if<double>(&value))
        out.number(RealCell).real(*real);
    else if (const auto* text = std::get_if<std::string>(&value))
        out.number(TextCell).text(*text);
    else if (const auto* blob = std::get_if<SqlBlob>(&value))
        out.number(BlobCell).text(blob->bytes);
    else
        out.number(NullCell);
}

SqlValue takeCell(RecordReader& in)
{
    switch (in.number()) {
    case IntegerCell: return in.signedNumber();
    case RealCell: return in.real();
    case TextCell: return std::string(in.text());
    case BlobCell: return SqlBlob{std::string(in.text())};
    default: return {};
    }
}

void putImage(RecordWriter& out, const ReleaseCandidateImage& image)
{
    out.signedNumber(image.slot).number(static_cast<std::uint64_t>(image.role)).text(image.sourceName);
    out.number(static_cast<std::uint64_t>(image.isKnown) | static_cast<std::uint64_t>(image.isMissing) << 1U |
               static_cast<std::uint64_t>(image.crop.has_value()) << 2U |
               static_cast<std::uint64_t>(image.perceptualHash.has_value()) << 3U);
    if (image.isKnown) {
        out.text(image.path).text(image.currentPath == image.path ? std::string_view() : image.currentPath);
        out.number(image.identity.device).number(image.identity.inode);
        out.signedNumber(image.identity.sizeBytes).signedNumber(image.identity.modifiedNs);
    }
    if (image.crop)
        out.real(image.crop->x1).real(image.crop->y1).real(image.crop->x2).real(image.crop->y2);
    if (image.perceptualHash)
        out.number(*image.perceptualHash);
    out.number(image.boxes.size());
    for (const ReleaseBox& box : image.boxes)
        out.text(box.className).real(box.box.x1).real(box.box.y1).real(box.box.x2).real(box.box.y2);
    out.number(image.classes.size());
    for (const std::string& name : image.classes)
        out.text(name);
    out.text(image.sha256).number(static_cast<std::uint64_t>(image.format));
    out.signedNumber(image.size.width).signedNumber(image.size.height).signedNumber(image.orientation);
}

ReleaseCandidateImage takeImage(RecordReader& in)
{
    ReleaseCandidateImage image;
    image.slot = static_cast<int>(in.signedNumber());
    image.role = static_cast<ImageRole>(in.number());
    image.sourceName = in.text();
    const std::uint64_t flags = in.number();
    image.isKnown = (flags & 1U) != 0;
    image.isMissing = (flags & 2U) != 0;
    if (image.isKnown) {
        image.path = in.text();
        const std::string_view current = in.text();
        image.currentPath = current.empty() ? image.path : std::string(current);
        image.identity.device = in.number();
        image.identity.inode = in.number();
        image.identity.sizeBytes = in.signedNumber();
        image.identity.modifiedNs = in.signedNumber();
    }
    if ((flags & 4U) != 0) {
        Crop crop;
        for (double* value : {&crop.x1, &crop.y1, &crop.x2, &crop.y2})
            *value = in.real();
        image.crop = crop;
    }
    if ((flags & 8U) != 0)
        image.perceptualHash = in.number();
    for (std::uint64_t count = in.number(); count > 0; --count) {
        ReleaseBox& box = image.boxes.emplace_back();
        box.className = in.text();
        for (double* value : {&box.box.x1, &box.box.y1, &box.box.x2, &box.box.y2})
            *value = in.real();
    }
    for (std::uint64_t count = in.number(); count > 0; --count)
        image.classes.emplace_back(in.text());
    image.sha256 = in.text();
    image.format = static_cast<ImageFormat>(in.number());
    image.size.width = static_cast<int>(in.signedNumber());
    image.size.height = static_cast<int>(in.signedNumber());
    image.orientation = static_cast<int>(in.signedNumber());
    return image;
}

} // namespace

std::string candidateBytes(const ReleaseCandidate& candidate)
{
    RecordWriter out;
    out.text(candidate.groupKey).text(candidate.groupId).text(candidate.projectId);
    out.number(static_cast<std::uint64_t>(candidate.action)).signedNumber(candidate.selectedIndex);
    out.number(static_cast<std::uint64_t>(candidate.provenance));
    out.number(candidate.row.cells().size());
    for (const auto& [name, value] : candidate.row.cells())
        putCell(out, value);
    out.number(candidate.images.size());
    for (const ReleaseCandidateImage& image : candidate.images)
        putImage(out, image);
    out.number(candidate.relatives.size());
    for (const ReleaseCandidateImage& image : candidate.relatives)
        putImage(out, image);
    out.number(candidate.tiedNames.size());
    for (const std::string& name : candidate.tiedNames)
        out.text(name);
    return out.bytes();
}

ReleaseCandidate candidateFromBytes(std::string_view bytes, const std::vector<std::string>& columns)
{
    RecordReader in(bytes);
    ReleaseCandidate candidate;
    candidate.groupKey = in.text();
    candidate.groupId = in.text();
    candidate.projectId = in.text();
    candidate.action = static_cast<Action>(in.number());
    candidate.selectedIndex = static_cast<int>(in.signedNumber());
    candidate.provenance = static_cast<Provenance>(in.number());
    std::vector<DecisionRow::Cell> cells(in.number());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].first = columns[i];
        cells[i].second = takeCell(in);
    }
    candidate.row = DecisionRow(std::move(cells));
    for (std::uint64_t count = in.number(); count > 0; --count)
        candidate.images.push_back(takeImage(in));
    for (std::uint64_t count = in.number(); count > 0; --count)
        candidate.relatives.push_back(takeImage(in));
    for (std::uint64_t count = in.number(); count > 0; --count)
        candidate.tiedNames.emplace_back(in.text());
    return candidate;
}

} // namespace ps
