// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes files of nested boxes apart: JPEG XL and HEIF. Source: ISO/IEC 14496-12 (4.2 boxes, 8.11 item boxes), ISO/IEC 23008-12,
// ISO/IEC 18181-2.
#include "core/base/text.h"
#include "core/imaging/codecs/upright.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

namespace ps {

namespace {

constexpr std::size_t kMaxBoxes = 100'000;

/// Numbers of one piece of a file, one behind the other; after the end everything is 0.
class BoxReader
{
public:
    explicit BoxReader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint64_t number(std::size_t length)
    {
        std::uint64_t value = 0;
        for (const char c : text(length))
            value = value << 8 | static_cast<std::uint8_t>(c);
        return value;
    }
    std::string_view text(std::size_t length)
    {
        if (length > m_bytes.size()) {
            m_isGood = false;
            m_bytes = {};
            return {};
        }
        const std::string_view piece = m_bytes.substr(0, length);
        m_bytes.remove_prefix(length);
        return piece;
    }
    bool isGood() const { return m_isGood; }

private:
    std::string_view m_bytes;
    bool m_isGood = true;
};

struct Box {
    std::string_view type;
    std::size_t begin = 0; ///< of the whole box, in the file
    std::size_t content = 0;
    std::size_t end = 0;
};

Error damagedBoxes()
{
    return {ErrorCode::Corrupt, "a box of the file is not whole", {}, 0};
}

/// The boxes between two places of the file.
Result<std::vector<Box>> boxesIn(std::string_view bytes, std::size_t begin, std::size_t end)
{
    std::vector<Box> boxes;
    for (std::size_t offset = begin; offset < end;) {
        BoxReader reader(bytes.substr(offset, end - offset));
        std::uint64_t length = reader.number(4);
        Box box{reader.text(4), offset, offset + 8, 0};
        if (length == 1) {
            length = reader.number(8);
            box.content += 8;
        } else if (length == 0) {
            length = end - offset; // to the end
        }
        if (!reader.isGood() || length < box.content - box.begin || length > end - offset || boxes.size() > kMaxBoxes)
            return damagedBoxes();
        box.end = offset + length;
        offset = box.end;
        boxes.push_back(box);
    }
    return boxes;
}

/// The numbers of the items that hold Exif or text. Source: ISO/IEC 14496-12, 8.11.6.
Result<std::set<std::uint64_t>> metadataItems(std::string_view bytes, const Box& list)
{
    BoxReader head(bytes.substr(list.content, list.end - list.content));
    const std::uint64_t version = head.number(1);
    const std::size_t headBytes = version == 0 ? 6 : 8;
    if (list.end - list.content < headBytes)
        return damagedBoxes();
    std::set<std::uint64_t> items;
    PS_TRY(const std::vector<Box> entries, boxesIn(bytes, list.content + headBytes, list.end));
    for (const Box& entry : entries) {
        BoxReader reader(bytes.substr(entry.content, entry.end - entry.content));
        const std::uint64_t entryVersion = reader.number(1);
        reader.number(3);
        const std::uint64_t item = reader.number(entryVersion >= 3 ? 4 : 2);
        reader.number(2); // protection
        const std::string_view type = entryVersion >= 2 ? reader.text(4) : std::string_view();
        if (!reader.isGood())
            return damagedBoxes();
        if (type == "Exif" || type == "mime" || type == "uri ")
            items.insert(item);
    }
    return items;
}

/// Overwrites the places of items. Source: ISO/IEC 14496-12, 8.11.3.
class ItemEraser
{
public:
    ItemEraser(std::string& bytes, const std::set<std::uint64_t>& items, std::size_t itemDataBegin)
        : m_bytes(bytes), m_items(items), m_itemDataBegin(itemDataBegin)
    {
    }

    Result<void> run(const Box& locations)
    {
        const std::string table = m_bytes.substr(locations.content, locations.end - locations.content);
        BoxReader reader(table);
        const std::uint64_t version = reader.number(1);
        reader.number(3);
        const std::uint64_t sizes = reader.number(2);
        const auto nibble = [sizes](int shift) { return sizes >> shift & 15; };
        const std::uint64_t count = reader.number(version < 2 ? 2 : 4);
        for (std::uint64_t i = 0; i < count && reader.isGood(); ++i) {
            const std::uint64_t item = reader.number(version < 2 ? 2 : 4);
            const std::uint64_t method = version == 0 ? 0 : reader.number(2) & 15;
            reader.number(2); // which file
            const std::uint64_t base = reader.number(nibble(4));
            const std::uint64_t extents = reader.number(2);
            for (std::uint64_t j = 0; j < extents && reader.isGood(); ++j) {
                if (version > 0)
                    reader.number(nibble(0));
                const std::uint64_t offset = reader.number(nibble(12));
                const std::uint64_t length = reader.number(nibble(8));
                if (m_items.contains(item)) {
                    PS_TRY_VOID(erase(method, base + offset, length));
                }
            }
        }
        return reader.isGood() ? Result<void>() : Result<void>(damagedBoxes());
    }

private:
    Result<void> erase(std::uint64_t method, std::uint64_t offset, std::uint64_t length)
    {
        const std::uint64_t begin = method == 1 ? offset + m_itemDataBegin : offset;
        if (method > 1 || (method == 1 && m_itemDataBegin == 0) || begin > m_bytes.size() ||
            length > m_bytes.size() - begin)
            return damagedBoxes();
        const std::uint64_t end = length == 0 ? m_bytes.size() : begin + length;
        std::fill(m_bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_bytes.begin() + static_cast<std::ptrdiff_t>(end), '\0');
        return {};
    }

    std::string& m_bytes;
    const std::set<std::uint64_t>& m_items;
    std::size_t m_itemDataBegin;
};

const Box* findBox(const std::vector<Box>& boxes, std::string_view type)
{
    const auto found = std::ranges::find(boxes, type, &Box::type);
    return found == boxes.end() ? nullptr : &*found;
}

} // namespace

Result<StrippedFile> stripJxl(std::string_view bytes)
{
    StrippedFile made;
    if (startsWith(bytes, "\xff\x0a"))
        return made;
    static constexpr std::array<std::string_view, 6> kPicture{"JXL ", "ftyp", "jxll", "jxlc", "jxlp", "jxli"};
    PS_TRY(const std::vector<Box> boxes, boxesIn(bytes, 0, bytes.size()));
    for (const Box& box : boxes) {
        const std::string_view whole = bytes.substr(box.begin, box.end - box.begin);
        if (std::ranges::find(kPicture, box.type) != kPicture.end())
            made.bytes.append(whole);
        else
            made.removed.emplace_back(whole);
    }
    return made;
}

Result<StrippedFile> stripHeif(std::string_view bytes)
{
    StrippedFile made;
    PS_TRY(const std::vector<Box> boxes, boxesIn(bytes, 0, bytes.size()));
    made.bytes = bytes;
    for (const Box& box : boxes) {
        if (box.type != "uuid" && box.type != "jumb")
            continue;
        // It stays as empty room, so that nothing moves.
        made.bytes.replace(box.begin + 4, 4, "free");
        std::fill(made.bytes.begin() + static_cast<std::ptrdiff_t>(box.content),
                  made.bytes.begin() + static_cast<std::ptrdiff_t>(box.end), '\0');
        made.hasOtherLoss = true;
    }
    const Box* meta = findBox(boxes, "meta");
    if (!meta || meta->end - meta->content < 4)
        return damagedBoxes();
    PS_TRY(const std::vector<Box> parts, boxesIn(bytes, meta->content + 4, meta->end));
    const Box* list = findBox(parts, "iinf");
    const Box* locations = findBox(parts, "iloc");
    if (!list || !locations)
        return damagedBoxes();
    PS_TRY(const std::set<std::uint64_t> items, metadataItems(bytes, *list));
    if (items.empty())
        return made;
    made.hasOtherLoss = true;
    const Box* itemData = findBox(parts, "idat");
    PS_TRY_VOID(ItemEraser(made.bytes, items, itemData ? itemData->content : 0).run(*locations));
    return made;
}

} // namespace ps
