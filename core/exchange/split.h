// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/export_request.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ps {

/// What ties an image to others: one kind of link and its value. Images with an equal link are on the same side.
enum class LinkKind : std::uint8_t { Group, Content, NearDuplicate, Companion, Source };
std::string_view linkKindName(LinkKind kind); ///< "group", "same bytes", "near duplicate", "companion", "source"

/// One step of a chain that ties two images together.
struct ChainLink {
    std::string fromName;
    LinkKind kind = LinkKind::Group;
    std::string toName;
};

/// Two images that were published on different sides and are tied together now.
struct SplitLeak {
    std::string firstName;
    ReleaseSide firstSide = ReleaseSide::Train;
    std::string secondName;
    ReleaseSide secondSide = ReleaseSide::Train;
    std::vector<ChainLink> chain; ///< the shortest, from the first to the second
};

/// Puts images on sides so that whatever hangs together stays together. Sides are those of connected components: what was
/// published keeps its side and takes its component along; the others are dealt out by seed and content, per stratum, as
/// close to the shares as components allow. The same images give the same sides in whatever order they are added.
/// Memory: some 20 bytes for each image; links go through a sorted temporary file.
class SplitMaker
{
public:
    /// `scratchFolder` takes the temporary files.
    SplitMaker(SplitShares shares, std::uint64_t seed, std::string scratchFolder);
    ~SplitMaker();
    SplitMaker(const SplitMaker&) = delete;
    SplitMaker& operator=(const SplitMaker&) = delete;

    /// Adds an image and returns its number, from 0. `key` is what it is called for life (its content hash), `name` is for
    /// people, `stratum` its class. One that is not counted only ties others together and to its published side.
    /// Errors: NoSpace, Io, TooLarge above 2^31 images.
    Result<std::uint32_t> addImage(std::string_view key, std::string_view name, std::string_view stratum,
                                   std::optional<ReleaseSide> published, bool isCounted = true);
    /// Images with an equal (kind, value) hang together.
    Result<void> addLink(std::uint32_t image, LinkKind kind, std::string_view value);

    struct Sides {
        std::vector<ReleaseSide> ofImage; ///< by number
        std::int64_t componentCount = 0;
        std::vector<SplitLeak> leaks; ///< the first 100; sides mean nothing when there is one
    };
    Result<Sides> make();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace ps
