// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The opcodes are those of Python's Lib/pickletools.py that torch.save uses for the known shapes (decisions_v3 7.6).
#include "core/inference/pickle_reader.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <optional>

namespace ps {

namespace {

constexpr std::string_view kOrderedDict = "collections OrderedDict";
constexpr std::string_view kRebuildTensor = "torch._utils _rebuild_tensor_v2";
constexpr std::string_view kFloatStorage = "torch FloatStorage";
constexpr std::array kAllowedGlobals{kOrderedDict, kRebuildTensor, kFloatStorage};

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, "the pickle " + std::move(message), {}, 0};
}

Error refused(std::string message)
{
    return {ErrorCode::Refused, std::move(message), {}, 0};
}

/// The text of an opcode for messages: "'b'" or "0x93".
std::string opcodeText(unsigned char opcode)
{
    if (opcode > ' ' && opcode < 0x7F)
        return "'" + std::string(1, static_cast<char>(opcode)) + "'";
    std::string text = "0x";
    appendHex(text, opcode, 2);
    return text;
}

class PickleReader
{
public:
    explicit PickleReader(std::string_view bytes) : m_bytes(bytes) {}

    Result<Pickle> read()
    {
        if (!startsWith(m_bytes, "\x80\x02"))
            return refused("only pickles of protocol 2 are read");
        m_at = 2;
        while (!m_isDone) {
            PS_TRY(const std::string_view opcode, take(1));
            PS_TRY_VOID(run(static_cast<unsigned char>(opcode.front())));
        }
        if (m_at != m_bytes.size())
            return corrupt("goes on behind its end");
        return std::move(m_pickle);
    }

private:
    // ---- bytes

    Result<std::string_view> take(std::size_t count)
    {
        if (m_bytes.size() - m_at < count)
            return corrupt("ends too early");
        const std::string_view piece = m_bytes.substr(m_at, count);
        m_at += count;
        return piece;
    }

    Result<std::string_view> takeLine()
    {
        const std::size_t end = m_bytes.find('\n', m_at);
        if (end == std::string_view::npos)
            return corrupt("ends too early");
        const std::string_view line = m_bytes.substr(m_at, end - m_at);
        m_at = end + 1;
        return line;
    }

    /// A little-endian number of up to four bytes.
    Result<std::uint32_t> takeNumber(std::size_t size)
    {
        PS_TRY(const std::string_view piece, take(size));
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(piece[i])) << (8 * i);
        return value;
    }

    // ---- values

    PickleIndex make(PickleNode node)
    {
        m_pickle.nodes.push_back(std::move(node));
        return static_cast<PickleIndex>(m_pickle.nodes.size() - 1);
    }

    Result<void> push(PickleNode node)
    {
        m_stack.push_back(make(std::move(node)));
        return {};
    }

    Result<void> pushInteger(std::int64_t value)
    {
        PickleNode node{PickleKind::Integer, value, 0, {}, {}};
        return push(std::move(node));
    }

    Result<void> pushKind(PickleKind kind) { return push(PickleNode{kind, 0, 0, {}, {}}); }

    Result<PickleIndex> pop()
    {
        if (m_stack.empty() || node(m_stack.back()).kind == PickleKind::Mark)
            return corrupt("takes more than it has");
        const PickleIndex index = m_stack.back();
        m_stack.pop_back();
        return index;
    }

    Result<PickleIndex> top() const
    {
        if (m_stack.empty() || m_pickle.nodes[m_stack.back()].kind == PickleKind::Mark)
            return corrupt("takes more than it has");
        return m_stack.back();
    }

    /// Everything above the last mark, which goes too.
    Result<std::vector<PickleIndex>> popToMark()
    {
        std::vector<PickleIndex> items;
        while (!m_stack.empty()) {
            const PickleIndex index = m_stack.back();
            m_stack.pop_back();
            if (node(index).kind == PickleKind::Mark) {
                std::ranges::reverse(items);
                return items;
            }
            items.push_back(index);
        }
        return corrupt("has no mark where it needs one");
    }

    PickleNode& node(PickleIndex index) { return m_pickle.nodes[index]; }

    // ---- opcodes

    Result<void> run(unsigned char opcode)
    {
        PS_TRY(const bool isScalar, runScalar(opcode));
        if (isScalar)
            return {};
        switch (opcode) {
        case '(': return pushKind(PickleKind::Mark);
        case ')': return pushKind(PickleKind::Tuple);
        case ']': return pushKind(PickleKind::List);
        case '}': return pushKind(PickleKind::Dict);
        case 't': return tupleOfMark();
        case 0x85: return tupleOf(1);
        case 0x86: return tupleOf(2);
        case 0x87: return tupleOf(3);
        case 'a': return appendOne();
        case 'e': return appendMany();
        case 's': return setOne();
        case 'u': return setMany();
        case 'q': return put(1);
        case 'r': return put(4);
        case 'h': return get(1);
        case 'j': return get(4);
        case 'c': return pushGlobal();
        case 'R': return reduce();
        case 'b': return build();
        case 'Q': return persistent();
        case '.': return stop();
        default: return refused("the pickle opcode " + opcodeText(opcode) + " is not allowed");
        }
    }

    Result<bool> runScalar(unsigned char opcode)
    {
        switch (opcode) {
        case 'N': return done(pushKind(PickleKind::None));
        case 0x88: return done(push({PickleKind::Boolean, 1, 0, {}, {}}));
        case 0x89: return done(push({PickleKind::Boolean, 0, 0, {}, {}}));
        case 'K': return done(integerOf(1));
        case 'M': return done(integerOf(2));
        case 'J': return done(integerOf(4));
        case 0x8a: return done(longInteger());
        case 'G': return done(floatNumber());
        case 'X': return done(unicode());
        default: return false;
        }
    }

    static Result<bool> done(const Result<void>& result)
    {
        if (!result)
            return result.error();
        return true;
    }

    Result<void> integerOf(std::size_t size)
    {
        PS_TRY(const std::uint32_t value, takeNumber(size));
        return pushInteger(size == 4 ? std::int64_t{static_cast<std::int32_t>(value)} : std::int64_t{value});
    }

    /// LONG1: two's complement, as many bytes as it needs; more than eight is nothing that a tensor has.
    Result<void> longInteger()
    {
        PS_TRY(const std::uint32_t size, takeNumber(1));
        if (size > 8)
            return refused("an integer of " + std::to_string(size) + " bytes is not allowed");
        PS_TRY(const std::string_view piece, take(size));
        const bool isNegative = size > 0 && (static_cast<unsigned char>(piece.back()) & 0x80) != 0;
        std::uint64_t value = isNegative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = piece.size(); i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(piece[i]);
        return pushInteger(static_cast<std::int64_t>(value));
    }

    /// BINFLOAT is big-endian.
    Result<void> floatNumber()
    {
        PS_TRY(const std::string_view piece, take(8));
        std::uint64_t bits = 0;
        for (const char byte : piece)
            bits = bits << 8 | static_cast<unsigned char>(byte);
        return push({PickleKind::Float, 0, std::bit_cast<double>(bits), {}, {}});
    }

    Result<void> unicode()
    {
        PS_TRY(const std::uint32_t size, takeNumber(4));
        PS_TRY(const std::string_view text, take(size));
        return push({PickleKind::Text, 0, 0, text, {}});
    }

    Result<void> tupleOfMark()
    {
        PS_TRY(auto items, popToMark());
        return push({PickleKind::Tuple, 0, 0, {}, std::move(items)});
    }

    Result<void> tupleOf(std::size_t count)
    {
        std::vector<PickleIndex> items(count);
        for (std::size_t i = count; i-- > 0;) {
            PS_TRY(items[i], pop());
        }
        return push({PickleKind::Tuple, 0, 0, {}, std::move(items)});
    }

    Result<PickleIndex> topOf(PickleKind kind) const
    {
        PS_TRY(const PickleIndex index, top());
        if (m_pickle.nodes[index].kind != kind)
            return corrupt("adds items to a " + std::string(pickleKindName(m_pickle.nodes[index].kind)));
        return index;
    }

    Result<void> addTo(PickleKind kind, const std::vector<PickleIndex>& items)
    {
        PS_TRY(const PickleIndex target, topOf(kind));
        if (kind == PickleKind::Dict && items.size() % 2 != 0)
            return corrupt("has a key without a value");
        auto& all = node(target).items;
        all.insert(all.end(), items.begin(), items.end());
        return {};
    }

    Result<void> appendOne()
    {
        PS_TRY(const PickleIndex item, pop());
        return addTo(PickleKind::List, {item});
    }

    Result<void> appendMany()
    {
        PS_TRY(const auto items, popToMark());
        return addTo(PickleKind::List, items);
    }

    Result<void> setOne()
    {
        PS_TRY(const PickleIndex value, pop());
        PS_TRY(const PickleIndex key, pop());
        return addTo(PickleKind::Dict, {key, value});
    }

    Result<void> setMany()
    {
        PS_TRY(const auto items, popToMark());
        return addTo(PickleKind::Dict, items);
    }

    Result<void> put(std::size_t size)
    {
        PS_TRY(const std::uint32_t slot, takeNumber(size));
        PS_TRY(m_memo[slot], top());
        return {};
    }

    Result<void> get(std::size_t size)
    {
        PS_TRY(const std::uint32_t slot, takeNumber(size));
        const auto found = m_memo.find(slot);
        if (found == m_memo.end())
            return corrupt("takes from a memo that is empty");
        m_stack.push_back(found->second);
        return {};
    }

    Result<void> pushGlobal()
    {
        PS_TRY(const std::string_view module, takeLine());
        PS_TRY(const std::string_view name, takeLine());
        std::string text = std::string(module) + " " + std::string(name);
        const auto* const known = std::ranges::find(kAllowedGlobals, text);
        // The text is compared as a whole, so a name with a space in it must not stand for module and name.
        if (known == kAllowedGlobals.end() || module.find(' ') != std::string_view::npos)
            return refused("the pickle wants " + displayText(module.substr(0, 100)) + "." +
                           displayText(name.substr(0, 100)) +
                           ", and only state dictionaries of tensors are read; export other models as ONNX");
        return push({PickleKind::Global, 0, 0, *known, {}});
    }

    Result<void> reduce()
    {
        PS_TRY(const PickleIndex arguments, pop());
        PS_TRY(const PickleIndex callee, pop());
        const PickleNode& function = node(callee);
        if (function.kind != PickleKind::Global || node(arguments).kind != PickleKind::Tuple)
            return refused("the pickle calls a " + std::string(pickleKindName(function.kind)));
        if (function.text == kOrderedDict && node(arguments).items.empty())
            return pushKind(PickleKind::Dict);
        if (function.text == kRebuildTensor)
            return rebuildTensor(node(arguments).items);
        return refused("the pickle calls " + std::string(function.text) + " in a way that is not allowed");
    }

    Result<void> rebuildTensor(const std::vector<PickleIndex>& arguments)
    {
        constexpr std::array kinds{PickleKind::Storage, PickleKind::Integer, PickleKind::Tuple,
                                   PickleKind::Tuple,   PickleKind::Boolean, PickleKind::Dict};
        const bool matches = arguments.size() == kinds.size() &&
                             std::ranges::equal(arguments, kinds, {}, [this](PickleIndex i) { return node(i).kind; });
        if (!matches || !node(arguments.back()).items.empty())
            return refused("the pickle has a tensor that is more than its numbers");
        return push({PickleKind::Tensor, 0, 0, {}, {arguments.begin(), arguments.begin() + 4}});
    }

    /// Only the attribute `_metadata` of a state dictionary, which says nothing that we need.
    Result<void> build()
    {
        PS_TRY(const PickleIndex state, pop());
        PS_TRY(const PickleIndex target, top());
        const PickleNode& attributes = node(state);
        if (node(target).kind != PickleKind::Dict || attributes.kind != PickleKind::Dict)
            return refused("the pickle sets the state of a " + std::string(pickleKindName(node(target).kind)));
        for (std::size_t i = 0; i < attributes.items.size(); i += 2) {
            const PickleNode& key = node(attributes.items[i]);
            if (key.kind != PickleKind::Text || key.text != "_metadata")
                return refused("the pickle sets the attribute " + displayText(key.text.substr(0, 100)));
        }
        return {};
    }

    /// ('storage', FloatStorage, key, location, number of elements)
    Result<void> persistent()
    {
        PS_TRY(const PickleIndex id, pop());
        const auto items = node(id).items; // a copy: push() moves the nodes
        constexpr std::array kinds{PickleKind::Text, PickleKind::Global, PickleKind::Text, PickleKind::Text,
                                   PickleKind::Integer};
        const bool matches = node(id).kind == PickleKind::Tuple && items.size() == kinds.size() &&
                             std::ranges::equal(items, kinds, {}, [this](PickleIndex i) { return node(i).kind; });
        if (!matches || node(items[0]).text != "storage" || node(items[1]).text != kFloatStorage)
            return refused("the pickle refers to something other than a storage of floats");
        const std::string_view key = node(items[2]).text;
        const std::int64_t count = node(items[4]).integer;
        return push({PickleKind::Storage, count, 0, key, {}});
    }

    Result<void> stop()
    {
        PS_TRY(m_pickle.root, pop());
        if (!m_stack.empty())
            return corrupt("leaves something behind");
        m_isDone = true;
        return {};
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    Pickle m_pickle;
    std::vector<PickleIndex> m_stack;
    std::map<std::uint32_t, PickleIndex> m_memo;
    bool m_isDone = false;
};

} // namespace

std::string_view pickleKindName(PickleKind kind)
{
    constexpr std::array<std::string_view, 12> names{"mark",  "None", "bool", "int",    "float",   "str",
                                                     "tuple", "list", "dict", "global", "storage", "tensor"};
    return names[static_cast<std::size_t>(kind)];
}

const PickleNode* Pickle::find(const PickleNode& dict, std::string_view key) const
{
    for (std::size_t i = dict.items.size(); i >= 2; i -= 2) {
        const PickleNode& candidate = at(dict.items[i - 2]);
        if (candidate.kind == PickleKind::Text && candidate.text == key)
            return &at(dict.items[i - 1]);
    }
    return nullptr;
}

Result<Pickle> readPickle(std::string_view bytes)
{
    if (bytes.size() > kMaxPickleBytes)
        return Error{
            ErrorCode::TooLarge, "the pickle has more than " + std::to_string(kMaxPickleBytes) + " bytes", {}, 0};
    return PickleReader(bytes).read();
}

} // namespace ps
