// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure_ui.h"

#include "tests/bench/bare_disk.h"
#include "tests/bench/observation.h"
#include "tests/bench/sample_names.h"
#include "tests/bench/ui_driver.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <QImageReader>
#include <QPainter>

namespace ps::bench {

namespace {

constexpr std::int64_t kBlock = 50; ///< keys, then the baselines

/// What showing four photographs costs without this program: with nothing ready, and with everything ready.
class BarePictures
{
public:
    BarePictures(const UiProject& project, LightTable& table)
        : m_paths(project.photographPaths()), m_screen(table.size(), QImage::Format_RGB32),
          m_box(table.shownSize(0).toSize())
    {
    }

    void decodeAndPaint()
    {
        const Stopwatch watch;
        m_ready.clear();
        for (std::size_t i = 0; i < 4; ++i) {
            QImageReader reader(QString::fromStdString(m_paths[(m_next++) % m_paths.size()]));
            m_ready.push_back(reader.read()
                                  .convertToFormat(QImage::Format_RGB32)
                                  .scaled(m_box, Qt::KeepAspectRatio, Qt::SmoothTransformation));
        }
        paintAll();
        decoded.add(watch.wallMs());
    }

    void paint()
    {
        const Stopwatch watch;
        paintAll();
        painted.add(watch.wallMs());
    }

    Series decoded;
    Series painted;

private:
    void paintAll()
    {
        QPainter painter(&m_screen);
        painter.fillRect(m_screen.rect(), Qt::black);
        int x = 0;
        for (const QImage& image : m_ready) {
            painter.drawImage(x, 0, image);
            x += image.width();
        }
    }

    std::vector<std::string> m_paths;
    QImage m_screen;
    QSize m_box;
    std::vector<QImage> m_ready;
    std::size_t m_next = 0;
};

void addShares(Observation& seen, const std::string& name, const Series& series,
               const std::vector<std::string>& against, bool isBaseline = false)
{
    for (const auto& [suffix, share] : {std::pair<std::string, double>{"_p50", 0.5}, {"_p95", 0.95}, {"_p99", 0.99}}) {
        std::vector<std::string> names;
        for (const std::string& baseline : against)
            names.push_back(baseline + suffix);
        auto& list = isBaseline ? seen.baselines : seen.figures;
        list.push_back({name + suffix, "ms", series.quantile(share), {}, names});
    }
}

Result<std::unique_ptr<UiDriver>> openFresh(const UiProject& project)
{
    PS_TRY_VOID(project.reset());
    return UiDriver::open(project);
}

} // namespace

Result<Observation> measureUiKeys(const Settings& settings)
{
    const UiProject project = UiProject::large(settings);
    PS_TRY(const auto driver, openFresh(project));
    return measureKeys(*driver, project, settings);
}

Result<Observation> measureKeys(UiDriver& driver, const UiProject& project, const Settings& settings)
{
    PS_TRY(BareWrites disk, BareWrites::create(joinPath(project.homePath(), "bare"), BareWrites::Kind::Append));
    BarePictures bare(project, driver.window().review().lightTable());
    Series painted;
    Series paintedCpu;
    Series paint;
    Series paintCpu;
    Series durable;
    const Stopwatch watch;
    for (std::int64_t key = 0; key < settings.keys; ++key) {
        const Qt::Key keep = key % 10 == 9 ? Qt::Key_X : key % 2 == 0 ? Qt::Key_1 : Qt::Key_3;
        PS_TRY(const UiDriver::Times times, driver.press(keep, key + 1, true));
        painted.add(times.paintedMs);
        paintedCpu.add(times.paintedCpuMs);
        paint.add(times.paint.wallMs);
        paintCpu.add(times.paint.cpuMs);
        durable.add(times.durableMs);
        PS_TRY_VOID(driver.settle());
        if (key % kBlock == 0) {
            bare.decodeAndPaint();
            PS_TRY_VOID(disk.write(kBlock));
        }
        bare.paint();
    }
    Observation seen;
    seen.memory = memoryUse();
    addShares(seen, "painted", painted, {"bare_decode_scale_paint", "bare_paint"});
    addShares(seen, "paint_alone", paint, {"bare_paint"});
    addShares(seen, "painted_cpu", paintedCpu, {"bare_paint"});
    addShares(seen, "paint_alone_cpu", paintCpu, {"bare_paint"});
    addShares(seen, "durable", durable, {"bare_fdatasync"});
    addShares(seen, "bare_decode_scale_paint", bare.decoded, {}, true);
    addShares(seen, "bare_paint", bare.painted, {}, true);
    addShares(seen, "bare_fdatasync", disk.timesMs(), {}, true);
    const LightTable& table = driver.window().review().lightTable();
    seen.facts = Json::object({{"keys", settings.keys},
                               {"platform", QGuiApplication::platformName().toStdString()},
                               {"light_table", std::to_string(table.width()) + "x" + std::to_string(table.height())},
                               {"cpu_ms_per_key", watch.cpuMs() / static_cast<double>(settings.keys)},
                               {"picture_bytes", static_cast<std::int64_t>(driver.window().pictures().keptBytes())}});
    return seen;
}

Result<Observation> measureUiFirstGroup(const Settings& settings)
{
    const UiProject project = UiProject::large(settings);
    PS_TRY(const auto driver, openFresh(project));
    BarePictures bare(project, driver->window().review().lightTable());
    constexpr std::int64_t kJumps = 50;
    const std::int64_t jumps = std::min(kJumps, settings.keys / 2);
    Series painted;
    for (std::int64_t i = 0; i < jumps; ++i) {
        // Far from what was read ahead, there and back again.
        const std::int64_t half = project.groupCount() / 2;
        const std::int64_t target = i % 2 == 0 ? half + i * 19 % (half - 40) + 20 : i * 23 % (half - 40);
        for (const std::string& path : project.photographPaths())
            PS_TRY_VOID(dropFromPageCache(path));
        PS_TRY(const UiDriver::Times times, driver->jump(target));
        painted.add(times.paintedMs);
        PS_TRY_VOID(driver->settle());
        for (const std::string& path : project.photographPaths())
            PS_TRY_VOID(dropFromPageCache(path));
        bare.decodeAndPaint();
    }
    Observation seen;
    seen.memory = memoryUse();
    addShares(seen, "sharp", painted, {"bare_decode_scale_paint"});
    addShares(seen, "bare_decode_scale_paint", bare.decoded, {}, true);
    seen.facts = Json::object({{"jumps", jumps}, {"platform", QGuiApplication::platformName().toStdString()}});
    return seen;
}

Result<Observation> measureUiMemory(const Settings& settings)
{
    const UiProject project = UiProject::small(settings);
    PS_TRY(const auto driver, openFresh(project));
    PictureLoader& pictures = driver->window().pictures();
    pictures.setBudget(PictureLoader::kSmallestBudgetBytes);
    const std::int64_t last = project.groupCount() - 1;
    // Long enough that the pictures fill their budget.
    const std::int64_t warmUp = std::min<std::int64_t>(last, 1'000);
    std::int64_t warmKib = 0;
    std::int64_t farKib = 0;
    qsizetype mostBytes = 0;
    qsizetype mostPictures = 0;
    const Stopwatch watch;
    const auto visit = [&](Qt::Key key, std::int64_t target) -> Result<void> {
        PS_TRY_VOID(driver->press(key, target, false));
        PS_TRY_VOID(driver->settle());
        mostBytes = std::max(mostBytes, pictures.keptBytes());
        mostPictures = std::max(mostPictures, pictures.keptCount());
        if (target == warmUp && warmKib == 0)
            warmKib = memoryUse().currentKib;
        return {};
    };
    for (std::int64_t ordinal = 1; ordinal <= last; ++ordinal)
        PS_TRY_VOID(visit(Qt::Key_Right, ordinal));
    farKib = memoryUse().currentKib;
    for (std::int64_t ordinal = last - 1; ordinal >= 0; --ordinal)
        PS_TRY_VOID(visit(Qt::Key_Left, ordinal));
    Observation seen;
    seen.memory = memoryUse();
    constexpr double kKibPerMib = 1024;
    constexpr double kBytesPerMib = 1024.0 * 1024;
    const auto mib = [](std::int64_t kib) { return static_cast<double>(kib) / kKibPerMib; };
    seen.figures.push_back({"resident_at_the_end", "MiB", mib(farKib), {}, {"resident_after_warm_up"}});
    seen.figures.push_back(
        {"resident_back_at_the_start", "MiB", mib(seen.memory.currentKib), {}, {"resident_after_warm_up"}});
    seen.figures.push_back({"pictures_kept", "MiB", static_cast<double>(mostBytes) / kBytesPerMib, {}, {"budget"}});
    seen.baselines.push_back({"resident_after_warm_up", "MiB", mib(warmKib), {}, {}});
    seen.baselines.push_back({"budget", "MiB", static_cast<double>(pictures.budgetBytes()) / kBytesPerMib, {}, {}});
    seen.facts = Json::object({{"groups", project.groupCount()},
                               {"visits", 2 * last},
                               {"warm_up_groups", warmUp},
                               {"most_pictures_kept", static_cast<std::int64_t>(mostPictures)},
                               {"ms_per_visit", watch.wallMs() / static_cast<double>(2 * last)},
                               {"platform", QGuiApplication::platformName().toStdString()}});
    return seen;
}

} // namespace ps::bench
