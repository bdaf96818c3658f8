// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/release_path.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <QString>

#include <algorithm>
#include <array>

namespace ps {

namespace {

constexpr std::size_t kMaxNameBytes = 255;
constexpr std::size_t kMaxPathBytes = 4000; // below PATH_MAX with room for the folder of the release

/// CON, PRN, AUX, NUL, COM0-9 and LPT0-9, whatever stands behind the first dot. Source: Microsoft, "Naming files".
bool isDeviceName(std::string_view name)
{
    const std::string stem = toLowerAscii(trimmed(name.substr(0, name.find('.'))));
    static constexpr std::array<std::string_view, 6> kPlain{"con", "prn", "aux", "nul", "conin$", "conout$"};
    if (std::ranges::find(kPlain, stem) != kPlain.end())
        return true;
    if (!startsWith(stem, "com") && !startsWith(stem, "lpt"))
        return false;
    static constexpr std::array<std::string_view, 3> kSuperscripts{"\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};
    const std::string_view number = std::string_view(stem).substr(3);
    return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') ||
           std::ranges::find(kSuperscripts, number) != kSuperscripts.end();
}

bool isForbidden(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
           std::string_view("<>:\"\\|?*/").find(c) != std::string_view::npos;
}

/// Never 0, which marks a free place. Cut from SHA-256, so that nobody can make names that meet by design.
std::uint64_t keyOf(std::string_view folded)
{
    const std::string digits = sha256Hex(folded);
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 16; ++i)
        key = key << 4 | static_cast<std::uint64_t>(digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10);
    return key == 0 ? 1 : key;
}

Error usedTwice(std::string_view path)
{
    return {ErrorCode::InvalidInput, "the release has this name already, or one that differs in case only",
            std::string(path), 0};
}

} // namespace

bool isPortableName(std::string_view name)
{
    return !name.empty() && name.size() <= kMaxNameBytes && name != "." && name != ".." && isValidUtf8(name) &&
           name.back() != '.' && name.back() != ' ' && name.front() != ' ' && std::ranges::none_of(name, isForbidden) &&
           !isDeviceName(name);
}

Result<void> checkReleasePath(std::string_view path)
{
    if (!isContainedPath(path) || path.size() > kMaxPathBytes)
        return Error{ErrorCode::Refused, "not a relative path of a release", displayText(path), 0};
    for (const std::string& part : split(path, '/')) {
        if (!isPortableName(part))
            return Error{ErrorCode::Refused, "the name \"" + displayText(part) + "\" is not portable",
                         displayText(path), 0};
    }
    return {};
}

std::string foldedName(std::string_view name)
{
    const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    return text.normalized(QString::NormalizationForm_C)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C)
        .toStdString();
}

Result<void> ReleasePathSet::add(std::string_view path)
{
    PS_TRY_VOID(checkReleasePath(path));
    const std::string folded = foldedName(path);
    const std::uint64_t key = keyOf(folded);
    if (holds(key) || m_folders.contains(folded))
        return usedTwice(path);
    PS_TRY_VOID(addFolders(path));
    insert(key);
    return {};
}

Result<void> ReleasePathSet::addFolders(std::string_view path)
{
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        const std::string_view folder = path.substr(0, slash);
        const std::string folded = foldedName(folder);
        const auto known = m_folders.find(folded);
        if (known == m_folders.end() ? holds(keyOf(folded)) : known->second != folder)
            return usedTwice(path);
        if (known == m_folders.end())
            m_folders.emplace(folded, folder);
    }
    return {};
}

bool ReleasePathSet::holds(std::uint64_t key) const
{
    if (m_table.empty())
        return false;
    const std::size_t mask = m_table.size() - 1;
    for (std::size_t i = key & mask;; i = (i + 1) & mask) {
        if (m_table[i] == 0 || m_table[i] == key)
            return m_table[i] == key;
    }
}

void ReleasePathSet::insert(std::uint64_t key)
{
    const auto place = [](std::vector<std::uint64_t>& table, std::uint64_t value) {
        const std::size_t mask = table.size() - 1;
        std::size_t i = value & mask;
        while (table[i] != 0)
            i = (i + 1) & mask;
        table[i] = value;
    };
    if ((m_count + 1) * 4 > m_table.size() * 3) {
        std::vector<std::uint64_t> larger(std::max<std::size_t>(64, m_table.size() * 2));
        for (const std::uint64_t value : m_table) {
            if (value != 0)
                place(larger, value);
        }
        m_table = std::move(larger);
    }
    place(m_table, key);
    ++m_count;
}

} // namespace ps
