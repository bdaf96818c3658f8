// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/checkpoint.h"

#include "core/base/text.h"
#include "core/inference/pickle_reader.h"
#include "core/inference/pickle_writer.h"
#include "core/inference/zip_store.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <span>

namespace ps {

static_assert(std::endian::native == std::endian::little, "storages are copied as they are");

namespace {

constexpr std::size_t kMaxCheckpointBytes = 64ULL << 20;
constexpr std::size_t kStorageAlignment = 64;
constexpr std::size_t kMaxDimensions = 8;
constexpr std::size_t kMaxTensors = 1024;

Error refused(std::string message)
{
    return {ErrorCode::Refused, std::move(message), {}, 0};
}

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, std::move(message), {}, 0};
}

std::string_view bytesOf(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)}; // NOLINT: bytes on purpose
}

/// 40 digits that depend on the names and the bytes of the entries, as PyTorch has them.
std::string serializationId(const std::vector<NamedTensor>& tensors, std::string_view pickle)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    const auto mix = [&hash](std::string_view bytes) {
        for (const char byte : bytes)
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    };
    const auto digits = [&hash] {
        const std::string text = std::to_string(hash);
        return std::string(20 - text.size(), '0') + text;
    };
    mix(pickle);
    std::string id = digits();
    for (const NamedTensor& tensor : tensors)
        mix(bytesOf(tensor.values));
    return id + digits();
}

/// The entries of a checkpoint by their names without the folder.
struct CheckpointEntries {
    std::map<std::string_view, std::string_view> byName;
    std::string_view pickle;
    const std::string_view* find(std::string_view name) const
    {
        const auto found = byName.find(name);
        return found == byName.end() ? nullptr : &found->second;
    }
};

/// Errors as readCheckpoint().
Result<CheckpointEntries> openCheckpoint(std::string_view bytes)
{
    if (startsWith(bytes, "\x80"))
        return refused("this is a bare pickle, which could run anything; only archives of torch.save are read");
    if (!startsWith(bytes, "PK"))
        return corrupt("this is no archive of torch.save");
    PS_TRY(const auto entries, readZipStore(bytes));
    if (entries.empty())
        return corrupt("the archive is empty");
    const std::string_view folder = entries.front().name.substr(0, entries.front().name.find('/'));
    CheckpointEntries checkpoint;
    for (const ZipStoreEntry& entry : entries) {
        if (entry.name.size() <= folder.size() || !startsWith(entry.name, folder) || entry.name[folder.size()] != '/')
            return refused("the archive has an entry outside its folder: " + displayText(entry.name));
        const std::string_view name = entry.name.substr(folder.size() + 1);
        if (name == "constants.pkl" || startsWith(name, "code/"))
            return refused("this is a TorchScript program; only state dictionaries are read");
        checkpoint.byName.emplace(name, entry.bytes);
    }
    const std::string_view* pickle = checkpoint.find("data.pkl");
    if (!pickle)
        return corrupt("the archive has no data.pkl");
    checkpoint.pickle = *pickle;
    if (const std::string_view* order = checkpoint.find("byteorder"); order && *order != "little")
        return Error{ErrorCode::Unsupported, "the numbers are not little-endian", {}, 0};
    return checkpoint;
}

struct Layout {
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
    std::int64_t offset = 0;
    std::int64_t count = 1;
};

/// The integers of a tuple, each between 0 and the largest number of floats that a checkpoint can hold.
Result<std::vector<std::int64_t>> dimensions(const Pickle& pickle, const PickleNode& tuple)
{
    constexpr auto kMost = static_cast<std::int64_t>(kMaxCheckpointBytes / sizeof(float));
    std::vector<std::int64_t> values;
    if (tuple.items.size() > kMaxDimensions)
        return Error{ErrorCode::TooLarge, "a tensor has more than 8 dimensions", {}, 0};
    for (const PickleIndex index : tuple.items) {
        const PickleNode& item = pickle.at(index);
        if (item.kind != PickleKind::Integer || item.integer < 0 || item.integer > kMost)
            return corrupt("a tensor has a dimension that is no possible number");
        values.push_back(item.integer);
    }
    return values;
}

Result<Layout> layoutOf(const Pickle& pickle, const PickleNode& tensor, std::int64_t storageSize)
{
    Layout layout;
    PS_TRY(layout.shape, dimensions(pickle, pickle.at(tensor.items[2])));
    PS_TRY(layout.strides, dimensions(pickle, pickle.at(tensor.items[3])));
    layout.offset = pickle.at(tensor.items[1]).integer;
    if (layout.strides.size() != layout.shape.size())
        return corrupt("a tensor has not as many strides as dimensions");
    std::int64_t last = layout.offset;
    for (std::size_t i = 0; i < layout.shape.size(); ++i) {
        layout.count *= layout.shape[i];
        if (layout.count > storageSize)
            return corrupt("a tensor is larger than its storage");
        last += layout.shape[i] == 0 ? 0 : (layout.shape[i] - 1) * layout.strides[i];
        if (layout.offset < 0 || last >= storageSize)
            return corrupt("a tensor reaches beyond its storage");
    }
    if (layout.offset < 0 || last >= storageSize)
        return corrupt("a tensor reaches beyond its storage");
    return layout;
}

/// The values in row-major order, wherever they lie in the storage.
std::vector<float> gather(std::string_view storage, const Layout& layout)
{
    std::vector<float> values(static_cast<std::size_t>(layout.count));
    std::vector<std::int64_t> position(layout.shape.size(), 0);
    std::int64_t at = layout.offset;
    for (float& value : values) {
        std::memcpy(&value, storage.data() + static_cast<std::size_t>(at) * sizeof(float), sizeof(float));
        for (std::size_t i = position.size(); i-- > 0;) {
            at += layout.strides[i];
            if (++position[i] < layout.shape[i])
                break;
            at -= layout.strides[i] * layout.shape[i];
            position[i] = 0;
        }
    }
    return values;
}

Result<NamedTensor> readTensor(const CheckpointEntries& checkpoint, const Pickle& pickle, std::string_view name,
                               const PickleNode& node)
{
    const PickleNode& storage = pickle.at(node.items[0]);
    const std::string_view* bytes = checkpoint.find("data/" + std::string(storage.text));
    if (!bytes)
        return corrupt("the storage " + displayText(storage.text) + " is missing");
    const auto size = static_cast<std::int64_t>(bytes->size());
    if (storage.integer < 0 || size % static_cast<std::int64_t>(sizeof(float)) != 0 ||
        storage.integer != size / static_cast<std::int64_t>(sizeof(float)))
        return corrupt("the storage " + displayText(storage.text) + " has another size than it says");
    auto layout = layoutOf(pickle, node, storage.integer);
    if (!layout)
        return layout.error().in(displayText(name));
    return NamedTensor{std::string(name), layout->shape, gather(*bytes, *layout)};
}

/// The dictionary that holds the tensors. Errors: Refused.
Result<const PickleNode*> stateDictionary(const Pickle& pickle)
{
    const PickleNode& root = pickle.rootNode();
    if (root.kind != PickleKind::Dict)
        return refused("the file holds a " + std::string(pickleKindName(root.kind)) + " instead of a state dictionary");
    if (const PickleNode* state = pickle.find(root, "model_state_dict")) {
        if (state->kind != PickleKind::Dict)
            return refused("its model_state_dict is a " + std::string(pickleKindName(state->kind)));
        return state;
    }
    return &root;
}

} // namespace

std::string writeCheckpoint(std::string_view stem, const std::vector<NamedTensor>& tensors)
{
    const std::string folder = std::string(stem.empty() ? "archive" : stem) + "/";
    const std::string pickle = pickleOfTensors(tensors);
    ZipStoreWriter archive;
    archive.add(folder + "data.pkl", pickle, kStorageAlignment);
    archive.add(folder + ".format_version", "1", kStorageAlignment);
    archive.add(folder + ".storage_alignment", std::to_string(kStorageAlignment), kStorageAlignment);
    archive.add(folder + "byteorder", "little", kStorageAlignment);
    for (std::size_t i = 0; i < tensors.size(); ++i)
        archive.add(folder + "data/" + std::to_string(i), bytesOf(tensors[i].values), kStorageAlignment);
    archive.add(folder + "version", "3\n", kStorageAlignment);
    archive.add(folder + ".data/serialization_id", serializationId(tensors, pickle), kStorageAlignment);
    return archive.finish();
}

Result<std::vector<NamedTensor>> readCheckpoint(std::string_view bytes)
{
    if (bytes.size() > kMaxCheckpointBytes)
        return Error{ErrorCode::TooLarge, "the checkpoint has more than 64 MiB", {}, 0};
    PS_TRY(const CheckpointEntries checkpoint, openCheckpoint(bytes));
    PS_TRY(const Pickle pickle, readPickle(checkpoint.pickle));
    PS_TRY(const PickleNode* state, stateDictionary(pickle));
    if (state->items.size() > 2 * kMaxTensors)
        return Error{ErrorCode::TooLarge, "the state dictionary has more than 1024 entries", {}, 0};
    std::vector<NamedTensor> tensors;
    std::size_t total = 0;
    for (std::size_t i = 0; i < state->items.size(); i += 2) {
        const PickleNode& key = pickle.at(state->items[i]);
        const PickleNode& value = pickle.at(state->items[i + 1]);
        if (key.kind != PickleKind::Text || value.kind != PickleKind::Tensor)
            return refused(
                "the state dictionary holds a " + std::string(pickleKindName(value.kind)) + " under " +
                (key.kind == PickleKind::Text ? displayText(key.text.substr(0, 100)) : "a key that is no text"));
        if (std::ranges::any_of(tensors, [&](const NamedTensor& tensor) { return tensor.name == key.text; }))
            return corrupt("the state dictionary has two tensors of one name: " + displayText(key.text));
        PS_TRY(NamedTensor tensor, readTensor(checkpoint, pickle, key.text, value));
        total += tensor.values.size() * sizeof(float);
        if (total > kMaxCheckpointBytes) // several names may share one storage
            return Error{ErrorCode::TooLarge, "the tensors have more than 64 MiB", {}, 0};
        tensors.push_back(std::move(tensor));
    }
    if (tensors.empty())
        return corrupt("the state dictionary is empty");
    return tensors;
}

} // namespace ps
