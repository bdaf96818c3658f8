// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

#include "ui/common/error_text.h"
#include "ui/common/picture_loader.h"
#include "ui/common/program.h"

#include <QFileInfo>
#include <QSettings>

namespace ps {

namespace {

constexpr const char* kThemeNames[] = {"system", "dark", "light"};
constexpr const char* kMeasuresKey = "pictures/measure_in_background";
constexpr const char* kCacheKey = "pictures/thumbnail_cache_mib";
constexpr const char* kComputesKey = "suggestions/compute";
constexpr const char* kEmbedderKey = "suggestions/embedder";
constexpr const char* kPreprocessingKey = "suggestions/preprocessing";
constexpr int kLeastCacheMib = 16;

} // namespace

Preferences Preferences::load()
{
    const QSettings settings;
    Preferences preferences;
    const QString theme = settings.value(QStringLiteral("look/theme")).toString();
    for (const ThemeMode mode : {ThemeMode::System, ThemeMode::Dark, ThemeMode::Light}) {
        if (theme == QLatin1String(kThemeNames[static_cast<int>(mode)]))
            preferences.theme = mode;
    }
    preferences.language = settings.value(QStringLiteral("look/language")).toString();
    preferences.annotator = settings.value(QStringLiteral("annotator")).toString();
    preferences.pictureMemoryMib = settings.value(QStringLiteral("pictures/memory_mib")).toInt();
    preferences.measuresInBackground = settings.value(QLatin1String(kMeasuresKey), true).toBool();
    preferences.thumbnailCacheMib = qMax(
        kLeastCacheMib, settings.value(QLatin1String(kCacheKey), preferences.thumbnailCacheMib).toInt());
    preferences.computesSuggestions = settings.value(QLatin1String(kComputesKey), true).toBool();
    preferences.embedderPath = settings.value(QLatin1String(kEmbedderKey)).toString();
    if (settings.value(QLatin1String(kPreprocessingKey)).toString() == QLatin1String("imagenet"))
        preferences.embedderPreprocessing = QStringLiteral("imagenet");
    return preferences;
}

void Preferences::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("look/theme"), QLatin1String(kThemeNames[static_cast<int>(theme)]));
    settings.setValue(QStringLiteral("look/language"), language);
    settings.setValue(QStringLiteral("annotator"), annotator);
    settings.setValue(QStringLiteral("pictures/memory_mib"), pictureMemoryMib);
    settings.setValue(QLatin1String(kMeasuresKey), measuresInBackground);
    settings.setValue(QLatin1String(kCacheKey), thumbnailCacheMib);
    settings.setValue(QLatin1String(kComputesKey), computesSuggestions);
    settings.setValue(QLatin1String(kEmbedderKey), embedderPath);
    settings.setValue(QLatin1String(kPreprocessingKey), embedderPreprocessing);
}

qsizetype Preferences::pictureMemoryBytes() const
{
    constexpr qsizetype kMib = 1024 * 1024;
    if (pictureMemoryMib <= 0)
        return PictureLoader::defaultBudgetBytes();
    return qMax(pictureMemoryMib * kMib, PictureLoader::kSmallestBudgetBytes);
}

std::int64_t Preferences::thumbnailCacheBytes() const
{
    constexpr std::int64_t kMib = 1024 * 1024;
    return thumbnailCacheMib * kMib;
}

ModelSpec Preferences::embedder() const
{
    ModelSpec spec;
    if (embedderPath.isEmpty())
        return spec;
    const QFileInfo file(embedderPath);
    spec.name = localPath(file.completeBaseName());
    spec.path = localPath(file.absoluteFilePath());
    spec.engine = ModelEngine::OnnxRuntime;
    spec.preprocessing = embedderPreprocessing == QLatin1String("imagenet") ? Preprocessing::imageNet()
                                                                            : Preprocessing::clip();
    return spec;
}

QString Preferences::annotatorName() const
{
    if (!annotator.isEmpty())
        return annotator;
    return fromCore(loginName());
}

} // namespace ps
