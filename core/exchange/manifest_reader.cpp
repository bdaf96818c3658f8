// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/manifest_reader.h"

#include "core/base/text.h"

namespace ps {

namespace {

constexpr std::size_t kMaxLineBytes = 16 << 20;
constexpr std::string_view kHashBegin = " \"manifest_sha256\": \"";
constexpr std::string_view kSchema = "proofsheet release 1";

} // namespace

Error ManifestReader::broken(std::string what) const
{
    return Error{ErrorCode::Corrupt, std::move(what), "release.json:" + std::to_string(m_lineNumber), 0};
}

Result<void> ManifestReader::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        m_line += bytes.substr(0, end);
        if (m_line.size() > kMaxLineBytes)
            return broken("a line is too long");
        if (end == std::string_view::npos)
            return {};
        bytes.remove_prefix(end + 1);
        ++m_lineNumber;
        PS_TRY_VOID(readLine(m_line));
        m_line.clear();
    }
    return {};
}

Result<void> ManifestReader::readLine(std::string_view line)
{
    if (m_part < Part::Hash) {
        m_hash.add(line);
        m_hash.add("\n");
    }
    const std::string_view text = trimmed(line);
    switch (m_part) {
    case Part::Begin:
        if (text != "{")
            return broken("not the manifest of a release");
        m_part = Part::Head;
        return {};
    case Part::Head: return readMember(text);
    case Part::Files: return readFile(text);
    case Part::Hash:
        if (line != std::string(kHashBegin) + m_hash.hex() + "\"")
            return broken(line.starts_with(kHashBegin) ? "its own sha256 differs"
                                                       : "it does not end with its own sha256");
        m_part = Part::Brace;
        return {};
    case Part::Brace:
        m_part = Part::End;
        return line == "}" ? Result<void>() : broken("something behind its own sha256");
    case Part::End: return broken("something behind the end");
    }
    return {};
}

Result<void> ManifestReader::readMember(std::string_view text)
{
    if (text == "\"files\": [") {
        m_part = Part::Files;
        return {};
    }
    if (endsWith(text, ","))
        text.remove_suffix(1);
    auto member = parseJson("{" + std::string(text) + "}");
    if (!member || member->members().size() != 1)
        return broken("not a member of the manifest");
    m_head.set(member->members().front().first, member->members().front().second);
    return {};
}

Result<void> ManifestReader::readFile(std::string_view text)
{
    if (text == "],") {
        m_part = Part::Hash;
        return {};
    }
    if (endsWith(text, ","))
        text.remove_suffix(1);
    const auto file = parseJson(text);
    if (!file || !(*file)["path"].isString() || !(*file)["size"].isInteger() || !(*file)["sha256"].isString())
        return broken("not a file of the manifest");
    RecordWriter record;
    record.signedNumber((*file)["size"].toInteger()).text((*file)["sha256"].toString());
    return m_files.add((*file)["path"].toString(), record.bytes());
}

Result<void> ManifestReader::finish()
{
    if (m_part != Part::End || !m_line.empty())
        return broken("the manifest ends too early, or goes on behind its end");
    if (m_head["schema"].toString() != kSchema)
        return Error{ErrorCode::Unsupported, "not a manifest that this program knows", "release.json", 0};
    return {};
}

} // namespace ps
