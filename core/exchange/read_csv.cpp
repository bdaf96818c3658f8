// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/exchange/csv_rows.h"
#include "core/exchange/dataset_readers.h"
#include "core/exchange/decision_fields.h"
#include "core/exchange/foreign_boxes.h"
#include "core/exchange/release_facts.h"

#include <algorithm>
#include <array>

namespace ps {

namespace {

Error bad(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what), {}, 0};
}

std::optional<std::string> cellOf(const CsvRow& row, std::string_view field)
{
    const auto found = std::ranges::find(row.cells, field,
                                         [](const auto& cell) { return std::string_view(cell.first); });
    if (found == row.cells.end() || trimmed(found->second).empty())
        return std::nullopt;
    return std::string(trimmed(found->second));
}

Result<std::optional<double>> numberOf(const CsvRow& row, std::string_view field)
{
    const auto text = cellOf(row, field);
    if (!text)
        return std::optional<double>();
    const auto number = parseDouble(*text);
    if (!number)
        return bad(std::string(field) + " is no number");
    return std::optional(*number);
}

// ---- decisions -----------------------------------------------------------------------------------------------------

Json numberJson(const std::string& text)
{
    if (const auto integer = parseInteger(text))
        return {*integer};
    const auto number = parseDouble(text);
    return number ? Json(*number) : Json(text);
}

/// Crops may stand in four columns of their own, as fractions or, with a size, as pixels.
Result<void> takeCropColumns(const CsvRow& row, ImportedDecision& decision)
{
    std::array<double, 4> edges{};
    constexpr std::array<const char*, 4> kFields{"crop_x1", "crop_y1", "crop_x2", "crop_y2"};
    for (std::size_t i = 0; i < 4; ++i) {
        PS_TRY(const auto number, numberOf(row, kFields[i]));
        if (!number)
            return {};
        edges[i] = *number;
    }
    const Crop fractions{edges[0], edges[1], edges[2], edges[3]};
    if (isValid(fractions)) {
        decision.crop = fractions;
        return {};
    }
    PS_TRY(decision.crop, boxFromEdges(edges[0], edges[1], edges[2], edges[3], decision.size));
    return {};
}

/// Whether each field of a record of ours was quoted. Nothing when the record does not stand there as a whole.
std::optional<std::vector<bool>> quotedFields(std::string_view raw)
{
    std::vector<bool> quoted;
    for (std::size_t at = 0;; ++at) {
        quoted.push_back(at < raw.size() && raw[at] == '"');
        if (quoted.back()) {
            do { // a doubled quote is one inside
                at = raw.find('"', at + 1);
                if (at == std::string_view::npos)
                    return std::nullopt;
                ++at;
            } while (at < raw.size() && raw[at] == '"');
        }
        at = raw.find(',', at);
        if (at == std::string_view::npos)
            return quoted;
    }
}

SqlValue cellValue(const std::string& text, bool isQuoted)
{
    if (isQuoted)
        return text;
    if (text.empty())
        return {};
    if (text.starts_with("X'") && text.ends_with('\'')) {
        if (const auto bytes = hexDecode(std::string_view(text).substr(2, text.size() - 3)))
            return SqlBlob{*bytes};
    }
    if (const auto integer = parseInteger(text))
        return *integer;
    const auto number = parseDouble(text);
    return number ? SqlValue(*number) : SqlValue(text);
}

/// The row of our own lossless form: what is quoted is text, what is bare is a number, a blob or NULL. The last two columns are
/// those that the writer adds.
std::optional<DecisionRow> exactRow(const CsvRow& row)
{
    constexpr std::size_t kAddedColumns = 2;
    const auto quoted = quotedFields(row.raw);
    if (!quoted || quoted->size() != row.cells.size() || row.cells.size() < kAddedColumns)
        return std::nullopt;
    std::vector<DecisionRow::Cell> cells;
    for (std::size_t i = 0; i + kAddedColumns < row.cells.size(); ++i)
        cells.emplace_back(row.cells[i].first, cellValue(row.cells[i].second, (*quoted)[i]));
    return DecisionRow(std::move(cells));
}

Result<ImportedDecision> decisionOf(const CsvRow& row)
{
    Json object = Json::object({});
    for (const auto& [field, text] : row.cells) {
        const bool isNumber = isNumberColumn(field) || field == "selected_index" || field == "width" ||
                              field == "height";
        if (!text.empty())
            object.set(field, isNumber ? numberJson(text) : Json(text));
    }
    const Json& images = object["images"];
    if (images.isString() && !images.toString().starts_with('[')) { // "a.png|b.png"
        Json list = Json(Json::Array());
        for (const std::string& name : split(images.toString(), '|'))
            list.append(Json(trimmed(name)));
        object.set("images", std::move(list));
    }
    PS_TRY(ImportedDecision decision, decisionFromJson(object));
    if (!decision.crop)
        PS_TRY_VOID(takeCropColumns(row, decision));
    decision.row.reset(); // CSV has no types; only our own form tells them
    return decision;
}

// ---- boxes ---------------------------------------------------------------------------------------------------------

Result<ImportedBox> boxOf(const CsvRow& row, const std::string& className, ImageSize size)
{
    std::array<double, 4> edges{};
    constexpr std::array<const char*, 4> kFields{"xmin", "ymin", "xmax", "ymax"};
    for (std::size_t i = 0; i < 4; ++i) {
        PS_TRY(const auto number, numberOf(row, kFields[i]));
        if (!number)
            return bad(std::string(kFields[i]) + " is empty");
        edges[i] = *number;
    }
    if (className.empty())
        return bad("the box has no class");
    ImportedBox box;
    box.className = className;
    PS_TRY(box.confidence, numberOf(row, "confidence"));
    const Crop fractions{edges[0], edges[1], edges[2], edges[3]};
    if (size.isEmpty() && isValid(fractions)) {
        box.box = fractions;
    } else {
        PS_TRY(box.box, boxFromEdges(edges[0], edges[1], edges[2], edges[3], size));
    }
    return box;
}

/// Rows about one image stand behind each other, one for each box.
class ImageRows
{
public:
    ImageRows(DatasetScope& scope, std::string path) : m_scope(scope), m_path(std::move(path)) {}

    Result<void> take(const CsvRow& row)
    {
        const auto name = cellOf(row, "file_name");
        if (!name)
            return m_scope.quarantine(m_path, row.line, row.raw, "there is no file_name");
        if (m_image && m_named != *name)
            PS_TRY_VOID(finish());
        if (!m_image) {
            m_named = *name;
            m_image.emplace();
            m_image->origin = m_scope.origin(m_path, row.line, row.raw);
            m_image->path = isContainedPath(*name) ? joinPath(parentPath(m_path), *name) : *name;
            m_image->side = sideOfPath(m_image->path);
            if (const auto side = cellOf(row, "side"))
                m_image->side = sideOfFolder(*side);
        }
        const auto added = addRow(row);
        return added ? Result<void>() : m_scope.quarantine(m_path, row.line, row.raw, added.error().message);
    }

    Result<void> finish() { return m_image ? m_scope.image(*std::exchange(m_image, std::nullopt)) : Result<void>(); }

private:
    Result<void> addRow(const CsvRow& row)
    {
        PS_TRY(const auto width, numberOf(row, "width"));
        PS_TRY(const auto height, numberOf(row, "height"));
        if (width && height) {
            PS_TRY(m_image->size, claimedSize(*width, *height));
        }
        const std::string className = cellOf(row, "class").value_or("");
        if (cellOf(row, "xmin")) {
            PS_TRY(ImportedBox box, boxOf(row, className, m_image->size));
            m_image->boxes.push_back(std::move(box));
        } else if (!className.empty()) {
            m_image->classes.push_back(className);
        }
        return {};
    }

    DatasetScope& m_scope;
    std::string m_path;
    std::string m_named;
    std::optional<ImportedImage> m_image;
};

Result<void> readFile(DatasetScope& scope, const std::string& path, const Json& columnMap)
{
    const bool isOurs = scope.release() != nullptr;
    const bool isExact = isOurs && !scope.release()->manifest()["request"]["spreadsheet_safe"].toBool();
    ImageRows images(scope, path);
    PS_TRY_VOID(eachCsvRow(scope, path, columnMap, [&](const CsvRow& row) -> Result<void> {
        const bool isAboutImage = std::ranges::any_of(row.cells,
                                                      [](const auto& cell) { return cell.first == "file_name"; });
        if (isAboutImage)
            return images.take(row);
        auto decision = decisionOf(row);
        if (!decision)
            return scope.quarantine(path, row.line, row.raw, decision.error().message);
        decision->origin = scope.origin(path, row.line, row.raw);
        if (isExact)
            decision->row = exactRow(row);
        else if (isOurs)
            decision->notes.emplace_back("from a spreadsheet: texts may be changed");
        return scope.decision(*std::move(decision));
    }));
    return images.finish();
}

} // namespace

Result<void> readCsvItems(DatasetScope& scope, const Json& columnMap)
{
    return scope.eachFile([&](const std::string& path) -> Result<void> {
        return toLowerAscii(path).ends_with(".csv") ? readFile(scope, path, columnMap) : Result<void>();
    });
}

} // namespace ps
