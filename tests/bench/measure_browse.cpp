// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A contact sheet of twenty million made-up rows under hands. Each tick is one event with the painting that it causes.
#include "tests/bench/observation.h"
#include "tests/bench/series.h"
#include "tests/support/seeded_random.h"
#include "tests/ui/fake_rows.h"
#include "ui/browse/contact_sheet.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

#include <functional>
#include <map>
#include <memory>

namespace ps::bench {

namespace {

constexpr std::int64_t kRows = 20'000'000;
constexpr QSize kView{1600, 1000};
constexpr int kTicks = 200;
constexpr int kQuickTicks = 12;
constexpr int kTurnsAfterTick = 3;
constexpr int kRestMs = 80; ///< longer than the sheet waits before it reads ahead
constexpr double kFrameMs = 16.0;
constexpr std::uint64_t kSeed = 20;

/// Pictures that are there at once, so that what is measured is the sheet and not a decoder.
class PaintedPictures : public PictureSource
{
public:
    JobId request(ImageSource, const PictureWish& wish, Done done) override
    {
        QImage& image = m_images[wish.key.box.width()];
        if (image.isNull()) {
            image = QImage(wish.key.box.width(), wish.key.box.height() * 3 / 4, QImage::Format_RGB32);
            image.fill(Qt::darkCyan);
        }
        Picture picture;
        picture.image = image;
        done(std::move(picture));
        return ++m_last;
    }
    void cancel(JobId) override {}
    void setPriority(JobId, Priority) override {}
    std::size_t parallelism() const override { return 1; }

private:
    std::map<int, QImage> m_images;
    JobId m_last = 0;
};

/// Wall time, and processor time of the window's thread.
struct Times {
    Series wall;
    Series cpu;

    void measure(const std::function<void()>& step)
    {
        const double cpuBefore = threadCpuMs();
        const Stopwatch watch;
        step();
        wall.add(watch.wallMs());
        cpu.add(threadCpuMs() - cpuBefore);
    }
};

class Scroller
{
public:
    Scroller(ContactSheet& sheet, int ticks, Observation& seen) : m_sheet(sheet), m_ticks(ticks), m_seen(seen) {}

    /// Does one kind of event again and again.
    void ticks(const std::string& name, const std::function<void(int tick)>& event)
    {
        Times times;
        for (int tick = 0; tick < m_ticks; ++tick) {
            times.measure([&] {
                event(tick);
                paint();
            });
            for (int turn = 0; turn < kTurnsAfterTick; ++turn)
                m_turns.measure([] { QCoreApplication::processEvents(); });
        }
        rest();
        addFigures(name, times);
    }

    /// Whatever came behind the ticks: pictures that arrived, those that were refined, reading ahead.
    void addTurns() { addFigures("turns_between", m_turns); }

    void wheel(int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        const QPointF place = m_sheet.viewport()->rect().center();
        QWheelEvent event(place, place, QPoint(), QPoint(0, delta), Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_sheet.viewport(), &event);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(&m_sheet, &event);
    }

private:
    /// What has become dirty, now and not in the next turn of the event loop.
    void paint() const
    {
        QEvent request(QEvent::UpdateRequest);
        QCoreApplication::sendEvent(&m_sheet, &request);
    }

    void rest()
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < kRestMs)
            m_turns.measure([] { QCoreApplication::processEvents(); });
    }

    void addFigures(const std::string& name, const Times& times)
    {
        m_seen.figures.push_back({name + "_p50", "ms", times.wall.quantile(0.5), {}, {"bare_paint", "frame"}});
        m_seen.figures.push_back({name + "_p99", "ms", times.wall.quantile(0.99), {}, {"bare_paint", "frame"}});
        m_seen.figures.push_back({name + "_cpu_p99", "ms", times.cpu.quantile(0.99), {}, {"bare_paint", "frame"}});
        m_seen.figures.push_back({name + "_cpu_max", "ms", times.cpu.largest(), {}, {"bare_paint", "frame"}});
    }

    ContactSheet& m_sheet;
    int m_ticks;
    Observation& m_seen;
    Times m_turns;
};

/// The least that a full view can cost: as many ready pixmaps of the size of a cell.
double barePaintMs(const SheetLayout& layout, int ticks)
{
    QPixmap cell(layout.sizes().cellWidth, layout.sizes().cellHeight);
    cell.fill(Qt::darkCyan);
    QPixmap screen(kView);
    Series times;
    for (int tick = 0; tick < ticks; ++tick) {
        const Stopwatch watch;
        QPainter painter(&screen);
        const PositionRange range = layout.positionsIn(0, kView.height());
        for (std::int64_t position = range.first; position < range.end; ++position) {
            const SheetLayout::Cell place = layout.cell(position);
            painter.drawPixmap(place.left, static_cast<int>(place.top), cell);
        }
        painter.end();
        times.add(watch.wallMs());
    }
    return times.median();
}

} // namespace

Result<Observation> measureScrolling(const Settings& settings)
{
    const Theme theme(*qApp);
    PictureLoader loader(std::make_unique<PaintedPictures>(), nullptr);
    loader.setBudget(PictureLoader::kSmallestBudgetBytes);
    PS_TRY(const Workspace workspace, Workspace::open(settings.folder));
    PS_TRY(ProjectFolders folders, ProjectFolders::open(workspace, settings.folder));
    loader.setFolders(std::move(folders));
    CellPictures pictures(loader, nullptr);
    test::FakeRows rows(kRows);
    SheetSelection selection;
    selection.reset(kRows, 0);
    ContactSheet sheet(rows, selection, &pictures, theme, nullptr);
    sheet.resize(kView);
    sheet.show();
    if (!QTest::qWaitForWindowExposed(&sheet))
        return Error{ErrorCode::Timeout, "the contact sheet was not shown", {}, 0};
    Observation seen;
    const int ticks = settings.isQuick ? kQuickTicks : kTicks;
    Scroller scroller(sheet, ticks, seen);
    QScrollBar& bar = *sheet.verticalScrollBar();
    test::SeededRandom random(kSeed);
    const double bareMs = barePaintMs(sheet.layoutOfCells(), ticks);
    scroller.ticks("wheel", [&](int) { scroller.wheel(-120); });
    scroller.ticks("wheel_back", [&](int) { scroller.wheel(120); });
    scroller.ticks("bar_drag", [&](int tick) { bar.setValue(bar.value() + 37 * tick); });
    scroller.ticks("jump", [&](int) { bar.setValue(static_cast<int>(random.between(0, bar.maximum()))); });
    scroller.ticks("key_down", [&](int) { scroller.press(Qt::Key_Down); });
    scroller.ticks("page_select", [&](int) { scroller.press(Qt::Key_PageDown, Qt::ShiftModifier); });
    selection.selectAll();
    scroller.ticks("wheel_all_selected", [&](int) { scroller.wheel(-120); });
    scroller.ticks("zoom", [&](int tick) { scroller.wheel(tick / 10 % 2 == 0 ? 120 : -120, Qt::ControlModifier); });
    scroller.ticks("resize", [&](int tick) { sheet.resize(kView - QSize(tick % 200, 0)); });
    sheet.setCellSize(ContactSheet::kSmallestCell);
    scroller.ticks("wheel_smallest_cells", [&](int) { scroller.wheel(-120); });
    scroller.ticks("jump_smallest_cells",
                   [&](int) { bar.setValue(static_cast<int>(random.between(0, bar.maximum()))); });
    scroller.addTurns();
    seen.baselines.push_back({"bare_paint", "ms", bareMs, {}, {}});
    seen.baselines.push_back({"frame", "ms", kFrameMs, {}, {}});
    seen.memory = memoryUse();
    seen.facts = Json::object({{"rows", kRows},
                               {"ticks_of_each_kind", ticks},
                               {"view", std::to_string(kView.width()) + "x" + std::to_string(kView.height())},
                               {"platform", QGuiApplication::platformName().toStdString()},
                               {"picture_bytes", static_cast<std::int64_t>(loader.keptBytes())},
                               {"rows_asked_for", rows.asked}});
    return seen;
}

} // namespace ps::bench
