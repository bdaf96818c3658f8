// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/decision_log.h"

#include "core/base/text.h"
#include "core/decisions/group_id.h"
#include "core/library/filename.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

constexpr std::size_t kImageColumns = 4;   ///< of each image: path, stage, width, height
constexpr std::size_t kCommonColumns = 11; ///< of select_crop_log before them
constexpr std::size_t kMostImages = 4;
constexpr std::string_view kExtractionSuffix = "_extraction";

constexpr std::array<std::string_view, 7> kFirstColumns{"session_id", "timestamp", "set_id",     "project_id",
                                                        "directory",  "project",   "chosen_path"};

bool isBlank(std::string_view text)
{
    return trimmed(text).empty();
}

std::optional<double> finiteNumber(std::string_view text)
{
    const auto number = parseDouble(trimmed(text));
    return number && std::isfinite(*number) ? number : std::nullopt;
}

/// A side in pixels; 0 for a blank, a zero, and what is no whole number.
int sideOf(std::string_view text)
{
    const auto number = finiteNumber(text);
    if (!number || *number < 1 || *number > 1'000'000 || *number != std::floor(*number))
        return 0;
    return static_cast<int>(*number);
}

bool isHeader(const std::vector<std::string>& fields)
{
    return std::ranges::find(kFirstColumns, trimmed(fields.front())) != kFirstColumns.end() && fields.size() >= 5;
}

bool isSelectCropCount(std::size_t count)
{
    return count > kCommonColumns && (count - kCommonColumns) % kImageColumns == 0 &&
           (count - kCommonColumns) / kImageColumns <= kMostImages;
}

std::string fieldCount(const CsvRecord& record)
{
    return std::to_string(record.fields.size()) + " fields";
}

} // namespace

struct DecisionLogParser::Draft {
    const std::vector<std::string>& fields;
    ImportedDecision decision;
    std::string shape;   ///< behind the number of fields in the kind: "placeholder", "pixels"
    bool isFull = false; ///< exactly 0, 0, 1, 1

    const std::string& at(std::size_t index) const { return fields[index]; }
    bool isNumberAt(std::size_t index) const { return finiteNumber(fields[index]).has_value(); }
};

DecisionLogParser::DecisionLogParser(const ImportRules& rules, std::string projectId, std::string file)
    : m_rules(rules), m_projectId(std::move(projectId)), m_file(std::move(file))
{
}

bool DecisionLogParser::isKnownShape(const CsvRecord& record)
{
    if (!record.problem.empty() || record.fields.empty())
        return false;
    constexpr std::array<std::string_view, 8> kKnown{"set_id",       "chosen_path", "neg_paths",  "crop_x1",
                                                     "chosen_stage", "filename",    "session_id", "rejected_paths"};
    const auto isKnown = [&](const std::string& field) {
        return std::ranges::find(kKnown, trimmed(field)) != kKnown.end();
    };
    if (isHeader(record.fields))
        return std::ranges::count_if(record.fields, isKnown) >= 2;
    const DecisionLogParser parser(ImportRules::known(), "p", {});
    return std::holds_alternative<ImportedDecision>(parser.parse(record));
}

DecisionLogParser::Row DecisionLogParser::parse(const CsvRecord& record) const
{
    const ImportOrigin origin{m_file, record.line, record.raw};
    if (!record.problem.empty())
        return QuarantinedItem{origin, record.problem, "unreadable", m_projectId, false};
    if (isHeader(record.fields))
        return std::monostate();
    Draft draft{record.fields, {}, {}, false};
    draft.decision.origin = origin;
    std::string problem = readShape(draft);
    const std::string kind = fieldCount(record) + (draft.shape.empty() ? "" : ", " + draft.shape);
    if (problem.empty() && draft.decision.images.size() > kMostImages)
        problem = std::to_string(draft.decision.images.size()) + " images; a row holds at most 4";
    if (problem.empty() && draft.decision.images.empty())
        problem = "no image is named";
    if (!problem.empty())
        return QuarantinedItem{origin, problem, kind, draft.decision.projectId, draft.decision.isPlaceholder};
    draft.decision.kind = kind;
    return std::move(draft.decision);
}

std::string DecisionLogParser::readShape(Draft& draft) const
{
    const std::size_t count = draft.fields.size();
    const auto isTimeAt = [&](std::size_t index) { return m_rules.parseTime(draft.at(index)).has_value(); };
    if (isSelectCropCount(count))
        return readSelectCrop(draft);
    if (count == 9 && isTimeAt(8) && draft.isNumberAt(3))
        return readNineFields(draft);
    if (count == 9 && isTimeAt(0))
        return readMinimal(draft);
    if (count == 8 && isTimeAt(7) && draft.isNumberAt(3) && draft.isNumberAt(4)) {
        draft.shape = "anomaly";
        return readSelection(draft, 5, 6, 7);
    }
    // The log of the mojo1 crops has 8 fields, the historical one 9.
    if ((count == 8 || count == 9 || count == 11) && isTimeAt(5) && draft.isNumberAt(4))
        return readExtraction(draft);
    if (count == 5 && isTimeAt(4)) {
        draft.shape = "selection";
        return readSelection(draft, 2, 3, 4);
    }
    if (count == 5 && isTimeAt(0)) {
        draft.shape = "duplicates";
        return "a log of duplicates, which holds no decision";
    }
    return std::to_string(count) + " fields are no row of a known log";
}

std::string DecisionLogParser::readTime(Draft& draft, std::size_t field) const
{
    const auto time = m_rules.parseTime(draft.at(field));
    if (!time)
        return "the time \"" + displayText(draft.at(field)) + "\" cannot be read";
    draft.decision.time = time->time;
    if (time->isZoneAssumed)
        draft.decision.notes.emplace_back("assumed zone");
    return {};
}

void DecisionLogParser::findProject(Draft& draft, const std::string& path, const std::string& named) const
{
    ImportedDecision& decision = draft.decision;
    const auto known = named.empty() ? std::nullopt : m_rules.projectOfName(named);
    std::string session = named.empty() ? draft.at(0) : std::string();
    const bool isExtraction = endsWith(session, kExtractionSuffix);
    if (isExtraction)
        session.resize(session.size() - kExtractionSuffix.size());
    if (!m_projectId.empty())
        decision.projectId = m_projectId;
    else if (known)
        decision.projectId = *known;
    else if (isValidProjectId(named))
        decision.projectId = named;
    else if (const auto ofPath = m_rules.projectOfPath(path))
        decision.projectId = *ofPath;
    else if (const auto ofSession = isExtraction ? m_rules.projectOfName(session) : std::nullopt)
        decision.projectId = *ofSession;
    else if (isExtraction && isValidProjectId(session))
        decision.projectId = session;
    else if (const auto ofDay = decision.time ? m_rules.projectOfTime(*decision.time) : std::nullopt) {
        decision.projectId = *ofDay;
        decision.notes.emplace_back("project from date");
    }
}

std::string DecisionLogParser::readCoordinates(Draft& draft, std::size_t first) const
{
    std::array<double, 4> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto number = finiteNumber(draft.at(first + i));
        if (!number || *number < 0)
            return "the crop value \"" + displayText(draft.at(first + i)) + "\" is no number from 0";
        values.at(i) = *number;
    }
    const auto [x1, y1, x2, y2] = values;
    if (!(x1 < x2 && y1 < y2))
        return "the crop has no area";
    ImportedDecision& decision = draft.decision;
    decision.action = Action::Crop;
    decision.isRecrop = true;
    draft.isFull = values == std::array<double, 4>{0, 0, 1, 1};
    if (x2 <= 1 && y2 <= 1) {
        decision.crop = Crop{x1, y1, x2, y2};
        draft.shape = "normalized";
    } else {
        decision.pixels = PixelCrop{x1, y1, x2, y2};
        draft.shape = decision.size.isEmpty() ? "pixels, no size" : "pixels";
    }
    return settleCrop(decision);
}

std::string DecisionLogParser::readSelectCrop(Draft& draft) const
{
    ImportedDecision& decision = draft.decision;
    const std::size_t slots = (draft.fields.size() - kCommonColumns) / kImageColumns;
    if (std::string problem = readTime(draft, 10); !problem.empty())
        return problem;
    const std::string chosenPath = draft.at(5);
    findProject(draft, chosenPath + "/" + draft.at(2), {});
    std::vector<ImageSize> sizes;
    for (std::size_t i = 0; i < slots; ++i) {
        const std::size_t column = kCommonColumns + i * kImageColumns;
        const std::string name = m_rules.normalised(draft.at(column)).name;
        if (name.empty())
            break;
        decision.images.push_back(name);
        sizes.push_back({sideOf(draft.at(column + 2)), sideOf(draft.at(column + 3))});
    }
    const ImportRules::Path chosen = m_rules.normalised(chosenPath);
    if (decision.images.empty() && !chosen.name.empty()) {
        decision.images.push_back(chosen.name);
        sizes.push_back({sideOf(draft.at(13)), sideOf(draft.at(14))});
    }
    decision.directory = chosen.directory.empty() ? m_rules.normalised(draft.at(2) + "/x").directory : chosen.directory;
    const auto isBlankAt = [&](std::size_t index) { return isBlank(draft.at(index)); };
    const bool isReject = isBlankAt(6) && isBlankAt(7) && isBlankAt(8) && isBlankAt(9);
    const auto index = finiteNumber(draft.at(4));
    if (!isReject &&
        (!index || *index != std::floor(*index) || *index < 0 || *index >= static_cast<double>(decision.images.size())))
        return "chosen_index \"" + displayText(draft.at(4)) + "\" is none of the images";
    decision.selectedIndex = isReject ? 0 : static_cast<int>(*index);
    const auto selected = static_cast<std::size_t>(*decision.selectedIndex);
    if (selected < sizes.size())
        decision.size = sizes[selected];
    if (isReject) {
        decision.action = Action::Reject;
        draft.shape = decision.size.isEmpty() ? "reject, no size" : "reject";
        return {};
    }
    if (!chosen.name.empty() && decision.images[selected] != chosen.name)
        return "chosen_index and chosen_path name different images";
    return readCoordinates(draft, 6);
}

std::string DecisionLogParser::readNineFields(Draft& draft) const
{
    const ImportRules::Path chosen = m_rules.normalised(draft.at(2));
    if (std::string problem = readTime(draft, 8); !problem.empty())
        return problem;
    findProject(draft, draft.at(2) + "/" + draft.at(1), {});
    draft.decision.directory = chosen.directory;
    if (!chosen.name.empty())
        draft.decision.images.push_back(chosen.name);
    draft.decision.selectedIndex = 0;
    std::string problem = readCoordinates(draft, 4);
    draft.decision.isPlaceholder = draft.isFull && endsWith(draft.at(0), kExtractionSuffix);
    if (draft.decision.isPlaceholder) {
        draft.shape = "placeholder";
        draft.decision.isRecrop = false;
        draft.decision.notes.emplace_back("placeholder crop of an extraction, not for training");
    }
    return problem;
}

std::string DecisionLogParser::readMinimal(Draft& draft) const
{
    ImportedDecision& decision = draft.decision;
    if (std::string problem = readTime(draft, 0); !problem.empty())
        return problem;
    findProject(draft, {}, draft.at(1));
    const std::string name(trimmed(draft.at(2)));
    draft.shape = "minimal";
    if (name.empty() || name.find_first_of("/\\") != std::string::npos)
        return "\"" + displayText(draft.at(2)) + "\" is no bare file name";
    decision.images.push_back(name);
    decision.selectedIndex = 0;
    decision.size = {sideOf(draft.at(7)), sideOf(draft.at(8))};
    std::string problem = readCoordinates(draft, 3);
    draft.shape = "minimal, " + draft.shape;
    return problem;
}

std::string DecisionLogParser::readSelection(Draft& draft, std::size_t chosen, std::size_t negatives,
                                             std::size_t time) const
{
    ImportedDecision& decision = draft.decision;
    if (std::string problem = readTime(draft, time); !problem.empty())
        return problem;
    findProject(draft, draft.at(chosen), draft.fields.size() == 8 ? draft.at(2) : std::string());
    const auto others = parseTextList(draft.at(negatives));
    if (!others)
        return "the list of rejected images cannot be read: " + others.error().message;
    const ImportRules::Path path = m_rules.normalised(draft.at(chosen));
    if (path.name.empty())
        return "no image is named";
    decision.directory = path.directory;
    decision.images.push_back(path.name);
    for (const std::string& other : *others) {
        const std::string name = m_rules.normalised(other).name;
        if (name.empty() || std::ranges::find(decision.images, name) != decision.images.end())
            return "two images of the row have one name, or none: \"" + displayText(other) + "\"";
        decision.images.push_back(name);
    }
    std::ranges::sort(decision.images, comesBefore);
    decision.selectedIndex = static_cast<int>(std::ranges::find(decision.images, path.name) - decision.images.begin());
    decision.action = Action::Approve;
    decision.isSelectionOnly = true;
    decision.notes.emplace_back("selection only, whether it was cropped is not known");
    return {};
}

std::string DecisionLogParser::readExtraction(Draft& draft) const
{
    ImportedDecision& decision = draft.decision;
    draft.shape = "no coordinates";
    if (std::string problem = readTime(draft, 5); !problem.empty())
        return problem;
    const ImportRules::Path chosen = m_rules.normalised(draft.at(3));
    findProject(draft, draft.at(3) + "/" + draft.at(2), {});
    decision.directory = chosen.directory;
    if (!chosen.name.empty())
        decision.images.push_back(chosen.name);
    decision.selectedIndex = 0;
    decision.action = Action::Crop;
    decision.notes.emplace_back("low trust: that it was cropped was inferred from file times");
    return {};
}

bool comesBefore(const std::string& a, const std::string& b)
{
    const ImageName nameA = parseImageName(a);
    const ImageName nameB = parseImageName(b);
    const auto stampOf = [](const ImageName& name) {
        return name.timestamp.empty() ? std::string("99999999_999999") : name.timestamp;
    };
    if (stampOf(nameA) != stampOf(nameB))
        return stampOf(nameA) < stampOf(nameB);
    if (nameA.stage != nameB.stage)
        return nameA.stage < nameB.stage;
    return pythonLess(a, b);
}

std::string settleCrop(ImportedDecision& decision)
{
    if (decision.pixels && !decision.size.isEmpty()) {
        const PixelCrop& box = *decision.pixels;
        const auto isWhole = [](double value) { return value == std::floor(value); };
        if (box.x2 > decision.size.width || box.y2 > decision.size.height)
            return "the crop exceeds the size of the image";
        if (isWhole(box.x1) && isWhole(box.y1) && isWhole(box.x2) && isWhole(box.y2)) {
            decision.crop = fromPixels({static_cast<int>(box.x1), static_cast<int>(box.y1), static_cast<int>(box.x2),
                                        static_cast<int>(box.y2)},
                                       decision.size);
        } else {
            const double width = decision.size.width;
            const double height = decision.size.height;
            decision.crop = Crop{box.x1 / width, box.y1 / height, box.x2 / width, box.y2 / height};
        }
    }
    if (decision.crop &&
        (decision.crop->x2 - decision.crop->x1) * (decision.crop->y2 - decision.crop->y1) >= kFullFrameArea) {
        decision.action = Action::Approve;
        decision.crop.reset();
    }
    return {};
}

} // namespace ps
