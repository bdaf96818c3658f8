// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/exchange/export_request.h"
#include "core/exchange/sink_text.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// Edges in pixels of the picture that was written, half-open: whole numbers for crops; imported boxes keep their fractions.
struct BoxEdges {
    double x1 = 0;
    double y1 = 0;
    double x2 = 0;
    double y2 = 0;
    double width() const { return x2 - x1; }
    double height() const { return y2 - y1; }
    bool operator==(const BoxEdges&) const = default;
};

/// A box as it stands in a release.
struct SpooledBox {
    std::int64_t classNumber = 0; ///< of the spool, in the order of appearance
    BoxEdges box;
};

/// All that the annotations of one image need.
struct SpooledImage {
    std::string name; ///< without folder
    std::string groupId;
    std::string action;
    ImageSize size;
    std::vector<SpooledBox> boxes;
    std::vector<std::int64_t> classNumbers; ///< of the whole image
};

/// Keeps annotations on the disk while images are written: the numbers of classes are known only when the last image was
/// seen, and one file of a release is written at a time. Memory: the names of the classes.
class AnnotationSpool
{
public:
    explicit AnnotationSpool(ReleaseSink& sink) : m_sink(&sink) {}

    std::int64_t classNumber(std::string_view name);
    /// Names in the order of their numbers.
    const std::vector<std::string>& classNames() const { return m_classNames; }

    Result<void> add(ReleaseSide side, const SpooledImage& image);
    std::int64_t imageCount(ReleaseSide side) const { return m_imageCounts.at(static_cast<std::size_t>(side)); }
    std::int64_t imageCount() const;

    /// Walks the images of one side in the order in which they were added.
    class Cursor
    {
    public:
        /// False behind the last one.
        Result<bool> next(SpooledImage& image);

    private:
        friend class AnnotationSpool;
        std::optional<ScratchBytes::Reader> m_reader;
    };
    Result<Cursor> walk(ReleaseSide side);

private:
    ReleaseSink* m_sink;
    std::array<std::optional<ScratchBytes>, kReleaseSideCount> m_files;
    std::array<std::int64_t, kReleaseSideCount> m_imageCounts{};
    std::map<std::string, std::int64_t, std::less<>> m_numbers;
    std::vector<std::string> m_classNames;
};

} // namespace ps
