// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_manifest.h"

#include "core/base/sha256.h"
#include "core/exchange/release_checks.h"

namespace ps {

namespace {

Json countsJson(const std::map<std::string, std::int64_t>& counts)
{
    Json json{Json::Object{}};
    for (const auto& [key, count] : counts)
        json.set(key, count);
    return json;
}

Json countsOf(const ReleasePreview& preview, const FormatWriter::Counts& written)
{
    Json counts(Json::Object{{"in_view", preview.inView}, {"exported", preview.exported}});
    counts.set("excluded", countsJson(preview.excluded));
    counts.set("left_out_images", countsJson(preview.leftOutImages));
    Json bySide{Json::Object{}};
    for (std::size_t side = 0; side < kReleaseSideCount; ++side)
        bySide.set(sideName(static_cast<ReleaseSide>(side)), preview.bySide.at(side));
    counts.set("by_side", std::move(bySide));
    counts.set("by_class", countsJson(written.byClass));
    counts.set("by_action", countsJson(preview.byAction));
    counts.set("images", written.images);
    counts.set("boxes", written.boxes);
    counts.set("lines", written.lines);
    counts.set("reencoded_images", written.reencodedImages);
    counts.set("details", countsJson(written.details));
    return counts;
}

Json checksOf(const ReleasePreview& preview)
{
    Json checks{Json::Object{}};
    for (const ReleasePreview::CheckResult& check : preview.checks)
        checks.set(check.check, Json(Json::Object{{"count", check.count}, {"rule", checkRuleName(check.rule)}}));
    return checks;
}

void appendMember(std::string& out, std::string_view key, const Json& value)
{
    ((out += ' ') += dumpJson(Json(key))) += ": ";
    (out += dumpJson(value)) += ",\n";
}

} // namespace

Json manifestHead(const ReleasePlan& plan, const ProjectSession& session, const ExportRequest& request,
                  const FormatWriter::Counts& written, const std::string& tool)
{
    const ReleasePreview& preview = plan.preview();
    Json head(Json::Object{{"schema", kManifestSchema},
                           {"name", preview.name},
                           {"project", session.projectId()},
                           {"format", exportFormatInfo(request.format).name},
                           {"request", exportRequestJson(request)},
                           {"tool", tool},
                           {"codecs", Json(Json::Object{{"build", tool}})},
                           {"ledger_head", plan.ledgerHead()},
                           {"ledger_entry", plan.ledgerSeq()},
                           {"content_sha256", plan.contentSha256()}});
    head.set("counts", countsOf(preview, written));
    Json::Array classes;
    for (const auto& [name, count] : written.byClass)
        classes.emplace_back(name);
    head.set("classes", std::move(classes));
    head.set("checks", checksOf(preview));
    head.set("items_file", kItemsName);
    return head;
}

Result<void> ManifestFiles::add(const ReleaseFile& file)
{
    m_byteCount += file.sizeBytes;
    RecordWriter payload;
    payload.signedNumber(file.sizeBytes).text(file.sha256);
    return m_files.add(file.path, payload.bytes());
}

Result<void> ManifestFiles::write(const Json& head, const std::function<Result<void>(std::string_view)>& take)
{
    Sha256 hash;
    const auto takeHashed = [&](std::string_view bytes) {
        hash.add(bytes);
        return take(bytes);
    };
    std::string out = "{\n";
    for (const auto& [key, value] : head.members())
        appendMember(out, key, value);
    out += " \"files\": [";
    PS_TRY_VOID(takeHashed(out));
    PS_TRY(ExternalSorter::Cursor cursor, m_files.sorted());
    for (std::string_view separator = "\n";; separator = ",\n") {
        PS_TRY(const bool hasFile, cursor.next());
        if (!hasFile)
            break;
        RecordReader record(cursor.payload());
        out = separator;
        out += "  {\"path\": ";
        appendJsonString(out, cursor.key());
        out += ", \"size\": " + std::to_string(record.signedNumber()) + ", \"sha256\": ";
        appendJsonString(out, record.text());
        out += "}";
        PS_TRY_VOID(takeHashed(out));
    }
    PS_TRY_VOID(takeHashed("\n ],\n"));
    return take(" \"" + std::string(kManifestHashMember) + "\": \"" + hash.hex() + "\"\n}\n");
}

namespace {

/// The whole, upright image: of the file, or as the row has it.
std::string sizeText(const ReleaseGroup& group, const ReleaseImage* image)
{
    std::int64_t width = image ? image->size.width : 0;
    std::int64_t height = image ? image->size.height : 0;
    const bool isOfRow = image && image->role == ImageRole::Winner;
    if (isOfRow && image->size.isEmpty()) {
        width = group.row.integer("image_width").value_or(0);
        height = group.row.integer("image_height").value_or(0);
    }
    if (width <= 0 || height <= 0)
        return "null";
    return "[" + std::to_string(width) + ", " + std::to_string(height) + "]";
}

} // namespace

void appendItems(const ReleaseGroup& group, const std::function<void(std::string_view key, std::string line)>& take)
{
    const auto item = [&](const ReleaseImage* image) {
        std::string line = "{\"group_id\": ";
        appendJsonString(line, group.groupId);
        line += ", \"group_key\": ";
        appendJsonString(line, group.groupKey);
        line += ", \"name\": ";
        appendJsonString(line, image == nullptr ? "" : image->name.empty() ? image->sourceName : image->name);
        line += ", \"slot\": " + (image ? std::to_string(image->slot) : std::string("null"));
        line += ", \"sha256\": ";
        if (image == nullptr || image->sha256.empty())
            line += "null";
        else
            appendJsonString(line, image->sha256);
        const bool isTie = group.groupId.empty() && !group.tiedNames.empty();
        line += ", \"action\": ";
        appendJsonString(line, isTie ? "tie" : actionName(group.action));
        line += ", \"selected_index\": " + (group.selectedIndex < 0 ? "null" : std::to_string(group.selectedIndex));
        line += ", \"crop\": " + (image && image->crop ? cropText(*image->crop) : std::string("null"));
        line += ", \"size\": " + sizeText(group, image);
        line += ", \"side\": ";
        if (group.side)
            appendJsonString(line, sideName(*group.side));
        else
            line += "null";
        line += "}\n";
        std::string key = group.groupId + '\0' + group.groupKey + '\0';
        appendOrdered(key, static_cast<std::uint64_t>(image ? image->slot : 0));
        take(key, std::move(line));
    };
    if (group.images.empty())
        item(nullptr);
    for (const ReleaseImage& image : group.images)
        item(&image);
}

} // namespace ps
