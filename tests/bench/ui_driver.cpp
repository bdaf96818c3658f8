// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/ui_driver.h"

#include "tests/bench/process_figures.h"
#include "ui/common/error_text.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <QFile>
#include <QSettings>
#include <QTest>

namespace ps::bench {

namespace {

constexpr int kWaitMs = 60'000;
constexpr QSize kWindow{1600, 1000};

} // namespace

bool UiApplication::notify(QObject* receiver, QEvent* event)
{
    if (event->type() != QEvent::UpdateRequest)
        return QApplication::notify(receiver, event);
    const Stopwatch watch;
    const double cpuBefore = threadCpuMs();
    const bool isTaken = QApplication::notify(receiver, event);
    m_paintTime.wallMs += watch.wallMs();
    m_paintTime.cpuMs += threadCpuMs() - cpuBefore;
    Q_EMIT painted();
    return isTaken;
}

UiDriver::UiDriver(std::unique_ptr<ImageService> images) : m_images(std::move(images)) {}

UiDriver::~UiDriver()
{
    if (m_window)
        m_window->close();
}

Result<std::unique_ptr<UiDriver>> UiDriver::open(const UiProject& project)
{
    const QString home = QString::fromStdString(project.homePath());
    qputenv("XDG_CACHE_HOME", QFile::encodeName(home));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home);
    QCoreApplication::setOrganizationName(QStringLiteral("ProofsheetBench"));
    ImageService::Options options;
    options.workerPath = QFile::encodeName(QCoreApplication::applicationDirPath()).toStdString() + "/proofsheet-worker";
    options.startsEagerly = true;
    PS_TRY(auto images, ImageService::start(std::move(options)));
    auto driver = std::unique_ptr<UiDriver>(new UiDriver(std::move(images)));
    driver->m_theme = std::make_unique<Theme>(*qApp);
    driver->m_window = std::make_unique<MainWindow>(*driver->m_images, *driver->m_theme, QStringLiteral("bench"));
    MainWindow& window = *driver->m_window;
    window.resize(kWindow);
    window.show();
    window.activateWindow();
    window.openProject({QString::fromStdString(project.workspacePath()), QString::fromStdString(project.projectId())});
    if (!driver->waitFor([&] { return driver->shows(0) && !window.controller().isBusy(); }))
        return Error{ErrorCode::Timeout, "the first group was not shown", {}, 0};
    PS_TRY_VOID(driver->settle());
    return driver;
}

bool UiDriver::shows(std::int64_t ordinal)
{
    const LightTable& table = m_window->review().lightTable();
    return table.group() && table.group()->detail.entry.ordinal == ordinal &&
           m_window->review().currentOrdinal() == ordinal && table.isComplete();
}

bool UiDriver::waitFor(const std::function<bool()>& isDone)
{
    return QTest::qWaitFor(isDone, kWaitMs);
}

Result<void> UiDriver::settle()
{
    if (!waitFor([this] { return m_window->pictures().waitingCount() == 0; }))
        return Error{ErrorCode::Timeout, "pictures did not arrive", {}, 0};
    return {};
}

Result<UiDriver::Times> UiDriver::press(Qt::Key key, std::int64_t target, bool decides)
{
    QWidget* const focus = QApplication::focusWidget();
    return act([&] { QTest::keyClick(focus ? focus : m_window.get(), key); }, target, decides);
}

Result<UiDriver::Times> UiDriver::jump(std::int64_t target)
{
    return act([&] { m_window->review().goTo(target); }, target, false);
}

Result<UiDriver::Times> UiDriver::act(const std::function<void()>& action, std::int64_t target, bool decides)
{
    auto& application = static_cast<UiApplication&>(*qApp);
    Times times;
    QObject listener; // what it is connected to ends with this function
    application.takePaintTime();
    const double cpuBefore = threadCpuMs();
    const Stopwatch watch;
    connect(&application, &UiApplication::painted, &listener, [&] {
        if (times.paintedMs == 0 && shows(target)) {
            times.paintedMs = watch.wallMs();
            times.paintedCpuMs = threadCpuMs() - cpuBefore;
            times.paint = application.takePaintTime();
        }
    });
    connect(&m_window->controller(), &ProjectController::decided, &listener, [&] { times.durableMs = watch.wallMs(); });
    action();
    if (!waitFor([&] { return times.paintedMs > 0 && (!decides || times.durableMs > 0); }))
        return Error{ErrorCode::Timeout, "group " + std::to_string(target) + " was not shown", {}, 0};
    return times;
}

} // namespace ps::bench
