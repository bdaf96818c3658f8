// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/runtimes/foreign_models.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ps {

namespace {

using namespace std::literals;

struct Magic {
    std::size_t offset;
    std::string_view bytes;
    std::string_view name;
};

// Sources: the formats' own descriptions; the pickle opcodes are those of Python's pickletools.
constexpr std::array kMagics = {
    Magic{0, "\x93NUMPY"sv, "a NumPy array (which may hold a Python pickle)"},
    Magic{0, "\x89HDF\r\n\x1a\n"sv, "an HDF5 file (Keras)"},
    Magic{0, "\x1f\x8b"sv, "compressed data (joblib or a Python pickle, by gzip)"},
    Magic{0, "BZh"sv, "compressed data (joblib or a Python pickle, by bzip2)"},
    Magic{0,
          "\xfd"
          "7zXZ"sv,
          "compressed data (joblib or a Python pickle, by xz)"},
    Magic{0, "\x28\xb5\x2f\xfd"sv, "compressed data (by Zstandard)"},
    Magic{0, "\x04\x22\x4d\x18"sv, "compressed data (joblib, by LZ4)"},
    Magic{0, "\x5d\0\0"sv, "compressed data (joblib, by LZMA)"},
    Magic{0, "\x78\x01"sv, "compressed data (joblib, by zlib)"},
    Magic{0, "\x78\x5e"sv, "compressed data (joblib, by zlib)"},
    Magic{0, "\x78\x9c"sv, "compressed data (joblib, by zlib)"},
    Magic{0, "\x78\xda"sv, "compressed data (joblib, by zlib)"},
    Magic{0, "ZF0x"sv, "an old joblib file"},
    Magic{0, "GGUF"sv, "a GGUF file"},
    Magic{0,
          "\x7f"
          "ELF"sv,
          "a program"},
    Magic{0, "#!"sv, "a script"},
    Magic{0, "MZ"sv, "a program"},
    Magic{4, "TFL3"sv, "a TensorFlow Lite file"},
    Magic{4, "ORTM"sv, "a file in the ORT format"},
    Magic{257, "ustar"sv, "a tar archive (old PyTorch files)"},
};

bool hasBytesAt(std::string_view bytes, std::size_t offset, std::string_view wanted)
{
    return bytes.size() >= offset && bytes.substr(offset).starts_with(wanted);
}

/// The name of the first member tells what a zip archive is.
std::string archiveName(std::string_view bytes)
{
    constexpr std::size_t kNameOffset = 30; // of a local file header
    constexpr std::size_t kLongest = 256;
    const std::string_view member = bytes.substr(std::min(bytes.size(), kNameOffset), kLongest);
    if (member.find("constants.pkl") < kLongest || member.find("/code/") < kLongest)
        return "a TorchScript archive (which holds Python pickles)";
    if (member.find(".pkl") < kLongest || member.find("/version") < kLongest || member.find("/byteorder") < kLongest)
        return "a PyTorch archive (which holds a Python pickle)";
    if (member.find(".npy") < kLongest)
        return "a NumPy archive (which may hold Python pickles)";
    return "a zip archive (PyTorch, TorchScript, NumPy or Keras)";
}

/// Protocols 2 to 5 start with a mark and their number.
bool isBinaryPickle(std::string_view bytes)
{
    return bytes.size() >= 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

/// Protocols 0 and 1 have no mark, but begin with one of few opcodes: a global ("cos\nsystem\n"), an instance, a mark, an
/// empty container, a text or a number in a line of its own.
bool isTextPickle(std::string_view bytes)
{
    if (bytes.size() < 2)
        return false;
    const char first = bytes[0];
    const std::string_view line = bytes.substr(0, std::min<std::size_t>(bytes.find('\n'), 256));
    const bool isLineOfText = line.size() < 256 &&
                              std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 0x7F; });
    if (first == 'c' || first == 'I' || first == 'L' || first == 'F' || first == 'S' || first == 'V')
        return isLineOfText && line.size() < bytes.size();
    constexpr std::string_view kFollowing = "dlticoI]}(SVq.";
    return (first == '(' || first == ']' || first == '}' || first == ')') &&
           kFollowing.find(bytes[1]) != std::string_view::npos;
}

/// A length of eight bytes, then JSON.
bool isSafetensors(std::string_view bytes)
{
    if (bytes.size() < 10 || bytes[8] != '{')
        return false;
    return std::all_of(bytes.begin() + 5, bytes.begin() + 8, [](char c) { return c == 0; });
}

} // namespace

std::optional<std::string> foreignModelName(std::string_view bytes)
{
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return archiveName(bytes);
    if (isBinaryPickle(bytes))
        return "a Python pickle";
    if (isSafetensors(bytes))
        return "a safetensors file (weights without a graph)";
    const auto found = std::find_if(kMagics.begin(), kMagics.end(),
                                    [&](const Magic& magic) { return hasBytesAt(bytes, magic.offset, magic.bytes); });
    if (found != kMagics.end())
        return std::string(found->name);
    if (isTextPickle(bytes))
        return "a Python pickle";
    return std::nullopt;
}

} // namespace ps
