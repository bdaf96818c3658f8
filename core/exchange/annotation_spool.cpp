// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/annotation_spool.h"

#include "core/base/external_sort.h"

#include <cstring>
#include <numeric>

namespace ps {

std::int64_t AnnotationSpool::classNumber(std::string_view name)
{
    const auto found = m_numbers.find(name);
    if (found != m_numbers.end())
        return found->second;
    const auto number = static_cast<std::int64_t>(m_classNames.size());
    m_classNames.emplace_back(name);
    m_numbers.emplace(name, number);
    return number;
}

std::int64_t AnnotationSpool::imageCount() const
{
    return std::accumulate(m_imageCounts.begin(), m_imageCounts.end(), std::int64_t{0});
}

Result<void> AnnotationSpool::add(ReleaseSide side, const SpooledImage& image)
{
    RecordWriter record;
    record.text(image.name).text(image.groupId).text(image.action);
    record.signedNumber(image.size.width).signedNumber(image.size.height).number(image.boxes.size());
    for (const SpooledBox& box : image.boxes) {
        record.signedNumber(box.classNumber);
        record.real(box.box.x1).real(box.box.y1).real(box.box.x2).real(box.box.y2);
    }
    record.number(image.classNumbers.size());
    for (const std::int64_t number : image.classNumbers)
        record.signedNumber(number);

    const auto index = static_cast<std::size_t>(side);
    auto& file = m_files.at(index);
    if (!file) {
        PS_TRY(file, ScratchBytes::open(*m_sink));
    }
    RecordWriter length;
    length.number(record.bytes().size());
    PS_TRY_VOID(file->append(length.bytes()));
    PS_TRY_VOID(file->append(record.bytes()));
    ++m_imageCounts.at(index);
    return {};
}

Result<AnnotationSpool::Cursor> AnnotationSpool::walk(ReleaseSide side)
{
    Cursor cursor;
    if (auto& file = m_files.at(static_cast<std::size_t>(side)); file) {
        PS_TRY(cursor.m_reader, file->reader());
    }
    return cursor;
}

Result<bool> AnnotationSpool::Cursor::next(SpooledImage& image)
{
    if (!m_reader || m_reader->atEnd())
        return false;
    PS_TRY(const std::string_view length, m_reader->take(sizeof(std::uint64_t)));
    PS_TRY(const std::string_view bytes, m_reader->take(RecordReader(length).number()));
    RecordReader record(bytes);
    image.name = record.text();
    image.groupId = record.text();
    image.action = record.text();
    image.size.width = static_cast<int>(record.signedNumber());
    image.size.height = static_cast<int>(record.signedNumber());
    image.boxes.resize(record.number());
    for (SpooledBox& box : image.boxes) {
        box.classNumber = record.signedNumber();
        box.box.x1 = record.real();
        box.box.y1 = record.real();
        box.box.x2 = record.real();
        box.box.y2 = record.real();
    }
    image.classNumbers.resize(record.number());
    for (std::int64_t& number : image.classNumbers)
        number = record.signedNumber();
    return true;
}

} // namespace ps
