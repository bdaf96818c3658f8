// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/library/catalogue.h"
#include "ui/common/picture.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <vector>

namespace ps {

/// One property of the candidates of a group: a value for each, "" where it is not known or does not apply.
struct CandidateFact {
    QString name;
    QStringList values;
    bool operator==(const CandidateFact&) const = default;

    /// False when all values are equal; two that are not known are equal.
    bool differs() const { return values.count(values.value(0)) != values.size(); }
};

/// What files and pictures say of themselves, in people's words.
class CandidateFacts
{
public:
    /// `pictures` has an entry for each image, null while it is not decoded.
    CandidateFacts(const std::vector<GroupImage>& images, std::vector<const Picture*> pictures);

    /// Every property that at least one of them has.
    QList<CandidateFact> all() const;
    /// Those in which the candidates differ.
    QList<CandidateFact> differing() const;
    /// Short words for what makes it hard to compare this candidate with the others fairly: another profile, depth, alpha
    /// or size. Empty when they agree.
    QStringList badges(int index) const;

private:
    QStringList values(int property) const;
    bool differs(int property) const;
    QList<CandidateFact> facts(const std::function<bool(int property)>& isWanted) const;

    const std::vector<GroupImage>& m_images;
    std::vector<const Picture*> m_pictures;
};

} // namespace ps
