// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"
#include "ui/common/theme.h"
#include "ui/exchange/exchange_backend.h"
#include "ui/shell/main_window.h"

#include <QTest>

#include <memory>
#include <string>

namespace ps::test {

/// A project of real PNG files and the whole window over it, with real workers, settings of its own and no display.
/// Groups have three pictures of 96 x 64, 192 x 128 and 288 x 192 pixels.
class WindowFixture
{
public:
    explicit WindowFixture(int groupCount = 5, std::shared_ptr<ExchangeBackend> exchange = nullptr);
    ~WindowFixture();

    const ProjectFixture& project() const { return m_project; }
    MainWindow& window() { return *m_window; }
    Theme& theme() { return *m_theme; }
    ProjectAddress address() const;
    ImageService& images() { return *m_images; }

    /// Opens the project and waits until Review shows its first group with all pictures.
    void open();
    void makeWindow();
    void closeWindow();

    /// Presses a key where the focus is, as a person would.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// True when Review shows the group at this position with all its pictures.
    bool shows(std::int64_t ordinal);
    /// True when every decision that was made is durable.
    bool isSaved();
    qsizetype failedDecisions();

    /// What another reader sees in the decision database at this moment; "" for NULL and for no row.
    std::string value(const std::string& sql) const;
    std::int64_t rowCount() const;
    /// Adds a set of `count` pictures of one moment in time; before the project is opened.
    void addSet(int number, int count) const;

private:
    ProjectFixture m_project;
    std::shared_ptr<ExchangeBackend> m_exchange; ///< null: the real one
    std::unique_ptr<ImageService> m_images;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace ps::test
