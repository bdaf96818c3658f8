// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/split_leaks.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace ps {

namespace {

constexpr std::size_t kMostLeaks = 100;
constexpr std::uint32_t kNone = 0xffffffff;

/// The images and links of one component with more than one side. Images are numbered by name, so that the chain that is
/// found does not depend on the order in which they were added.
class LeakingComponent
{
public:
    struct Image {
        std::string name;
        std::uint32_t number = 0;
        std::optional<ReleaseSide> side;
        std::vector<std::uint32_t> links;
    };
    struct Link {
        LinkKind kind = LinkKind::Group;
        std::vector<std::uint32_t> images;
    };

    void add(std::uint32_t number, std::string name, std::optional<ReleaseSide> side)
    {
        m_images.push_back({std::move(name), number, side, {}});
    }

    void orderByName()
    {
        std::ranges::stable_sort(m_images, {}, &Image::name);
        for (std::uint32_t i = 0; i < m_images.size(); ++i)
            m_places[m_images[i].number] = i;
    }

    /// Links come in the order of their kinds and values, `isNew` with the first image of each.
    void addLink(LinkKind kind, std::uint32_t number, bool isNew)
    {
        if (isNew || m_links.empty())
            m_links.push_back({kind, {}});
        const std::uint32_t place = m_places.at(number);
        m_links.back().images.push_back(place);
        m_images[place].links.push_back(static_cast<std::uint32_t>(m_links.size() - 1));
    }

    void finishLinks()
    {
        for (Link& link : m_links)
            std::ranges::sort(link.images);
    }

    bool has(ReleaseSide side) const
    {
        return std::ranges::any_of(m_images, [&](const Image& image) { return image.side == side; });
    }

    /// Breadth first from all images of one side to the nearest of the other.
    std::optional<SplitLeak> shortest(ReleaseSide from, ReleaseSide to) const
    {
        std::vector<std::uint32_t> cameFrom(m_images.size(), kNone);
        std::vector<std::uint32_t> cameBy(m_images.size(), kNone);
        std::vector<bool> isLinkUsed(m_links.size());
        std::vector<std::uint32_t> queue;
        for (std::uint32_t i = 0; i < m_images.size(); ++i) {
            if (m_images[i].side == from) {
                cameFrom[i] = i;
                queue.push_back(i);
            }
        }
        for (std::size_t next = 0; next < queue.size(); ++next) {
            const std::uint32_t at = queue[next];
            for (const std::uint32_t link : m_images[at].links) {
                if (isLinkUsed[link])
                    continue;
                isLinkUsed[link] = true;
                for (const std::uint32_t other : m_links[link].images) {
                    if (cameFrom[other] != kNone)
                        continue;
                    cameFrom[other] = at;
                    cameBy[other] = link;
                    if (m_images[other].side == to)
                        return chainTo(other, cameFrom, cameBy);
                    queue.push_back(other);
                }
            }
        }
        return std::nullopt;
    }

private:
    SplitLeak chainTo(std::uint32_t end, const std::vector<std::uint32_t>& cameFrom,
                      const std::vector<std::uint32_t>& cameBy) const
    {
        SplitLeak leak;
        leak.secondName = m_images[end].name;
        leak.secondSide = *m_images[end].side;
        std::uint32_t at = end;
        while (cameFrom[at] != at) {
            leak.chain.push_back({m_images[cameFrom[at]].name, m_links[cameBy[at]].kind, m_images[at].name});
            at = cameFrom[at];
        }
        std::ranges::reverse(leak.chain);
        leak.firstName = m_images[at].name;
        leak.firstSide = *m_images[at].side;
        return leak;
    }

    std::vector<Image> m_images;
    std::vector<Link> m_links;
    std::unordered_map<std::uint32_t, std::uint32_t> m_places;
};

using Components = std::map<std::uint32_t, LeakingComponent>;

Result<void> readLinks(ExternalSorter& links, Components& components, const std::function<bool(std::uint32_t)>& leaks,
                       const std::function<std::uint32_t(std::uint32_t)>& rootOf)
{
    PS_TRY(ExternalSorter::Cursor cursor, links.sorted());
    std::string last;
    bool hasLast = false;
    for (;;) {
        PS_TRY(const bool hasLink, cursor.next());
        if (!hasLink)
            return {};
        const auto image = static_cast<std::uint32_t>(RecordReader(cursor.payload()).number());
        if (!leaks(image))
            continue;
        const bool isNew = !hasLast || cursor.key() != last;
        if (isNew)
            last = cursor.key();
        hasLast = true;
        components[rootOf(image)].addLink(static_cast<LinkKind>(cursor.key().front()), image, isNew);
    }
}

} // namespace

std::vector<bool> makeMembership(std::span<const std::uint32_t> numbers, std::size_t count)
{
    std::vector<bool> isIn(count);
    for (const std::uint32_t number : numbers)
        isIn[number] = true;
    return isIn;
}

Result<std::vector<SplitLeak>> findLeaks(ExternalSorter& links, ExternalSorter& names,
                                         const std::function<bool(std::uint32_t)>& leaks,
                                         const std::function<std::optional<ReleaseSide>(std::uint32_t)>& sideOf,
                                         const std::function<std::uint32_t(std::uint32_t)>& rootOf)
{
    Components components;
    PS_TRY(ExternalSorter::Cursor cursor, names.sorted());
    for (std::uint32_t image = 0;; ++image) {
        PS_TRY(const bool hasName, cursor.next());
        if (!hasName)
            break;
        if (leaks(image))
            components[rootOf(image)].add(image, std::string(cursor.payload()), sideOf(image));
    }
    for (auto& [root, component] : components)
        component.orderByName();
    PS_TRY_VOID(readLinks(links, components, leaks, rootOf));
    std::vector<SplitLeak> found;
    for (auto& [root, component] : components) {
        component.finishLinks();
        for (std::size_t a = 0; a < kReleaseSideCount; ++a) {
            for (std::size_t b = a + 1; b < kReleaseSideCount; ++b) {
                if (auto leak = component.shortest(static_cast<ReleaseSide>(a), static_cast<ReleaseSide>(b)))
                    found.push_back(*std::move(leak));
            }
        }
    }
    std::ranges::sort(found, {}, [](const SplitLeak& leak) { return std::pair(leak.firstName, leak.secondName); });
    if (found.size() > kMostLeaks)
        found.resize(kMostLeaks);
    return found;
}

std::string leakText(const SplitLeak& leak)
{
    std::string text = displayText(leak.firstName) + " (" + std::string(sideName(leak.firstSide)) + ")";
    for (const ChainLink& link : leak.chain)
        text += " -[" + std::string(linkKindName(link.kind)) + "]- " + displayText(link.toName);
    return text + " (" + std::string(sideName(leak.secondSide)) + ")";
}

} // namespace ps
