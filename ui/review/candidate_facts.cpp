// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/candidate_facts.h"

#include "core/library/filename.h"
#include "ui/common/error_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace ps {

namespace {

struct Property {
    const char* name; ///< English
    QString (*ofFile)(const GroupImage&);
    QString (*ofPicture)(const ImageInfo&);
};

QString text(const char* english)
{
    return QCoreApplication::translate("CandidateFacts", english);
}

QString sizeText(const ImageInfo& info)
{
    return QStringLiteral("%1×%2").arg(info.size.width).arg(info.size.height);
}

QString compressionText(const ImageInfo& info)
{
    if (info.isLossless)
        return text(QT_TRANSLATE_NOOP("CandidateFacts", "lossless"));
    return info.estimatedQuality > 0 ? QStringLiteral("≈ %1").arg(info.estimatedQuality)
                                     : text(QT_TRANSLATE_NOOP("CandidateFacts", "lossy"));
}

QString channelsText(const ImageInfo& info)
{
    const int colours = info.channelCount - (info.hasAlpha ? 1 : 0);
    const QString name = colours == 1   ? text(QT_TRANSLATE_NOOP("CandidateFacts", "grey"))
                         : colours == 4 ? QStringLiteral("CMYK")
                                        : QStringLiteral("RGB");
    return info.hasAlpha ? name + QStringLiteral(" + α") : name;
}

QString dateText(const GroupImage& image)
{
    constexpr std::int64_t kNsPerMs = 1'000'000;
    if (image.identity.modifiedNs <= 0)
        return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(image.identity.modifiedNs / kNsPerMs),
                              QLocale::ShortFormat);
}

QString conversionsText(const ImageInfo& info)
{
    QStringList parts;
    for (const std::string& one : info.conversions)
        parts.append(fromCore(one));
    return parts.join(QStringLiteral(", "));
}

const std::array kProperties{
    Property{
        QT_TRANSLATE_NOOP("CandidateFacts", "Stage"),
        [](const GroupImage& image) { return image.stage > 0 ? fromCore(stageText(fileName(image.path))) : QString(); },
        nullptr},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Size"), nullptr, sizeText},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "File"),
             [](const GroupImage& image) {
                 return QLocale().formattedDataSize(image.identity.sizeBytes, 1, QLocale::DataSizeSIFormat);
             },
             nullptr},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Format"), nullptr,
             [](const ImageInfo& info) { return fromCore(formatName(info.format)); }},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Quality"), nullptr, compressionText},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Chroma"), nullptr,
             [](const ImageInfo& info) { return fromCore(info.chromaSubsampling); }},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Depth"), nullptr,
             [](const ImageInfo& info) {
                 return text(QT_TRANSLATE_NOOP("CandidateFacts", "%1 bit")).arg(info.bitsPerChannel);
             }},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Channels"), nullptr, channelsText},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Upright"), nullptr,
             [](const ImageInfo& info) {
                 return info.orientation != 1 ? text(QT_TRANSLATE_NOOP("CandidateFacts", "turned by EXIF"))
                                              : text(QT_TRANSLATE_NOOP("CandidateFacts", "as stored"));
             }},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Profile"), nullptr,
             [](const ImageInfo& info) {
                 return info.profileDescription.empty() ? text(QT_TRANSLATE_NOOP("CandidateFacts", "none"))
                                                        : fromCore(info.profileDescription);
             }},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Shown as"), nullptr, conversionsText},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Changed"), dateText, nullptr},
    Property{QT_TRANSLATE_NOOP("CandidateFacts", "Folder"),
             [](const GroupImage& image) { return fromCore(parentPath(image.currentPath)); }, nullptr},
};

} // namespace

CandidateFacts::CandidateFacts(const std::vector<GroupImage>& images, std::vector<const Picture*> pictures)
    : m_images(images), m_pictures(std::move(pictures))
{
    for (const Picture*& picture : m_pictures) {
        if (picture && picture->error)
            picture = nullptr;
    }
}

QStringList CandidateFacts::values(int property) const
{
    const Property& one = kProperties[static_cast<std::size_t>(property)];
    QStringList values;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        if (one.ofFile)
            values.append(one.ofFile(m_images[i]));
        else
            values.append(m_pictures[i] ? one.ofPicture(m_pictures[i]->info) : QString());
    }
    return values;
}

QList<CandidateFact> CandidateFacts::facts(const std::function<bool(int property)>& isWanted) const
{
    QList<CandidateFact> facts;
    for (int i = 0; i < static_cast<int>(kProperties.size()); ++i) {
        const CandidateFact fact{text(kProperties[static_cast<std::size_t>(i)].name), values(i)};
        if (fact.values.count(QString()) != fact.values.size() && isWanted(i))
            facts.append(fact);
    }
    return facts;
}

QList<CandidateFact> CandidateFacts::all() const
{
    return facts([](int) { return true; });
}

bool CandidateFacts::differs(int property) const
{
    const QStringList found = values(property);
    const bool isOfFile = kProperties[static_cast<std::size_t>(property)].ofFile != nullptr;
    QStringList known;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        // A picture that is still being decoded, or cannot be, says nothing: it must not make the others look different.
        if (isOfFile || m_pictures[i])
            known.append(found[static_cast<qsizetype>(i)]);
    }
    return known.count(known.value(0)) != known.size();
}

QList<CandidateFact> CandidateFacts::differing() const
{
    return facts([this](int property) { return differs(property); });
}

QStringList CandidateFacts::badges(int index) const
{
    const Picture* const own = m_pictures[static_cast<std::size_t>(index)];
    if (!own)
        return {};
    const auto differ = [&](auto value) {
        return std::ranges::any_of(
            m_pictures, [&](const Picture* other) { return other && value(other->info) != value(own->info); });
    };
    const ImageInfo& info = own->info;
    QStringList badges;
    int smallest = info.size.width;
    for (const Picture* other : m_pictures) {
        if (other)
            smallest = std::min(smallest, other->info.size.width);
    }
    const double enlarged = static_cast<double>(info.size.width) / smallest;
    if (enlarged > 1.01) // the others were smaller: what is more here may be invented
        badges.append(QStringLiteral("%1×").arg(
            QLocale().toString(enlarged, 'f', std::abs(enlarged - std::round(enlarged)) < 0.05 ? 0 : 1)));
    if (differ([](const ImageInfo& one) { return one.profileDescription; }))
        badges.append(info.profileDescription.empty() ? text(QT_TRANSLATE_NOOP("CandidateFacts", "no profile"))
                                                      : fromCore(info.profileDescription).left(16));
    if (differ([](const ImageInfo& one) { return one.bitsPerChannel; }))
        badges.append(text(QT_TRANSLATE_NOOP("CandidateFacts", "%1 bit")).arg(info.bitsPerChannel));
    if (info.hasAlpha && differ([](const ImageInfo& one) { return one.hasAlpha; }))
        badges.append(text(QT_TRANSLATE_NOOP("CandidateFacts", "alpha")));
    return badges;
}

} // namespace ps
