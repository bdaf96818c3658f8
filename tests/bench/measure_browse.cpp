// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure_browse.h"

#include "tests/bench/series.h"
#include "tests/support/seeded_random.h"
#include "tests/ui/fake_rows.h"
#include "ui/browse/contact_sheet.h"

#include <QApplication>
#include <QImage>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <functional>
#include <memory>

namespace ps::bench {

namespace {

constexpr std::int64_t kRows = 20'000'000;
constexpr QSize kView{1600, 1000};
constexpr int kTicks = 200;
constexpr int kQuickTicks = 30;
constexpr double kFrameMs = 16.0;
constexpr std::uint64_t kSeed = 20;

/// Pictures that are there at once, so that what is measured is the sheet and not a decoder.
class PaintedPictures : public PictureSource
{
public:
    JobId request(ImageSource, const PictureKey& key, Priority, Done done) override
    {
        Picture picture;
        picture.image = QImage(key.box.width(), key.box.height() * 3 / 4, QImage::Format_RGB32);
        picture.image.fill(static_cast<uint>(++m_last * 2'654'435'761U));
        done(std::move(picture));
        return m_last;
    }
    void cancel(JobId) override {}
    void setPriority(JobId, Priority) override {}
    std::size_t parallelism() const override { return 1; }

private:
    JobId m_last = 0;
};

class Scroller
{
public:
    Scroller(ContactSheet& sheet, int ticks) : m_sheet(sheet), m_ticks(ticks), m_frame(kView, QImage::Format_RGB32) {}

    /// Does one kind of event again and again; the time of each and of painting what it changed.
    Series ticks(const std::function<void(int tick)>& event)
    {
        Series times;
        for (int tick = 0; tick < m_ticks; ++tick) {
            const Stopwatch watch;
            event(tick);
            paint();
            times.add(watch.wallMs());
            QCoreApplication::sendPostedEvents(); // the pictures that were asked for
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        return times;
    }

    /// The whole view, as after a scroll.
    void paint() { m_sheet.viewport()->render(&m_frame); }

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
    ContactSheet& m_sheet;
    int m_ticks;
    QImage m_frame; ///< stands for the screen: an offscreen window is never exposed without an event loop
};

void addFigures(Observation& seen, const std::string& name, const Series& times)
{
    seen.figures.push_back({name + "_p50", "ms", times.quantile(0.5), {}, {}});
    seen.figures.push_back({name + "_p99", "ms", times.quantile(0.99), {}, {"frame"}});
    seen.figures.push_back({name + "_max", "ms", times.largest(), {}, {"frame"}});
}

} // namespace

Result<Observation> measureScrolling(const Settings& settings)
{
    Theme theme(*qApp);
    PictureLoader loader(std::make_unique<PaintedPictures>(), nullptr);
    PS_TRY(const Workspace workspace, Workspace::open(settings.folder));
    PS_TRY(ProjectFolders folders, ProjectFolders::open(workspace, settings.folder));
    loader.setFolders(std::move(folders));
    CellPictures pictures(loader, nullptr);
    test::FakeRows rows(kRows);
    SheetSelection selection;
    selection.reset(kRows, 0);
    const Stopwatch opening;
    ContactSheet sheet(rows, selection, &pictures, theme, nullptr);
    sheet.resize(kView);
    sheet.show();
    QCoreApplication::sendPostedEvents();
    Scroller scroller(sheet, settings.isQuick ? kQuickTicks : kTicks);
    scroller.paint();
    Observation seen;
    seen.figures.push_back({"first_paint", "ms", opening.wallMs(), {}, {"frame"}});
    QScrollBar& bar = *sheet.verticalScrollBar();
    test::SeededRandom random(kSeed);
    addFigures(seen, "wheel", scroller.ticks([&](int) { scroller.wheel(-120); }));
    addFigures(seen, "wheel_back", scroller.ticks([&](int) { scroller.wheel(120); }));
    addFigures(seen, "bar_drag", scroller.ticks([&](int tick) { bar.setValue(bar.value() + 37 * tick); }));
    addFigures(seen, "jump",
               scroller.ticks([&](int) { bar.setValue(static_cast<int>(random.between(0, bar.maximum()))); }));
    addFigures(seen, "key_down", scroller.ticks([&](int) { scroller.press(Qt::Key_Down); }));
    addFigures(seen, "page_select", scroller.ticks([&](int) { scroller.press(Qt::Key_PageDown, Qt::ShiftModifier); }));
    selection.selectAll();
    addFigures(seen, "wheel_all_selected", scroller.ticks([&](int) { scroller.wheel(-120); }));
    addFigures(seen, "zoom",
               scroller.ticks([&](int tick) { scroller.wheel(tick / 10 % 2 == 0 ? 120 : -120, Qt::ControlModifier); }));
    addFigures(seen, "resize", scroller.ticks([&](int tick) { sheet.resize(kView - QSize(tick % 200, 0)); }));
    sheet.setCellSize(ContactSheet::kSmallestCell);
    addFigures(seen, "wheel_smallest_cells", scroller.ticks([&](int) { scroller.wheel(-120); }));
    seen.baselines.push_back({"frame", "ms", kFrameMs, {}, {}});
    seen.memory = memoryUse();
    seen.facts = Json::object({{"rows", kRows},
                               {"ticks_of_each_kind", settings.isQuick ? kQuickTicks : kTicks},
                               {"view", std::to_string(kView.width()) + " x " + std::to_string(kView.height())},
                               {"rows_asked_for", rows.asked}});
    return seen;
}

} // namespace ps::bench
