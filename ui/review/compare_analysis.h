// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/difference.h"
#include "core/imaging/overlays.h"
#include "ui/common/task_lane.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>

#include <memory>
#include <optional>

namespace ps {

/// How one picture lies on another, and how much they differ.
struct Comparison {
    std::optional<Registration> registration; ///< nothing when they could not be aligned
    DifferenceMap map;                        ///< aligned, or else at equal fractions
};

/// What is worked out from decoded pictures beside the thread that paints: alignment, difference, sharp edges, lost detail,
/// tones. Each answer is there at once when it has been worked out before; otherwise nothing, and changed() follows.
/// Thread: UI.
class CompareAnalysis : public QObject
{
    Q_OBJECT

public:
    explicit CompareAnalysis(QObject* parent);

    std::shared_ptr<const Comparison> comparison(const QImage& reference, const QImage& other);
    /// The difference as a picture of the size of the reference.
    QImage heat(const QImage& reference, const QImage& other, double gain);
    QImage peaking(const QImage& image, const QColor& color);
    QImage clipping(const QImage& image, const QColor& blown, const QColor& blocked);
    std::shared_ptr<const Histogram> histogram(const QImage& image);

    /// Drops what was asked for and has not begun.
    void dropWaiting();

Q_SIGNALS:
    void changed();

private:
    enum class Kind { Comparison, Heat, Peaking, Clipping, Histogram };
    struct Key {
        Kind kind;
        qint64 image;
        qint64 other;
        quint64 variant; ///< gain or colours
        bool operator==(const Key&) const = default;
        friend std::size_t qHash(const Key& key, std::size_t seed = 0)
        {
            return qHashMulti(seed, static_cast<int>(key.kind), key.image, key.other, key.variant);
        }
    };
    struct Answer {
        std::shared_ptr<const Comparison> comparison;
        std::shared_ptr<const Histogram> histogram;
        QImage image;
    };

    /// What is known; when it is nothing, `work` is done on the lane.
    template <typename Work>
    const Answer* find(const Key& key, Work work);

    QCache<Key, Answer> m_answers; ///< by kilobytes
    QSet<Key> m_waiting;
    int m_generation = 0;
    TaskLane m_lane{TaskLane::AtEnd::Drop};
};

} // namespace ps
