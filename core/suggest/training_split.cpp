// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/training_split.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>

namespace ps {

namespace {

enum Part : std::uint8_t { Training, Validation, HoldOut, kPartCount };

/// 0 <= x < 1, the same for the same text on every machine.
double unitOf(const std::string& text)
{
    const std::string hex = sha256Hex("proofsheet split 1\n" + text);
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + 13, number, 16); // 52 bits
    return static_cast<double>(number) / static_cast<double>(1ULL << 52);
}

/// Sets of groups that share images.
class SharedImages
{
public:
    explicit SharedImages(const std::vector<LabelledGroup>& groups) : m_parents(groups.size())
    {
        std::iota(m_parents.begin(), m_parents.end(), std::size_t{0});
        std::map<std::string, std::size_t> firstOf;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            for (const Candidate& candidate : groups[i].group.candidates) {
                if (!candidate.embedding || candidate.embedding->sha256.empty())
                    continue;
                const auto [place, isNew] = firstOf.emplace(candidate.embedding->sha256, i);
                if (!isNew)
                    join(place->second, i);
            }
        }
    }

    /// The group that stands for the set.
    std::size_t root(std::size_t group)
    {
        while (m_parents[group] != group)
            group = m_parents[group] = m_parents[m_parents[group]];
        return group;
    }

private:
    void join(std::size_t a, std::size_t b)
    {
        const std::size_t first = root(a);
        const std::size_t second = root(b);
        m_parents[std::max(first, second)] = std::min(first, second);
    }

    std::vector<std::size_t> m_parents;
};

/// One set of groups that share images.
struct SharedSet {
    std::string smallestId;
    double unit = 0;
    Part part = Training;
    bool isFixed = false; ///< an earlier split or a project decides
};

class Splitter
{
public:
    Splitter(const std::vector<LabelledGroup>& groups, const SplitOptions& options) : m_options(options)
    {
        SharedImages shared(groups);
        std::map<std::size_t, std::size_t> places;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const auto [place, isNew] = places.emplace(shared.root(i), m_sets.size());
            if (isNew)
                m_sets.emplace_back();
            m_setOf.push_back(place->second);
            addTo(m_sets[place->second], groups[i].group);
        }
        for (SharedSet& set : m_sets) {
            set.unit = unitOf(set.smallestId);
            if (set.isFixed)
                continue;
            const double held = m_options.holdOutShare;
            set.part = set.unit < held ? HoldOut : set.unit < held + m_options.validationShare ? Validation : Training;
        }
        fill(HoldOut);
        fill(Validation);
    }

    Part partOf(std::size_t group) const { return m_sets[m_setOf[group]].part; }

private:
    void addTo(SharedSet& set, const CandidateGroup& group)
    {
        const std::string id = splitIdOf(group);
        if (set.smallestId.empty() || id < set.smallestId)
            set.smallestId = id;
        const auto wasIn = [&](const std::vector<std::string>& ids) { return std::ranges::binary_search(ids, id); };
        if (m_options.holdOutProjects.contains(group.projectId) || wasIn(m_options.previous.holdOut)) {
            set.part = HoldOut;
            set.isFixed = true;
        } else if (set.part != HoldOut && wasIn(m_options.previous.validation)) {
            set.part = Validation;
            set.isFixed = true;
        }
    }

    /// Small projects: the set that came nearest goes there when the part has none and training can spare it.
    void fill(Part part)
    {
        const auto isIn = [](Part wanted) { return [wanted](const SharedSet& set) { return set.part == wanted; }; };
        if (std::ranges::any_of(m_sets, isIn(part)) || std::ranges::count_if(m_sets, isIn(Training)) < 2)
            return;
        SharedSet* nearest = nullptr;
        for (SharedSet& set : m_sets) {
            if (set.part == Training && (!nearest || set.unit < nearest->unit))
                nearest = &set;
        }
        nearest->part = part;
    }

    const SplitOptions& m_options;
    std::vector<SharedSet> m_sets;
    std::vector<std::size_t> m_setOf;
};

std::vector<std::string> idsOf(const std::vector<LabelledGroup>& groups)
{
    std::vector<std::string> ids;
    for (const LabelledGroup& labelled : groups)
        ids.push_back(splitIdOf(labelled.group));
    std::ranges::sort(ids);
    return ids;
}

} // namespace

std::string splitIdOf(const CandidateGroup& group)
{
    return group.projectId + "/" + group.groupKey;
}

SplitIds TrainingSplit::ids() const
{
    return {idsOf(validation), idsOf(holdOut)};
}

TrainingSplit splitGroups(std::vector<LabelledGroup> groups, const SplitOptions& options)
{
    const Splitter splitter(groups, options);
    TrainingSplit split;
    const std::array<std::vector<LabelledGroup>*, kPartCount> parts{&split.training, &split.validation, &split.holdOut};
    for (std::size_t i = 0; i < groups.size(); ++i)
        parts[splitter.partOf(i)]->push_back(std::move(groups[i]));
    return split;
}

} // namespace ps
