// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "core/imaging/image_service.h"
#include "tests/support/images.h"
#include "ui/common/error_text.h"
#include "ui/review/light_table.h"
#include "ui/review/review_view.h"

#include <QApplication>
#include <QSettings>

namespace ps::test {

namespace {

constexpr int kWaitMs = 20'000;
constexpr ImageSize kSmallest{96, 64};

std::string pictureBytes(int slot)
{
    const int scale = slot % 3 + 1;
    return encodedAs(ImageFormat::Png, patternRaster({kSmallest.width * scale, kSmallest.height * scale}));
}

} // namespace

WindowFixture::WindowFixture(int groupCount, std::shared_ptr<ExchangeBackend> exchange)
    : m_exchange(std::move(exchange))
{
    const QString home = QString::fromStdString(m_project.folder().path());
    qputenv("XDG_CACHE_HOME", QFile::encodeName(home + QStringLiteral("/cache")));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home + QStringLiteral("/config"));
    QCoreApplication::setOrganizationName(QStringLiteral("ProofsheetTests"));
    QCoreApplication::setApplicationName(QStringLiteral("tests"));
    for (int group = 0; group < groupCount; ++group)
        addSet(group + 1, 3);
    ImageService::Options options;
    options.workerPath = programPath("proofsheet-worker");
    options.workerCount = 2;
    m_images = must(ImageService::start(std::move(options)));
    m_theme = std::make_unique<Theme>(*qApp);
    makeWindow();
}

WindowFixture::~WindowFixture()
{
    closeWindow();
}

void WindowFixture::makeWindow()
{
    m_window = std::make_unique<MainWindow>(*m_images, *m_theme, QStringLiteral("anna"), nullptr, nullptr, m_exchange);
    m_window->show();
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        throw std::runtime_error("the window did not become active");
}

void WindowFixture::closeWindow()
{
    if (m_window)
        m_window->close();
    m_window.reset();
}

void WindowFixture::addSet(int number, int count) const
{
    static const std::vector<std::string> stages{"1", "1.5", "2", "2.5", "3", "3.5"};
    for (int slot = 0; slot < count; ++slot) {
        const auto i = static_cast<std::size_t>(slot);
        m_project.addFile(ProjectFixture::imageName(number, stages.at(i), i), pictureBytes(slot));
    }
}

ProjectAddress WindowFixture::address() const
{
    return {QString::fromStdString(m_project.folder().pathOf("ws")), QStringLiteral("p1")};
}

void WindowFixture::open()
{
    m_window->openProject(address());
    if (!QTest::qWaitFor([this] { return shows(0) && !m_window->controller().isBusy(); }, kWaitMs))
        throw std::runtime_error("the first group was not shown");
}

void WindowFixture::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* const target = QApplication::focusWidget();
    QTest::keyClick(target ? target : m_window.get(), key, modifiers);
}

bool WindowFixture::shows(std::int64_t ordinal)
{
    const LightTable& table = m_window->review().lightTable();
    return table.group() && table.group()->detail.entry.ordinal == ordinal &&
           m_window->review().currentOrdinal() == ordinal && table.isComplete();
}

bool WindowFixture::isSaved()
{
    return m_window->pendingDecisions() == 0;
}

qsizetype WindowFixture::failedDecisions()
{
    return m_window->failedDecisions();
}

std::string WindowFixture::value(const std::string& sql) const
{
    const Connection reader = must(Connection::open(m_project.databasePath(), OpenMode::ReadOnly));
    auto statement = must(reader.prepare(sql));
    const bool hasRow = must(statement.step());
    return hasRow ? std::string(statement.text(0)) : std::string();
}

std::int64_t WindowFixture::rowCount() const
{
    return std::stoll(value("SELECT count(*) FROM ai_decisions"));
}

} // namespace ps::test
