// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imaging/image_service.h"
#include "tests/bench/ui_project.h"
#include "ui/common/theme.h"
#include "ui/shell/main_window.h"

#include <QApplication>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace ps::bench {

/// Knows when the window has been painted: an UpdateRequest paints every part that changed and flushes it to the screen.
class UiApplication : public QApplication
{
    Q_OBJECT

public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;
    /// What painting has taken since this was last asked: time, and processor time of the UI thread.
    struct PaintTime {
        double wallMs = 0;
        double cpuMs = 0;
    };
    PaintTime takePaintTime() { return std::exchange(m_paintTime, {}); }

Q_SIGNALS:
    void painted();

private:
    PaintTime m_paintTime;
};

/// The whole window over a project, with real workers, driven by keys as a person would.
class UiDriver : public QObject
{
    Q_OBJECT

public:
    /// Errors: those of the worker pool.
    static Result<std::unique_ptr<UiDriver>> open(const UiProject& project);
    ~UiDriver() override;

    MainWindow& window() { return *m_window; }
    /// True when Review shows the group at this position with all its pictures.
    bool shows(std::int64_t ordinal);
    /// How long it took from the key to each of these, and what painting alone took of it.
    struct Times {
        double paintedMs = 0;
        double paintedCpuMs = 0; ///< of the UI thread, which is what a busy machine does not change
        UiApplication::PaintTime paint;
        double durableMs = 0; ///< 0 for a key that decides nothing
    };
    /// Presses a key that leads to the group at `target` and waits until its pictures are on the screen, and until the
    /// decision is durable when the key `decides`. Errors: Timeout.
    Result<Times> press(Qt::Key key, std::int64_t target, bool decides);
    /// Goes to a group as a click into the strip does.
    Result<Times> jump(std::int64_t target);
    /// Waits until nothing is on its way any more. Errors: Timeout.
    Result<void> settle();

private:
    explicit UiDriver(std::unique_ptr<ImageService> images);

    Result<Times> act(const std::function<void()>& action, std::int64_t target, bool decides);
    bool waitFor(const std::function<bool()>& isDone);

    std::unique_ptr<ImageService> m_images;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace ps::bench
