// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan.h"
#include "core/imaging/image_service.h"
#include "tests/support/checks.h"
#include "tests/support/decision_fixtures.h"
#include "tests/support/project_fixture.h"

#include <map>

namespace ps::test {

/// A workspace without projects, and everything that imports into it need.
class ImportFixture
{
public:
    ImportFixture() : m_workspace(makeWorkspace(m_folder)), m_images(startService()) {}

    ImportOptions options(const std::string& sourcePath) const
    {
        ImportOptions options;
        options.sourcePath = sourcePath;
        options.tool = "tests 1.0";
        options.cacheFolder = m_folder.pathOf("cache/imports");
        options.clock = &m_clock;
        return options;
    }

    /// Writes a source and plans its import.
    std::unique_ptr<ImportPlan> plan(const std::string& name, std::string_view bytes, ImportOptions given = {}) const
    {
        given.sourcePath = m_folder.write(name, bytes);
        return planOf(std::move(given));
    }
    std::unique_ptr<ImportPlan> planOf(ImportOptions given) const
    {
        const ImportOptions base = options(given.sourcePath);
        given.tool = base.tool;
        given.cacheFolder = base.cacheFolder;
        given.clock = base.clock;
        return must(ImportPlan::make(m_workspace, *m_images, given, {}));
    }

    std::unique_ptr<ProjectSession> open(const std::string& projectId) const { return must(tryOpen(projectId)); }
    Result<std::unique_ptr<ProjectSession>> tryOpen(const std::string& projectId) const
    {
        SessionOptions session;
        session.workspacePath = m_workspace.rootPath();
        session.projectId = projectId;
        session.isWorking = true;
        session.annotator = "anna";
        session.program = "tests 1.0";
        session.clock = &m_clock;
        session.images = fakeImageTools();
        session.cataloguePath = m_folder.pathOf("cache/" + projectId + ".db");
        PS_TRY(auto opened, ProjectSession::open(session));
        PS_TRY_VOID(opened->makeReady({}, {}));
        return opened;
    }
    Result<ImportPlan::Applied> apply(ImportPlan& plan) const
    {
        return plan.apply([this](const std::string& id) { return tryOpen(id); }, {});
    }

    void makeProject(const std::string& projectId) const
    {
        const std::string images = m_folder.pathOf("ws/" + projectId);
        must(makeFolders(images));
        must(createProject(m_workspace, projectId, images, m_clock.now()));
    }

    /// A value out of the database of a project.
    std::string ask(const std::string& projectId, const std::string& sql) const
    {
        const Connection database = must(Connection::open(m_workspace.databasePath(projectId), OpenMode::ReadOnly));
        Statement query = must(database.prepare(sql));
        return must(query.step()) ? std::string(query.text(0)) : std::string();
    }
    void change(const std::string& projectId, const std::string& sql) const
    {
        const Connection database = must(Connection::open(m_workspace.databasePath(projectId), OpenMode::ReadWrite));
        must(database.execute(sql.c_str()));
    }
    std::vector<std::string> rows(const std::string& projectId) const
    {
        return rowTexts(m_workspace.databasePath(projectId));
    }

    const Workspace& workspace() const { return m_workspace; }
    const TempFolder& folder() const { return m_folder; }
    TestClock& clock() const { return m_clock; }
    ImageService& images() const { return *m_images; }

private:
    static Workspace makeWorkspace(const TempFolder& folder)
    {
        must(makeFolders(folder.pathOf("ws/data/projects")));
        return must(Workspace::open(folder.pathOf("ws")));
    }
    static std::unique_ptr<ImageService> startService()
    {
        ImageService::Options options;
        options.workerPath = programPath("proofsheet-worker");
        options.workerCount = 1;
        return must(ImageService::start(std::move(options)));
    }

    TempFolder m_folder;
    Workspace m_workspace;
    mutable TestClock m_clock;
    std::unique_ptr<ImageService> m_images;
};

using Classes = std::map<std::string, std::int64_t>;

inline Classes classesOf(const ImportPlan& plan)
{
    Classes classes;
    for (const auto& [kind, count] : must(plan.classes()))
        classes[kind] = count;
    return classes;
}

/// "added 3, skipped 1" over all projects, or of one.
inline std::string countsText(const ImportPlan& plan, const std::optional<std::string>& projectId = {})
{
    std::array<std::int64_t, kImportOutcomeCount> sum{};
    for (const auto& [project, counts] : must(plan.counts())) {
        for (std::size_t i = 0; i < counts.size() && (!projectId || project == *projectId); ++i)
            sum.at(i) += counts.at(i);
    }
    std::string text;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        if (sum.at(i) > 0)
            text += (text.empty() ? "" : ", ") + std::string(importOutcomeName(static_cast<ImportOutcome>(i))) + " " +
                    std::to_string(sum.at(i));
    }
    return text;
}

} // namespace ps::test
