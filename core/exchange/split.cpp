// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/split.h"

#include "core/base/external_sort.h"
#include "core/base/text.h"
#include "core/exchange/split_leaks.h"

#include <algorithm>
#include <limits>
#include <map>

namespace ps {

namespace {

constexpr std::uint32_t kMostImages = std::uint32_t{1} << 31;
constexpr std::uint8_t kNoSide = 0xff;
constexpr std::uint32_t kUncounted = std::uint32_t{1} << 31; ///< a bit beside the number of the stratum
constexpr std::size_t kNameMemoryBytes = 8 << 20;

/// FNV-1a over the bytes, then the finaliser of splitmix64 over that and the seed: the same on every machine.
std::uint64_t dealOrder(std::uint64_t seed, std::string_view key)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : key)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    hash ^= seed * 0x9e3779b97f4a7c15ULL + 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31);
}

/// One connected component that is dealt as a whole.
struct Component {
    std::uint32_t root = 0;
    std::uint32_t imageCount = 0;
    std::uint32_t stratum = 0; ///< of the image that comes first in the deal, as a rank by name
    std::uint64_t order = std::numeric_limits<std::uint64_t>::max();
    std::uint8_t side = kNoSide;
};

/// Deals components out stratum by stratum. What rounding leaves over in one stratum is made up for in the next.
class Dealer
{
public:
    explicit Dealer(const SplitShares& shares) : m_shares(shares.share) {}

    /// `components` are those of one stratum; the published ones have their side.
    void deal(std::span<Component> components)
    {
        double total = 0;
        std::array<double, kReleaseSideCount> missing = m_carried;
        for (const Component& component : components)
            total += component.imageCount;
        for (std::size_t side = 0; side < kReleaseSideCount; ++side)
            missing.at(side) += m_shares.at(side) * total;
        for (const Component& component : components) {
            if (component.side != kNoSide)
                missing.at(component.side) -= component.imageCount;
        }
        for (Component& component : components) {
            if (component.side != kNoSide)
                continue;
            component.side = sideThatMissesMost(missing);
            missing.at(component.side) -= component.imageCount;
        }
        m_carried = missing;
    }

private:
    std::uint8_t sideThatMissesMost(const std::array<double, kReleaseSideCount>& missing) const
    {
        std::size_t best = kReleaseSideCount;
        for (std::size_t side = 0; side < kReleaseSideCount; ++side) {
            const bool isWanted = m_shares.at(side) > 0;
            if (isWanted && (best == kReleaseSideCount || missing.at(side) > missing.at(best)))
                best = side;
        }
        return static_cast<std::uint8_t>(best == kReleaseSideCount ? 0 : best);
    }

    std::array<double, kReleaseSideCount> m_shares;
    std::array<double, kReleaseSideCount> m_carried{};
};

} // namespace

std::string_view linkKindName(LinkKind kind)
{
    switch (kind) {
    case LinkKind::Group: return "group";
    case LinkKind::Content: return "same bytes";
    case LinkKind::NearDuplicate: return "near duplicate";
    case LinkKind::Companion: return "companion";
    case LinkKind::Source: return "source";
    }
    return "";
}

struct SplitMaker::State {
    State(SplitShares wantedShares, std::uint64_t wantedSeed, const std::string& scratchFolder)
        : shares(wantedShares), seed(wantedSeed), links(scratchFolder), names(scratchFolder, kNameMemoryBytes)
    {
    }

    std::uint32_t rootOf(std::uint32_t image)
    {
        while (parents[image] != image) {
            parents[image] = parents[parents[image]];
            image = parents[image];
        }
        return image;
    }

    void join(std::uint32_t a, std::uint32_t b)
    {
        const std::uint32_t first = rootOf(a);
        const std::uint32_t second = rootOf(b);
        parents[std::max(first, second)] = std::min(first, second);
    }

    Result<void> joinLinked();
    std::vector<std::uint32_t> rankStrata() const;
    std::vector<Component> collectComponents(std::vector<std::uint32_t>& leaking);

    SplitShares shares;
    std::uint64_t seed;
    ExternalSorter links; ///< kind and value -> image
    ExternalSorter names; ///< image -> name; read only when there is a leak
    std::vector<std::uint32_t> parents;
    std::vector<std::uint64_t> orders;
    std::vector<std::uint8_t> published;
    std::vector<std::uint32_t> strata;
    std::map<std::string, std::uint32_t, std::less<>> stratumNumbers;
};

SplitMaker::SplitMaker(SplitShares shares, std::uint64_t seed, std::string scratchFolder)
    : m_state(std::make_unique<State>(shares, seed, scratchFolder))
{
}

SplitMaker::~SplitMaker() = default;

Result<std::uint32_t> SplitMaker::addImage(std::string_view key, std::string_view name, std::string_view stratum,
                                           std::optional<ReleaseSide> published, bool isCounted)
{
    State& state = *m_state;
    if (state.parents.size() >= kMostImages)
        return Error{ErrorCode::TooLarge, "a split takes at most 2147483648 images", displayText(name), 0};
    const auto number = static_cast<std::uint32_t>(state.parents.size());
    std::string ordered;
    appendOrdered(ordered, std::uint64_t{number});
    PS_TRY_VOID(state.names.add(ordered, name));
    auto known = state.stratumNumbers.find(stratum);
    if (known == state.stratumNumbers.end())
        known = state.stratumNumbers
                    .emplace(std::string(stratum), static_cast<std::uint32_t>(state.stratumNumbers.size()))
                    .first;
    state.parents.push_back(number);
    state.orders.push_back(dealOrder(state.seed, key));
    state.strata.push_back(isCounted ? known->second : known->second | kUncounted);
    state.published.push_back(published ? static_cast<std::uint8_t>(*published) : kNoSide);
    return number;
}

Result<void> SplitMaker::addLink(std::uint32_t image, LinkKind kind, std::string_view value)
{
    if (image >= m_state->parents.size())
        return Error{ErrorCode::Internal, "a link of an image that was not added", displayText(value), 0};
    std::string key(1, static_cast<char>(kind));
    key += value;
    return m_state->links.add(key, RecordWriter().number(image).bytes());
}

Result<void> SplitMaker::State::joinLinked()
{
    PS_TRY(ExternalSorter::Cursor cursor, links.sorted());
    std::string value;
    std::optional<std::uint32_t> first;
    for (;;) {
        PS_TRY(const bool hasLink, cursor.next());
        if (!hasLink)
            return {};
        const auto image = static_cast<std::uint32_t>(RecordReader(cursor.payload()).number());
        if (first && cursor.key() == value) {
            join(*first, image);
        } else {
            value = cursor.key();
            first = image;
        }
    }
}

/// Stratum numbers are in the order in which they came; ranks are by name, so that the order of adding does not matter.
std::vector<std::uint32_t> SplitMaker::State::rankStrata() const
{
    std::vector<std::uint32_t> ranks(stratumNumbers.size());
    std::uint32_t rank = 0;
    for (const auto& [name, number] : stratumNumbers)
        ranks[number] = rank++;
    return ranks;
}

/// The components in the order in which they are dealt; `leaking` receives the roots of those with two published sides.
std::vector<Component> SplitMaker::State::collectComponents(std::vector<std::uint32_t>& leaking)
{
    const std::vector<std::uint32_t> ranks = rankStrata();
    std::vector<std::uint32_t> places(parents.size());
    std::vector<Component> components;
    for (std::uint32_t image = 0; image < parents.size(); ++image) {
        const std::uint32_t root = rootOf(image); // never above the image: its component is there already
        if (root == image) {
            places[image] = static_cast<std::uint32_t>(components.size());
            components.push_back({.root = root});
        }
        Component& component = components[places[root]];
        component.imageCount += (strata[image] & kUncounted) == 0 ? 1U : 0U;
        const std::uint32_t rank = ranks[strata[image] & ~kUncounted];
        // What is not dealt has no say in the order either.
        const std::uint64_t order = (strata[image] & kUncounted) == 0 ? orders[image]
                                                                      : std::numeric_limits<std::uint64_t>::max();
        if (root == image || std::pair(order, rank) < std::pair(component.order, component.stratum)) {
            component.order = order;
            component.stratum = rank;
        }
        if (published[image] == kNoSide)
            continue;
        if (component.side != kNoSide && component.side != published[image])
            leaking.push_back(root);
        component.side = published[image];
    }
    // The large ones first, while there is room on every side.
    std::ranges::sort(components, [](const Component& a, const Component& b) {
        return std::tuple(a.stratum, b.imageCount, a.order) < std::tuple(b.stratum, a.imageCount, b.order);
    });
    return components;
}

Result<SplitMaker::Sides> SplitMaker::make()
{
    State& state = *m_state;
    PS_TRY_VOID(state.joinLinked());
    std::vector<std::uint32_t> leaking;
    std::vector<Component> components = state.collectComponents(leaking);
    Sides sides;
    sides.componentCount = std::ssize(components);
    Dealer dealer(state.shares);
    for (std::size_t first = 0; first < components.size();) {
        std::size_t end = first;
        while (end < components.size() && components[end].stratum == components[first].stratum)
            ++end;
        dealer.deal(std::span(components).subspan(first, end - first));
        first = end;
    }
    std::vector<ReleaseSide> ofRoot(state.parents.size());
    for (const Component& component : components)
        ofRoot[component.root] = static_cast<ReleaseSide>(component.side);
    // A root is never behind its images, so the sides can be handed on in place.
    for (std::uint32_t image = 0; image < ofRoot.size(); ++image)
        ofRoot[image] = ofRoot[state.rootOf(image)];
    sides.ofImage = std::move(ofRoot);
    if (!leaking.empty()) {
        const auto isLeaking = makeMembership(leaking, state.parents.size());
        const auto leaks = [&](std::uint32_t image) { return isLeaking[state.rootOf(image)]; };
        const auto sideOf = [&](std::uint32_t image) -> std::optional<ReleaseSide> {
            return state.published[image] == kNoSide ? std::nullopt
                                                     : std::optional(static_cast<ReleaseSide>(state.published[image]));
        };
        PS_TRY(sides.leaks, findLeaks(state.links, state.names, leaks, sideOf,
                                      [&](std::uint32_t image) { return state.rootOf(image); }));
    }
    return sides;
}

} // namespace ps
