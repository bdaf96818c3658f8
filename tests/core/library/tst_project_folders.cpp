// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/project_folders.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <filesystem>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

/// What is read through a stored path; the error's name when it cannot be.
std::string contentAt(const ProjectFolders& folders, const std::string& path)
{
    const auto place = folders.locate(path);
    if (!place)
        return std::string(errorCodeName(place.error().code));
    const auto bytes = readFileBeneath(place->rootFd(), place->path, 1000);
    return bytes ? *bytes : std::string(errorCodeName(bytes.error().code));
}

} // namespace

class TestProjectFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        for (const char* path : {"ws/photos/a.png", "ws/photos/sub/b.png", "ws/data/originals/p1/o.png",
                                 "ws/__selected/s.png", "ws/other/x.png", "outside/photos/c.png",
                                 "outside/__selected/t.png", "outside/private.txt", "secret.txt"})
            m_folder->write(path, path);
    }

    void pathsInTheWorkspaceAreRelativeToIt()
    {
        const ProjectFolders folders = open("ws", "ws/photos");
        QCOMPARE(folders.imagesPrefix(), "photos"s);
        QCOMPARE(folders.workspacePath("sub/b.png"), "photos/sub/b.png"s);
        QCOMPARE(folders.stagingFolder(kSelectedFolder), "__selected"s);
        QCOMPARE(contentAt(folders, "photos/sub/b.png"), "ws/photos/sub/b.png"s);
        QCOMPARE(contentAt(folders, "data/originals/p1/o.png"), "ws/data/originals/p1/o.png"s);
        QCOMPARE(contentAt(folders, "__selected/s.png"), "ws/__selected/s.png"s);
        QVERIFY(folders.excludedFolders().empty());
    }

    void theWorkspaceMayBeTheFolderOfTheImages()
    {
        const ProjectFolders folders = open("ws", "ws");
        QCOMPARE(folders.imagesPrefix(), ""s);
        QCOMPARE(folders.workspacePath("photos/a.png"), "photos/a.png"s);
        QCOMPARE(contentAt(folders, "photos/a.png"), "ws/photos/a.png"s);
        QCOMPARE(contentAt(folders, "data/originals/p1/o.png"), "ws/data/originals/p1/o.png"s);
        QCOMPARE(folders.excludedFolders(), std::vector<std::string>{"data"});
    }

    void imagesOutsideHaveTheirStagingFoldersBesideThem()
    {
        const ProjectFolders folders = open("ws", "outside/photos");
        QCOMPARE(folders.imagesPrefix(), "../outside/photos"s);
        QCOMPARE(folders.stagingFolder(kSelectedFolder), "../outside/__selected"s);
        QCOMPARE(contentAt(folders, "../outside/photos/c.png"), "outside/photos/c.png"s);
        QCOMPARE(contentAt(folders, "../outside/__selected/t.png"), "outside/__selected/t.png"s);
        QCOMPARE(contentAt(folders, "data/originals/p1/o.png"), "ws/data/originals/p1/o.png"s);
    }

    void aWorkspaceWithinTheImagesIsNotSearchedForImages()
    {
        m_folder->write("outside/ws2/data/originals/p1/o.png", "x");
        const ProjectFolders folders = open("outside/ws2", "outside");
        QCOMPARE(contentAt(folders, folders.workspacePath("photos/c.png")), "outside/photos/c.png"s);
        QCOMPARE(folders.excludedFolders(), std::vector<std::string>{"ws2/data"});
    }

    void nothingElseCanBeReached_data()
    {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<QByteArray>("path");
        for (const char* images : {"ws/photos", "ws", "outside/photos"}) {
            for (const char* path :
                 {"", ".", "..", "../secret.txt", "../../secret.txt", "/etc/passwd", "photos/../../secret.txt",
                  "photos//a.png", "photos/./a.png", "../outside/private.txt", "../outside/photos/../private.txt",
                  "../outside/photosX/y", "../ws/photos/a.png", "__selected/../../secret.txt", "photos/a.png/"})
                QTest::newRow((images + ": "s + path).c_str()) << QByteArray(images) << QByteArray(path);
            QTest::newRow((images + ": NUL"s).c_str()) << QByteArray(images) << QByteArray("photos/a\0.png", 13);
        }
    }
    void nothingElseCanBeReached()
    {
        QFETCH(const QByteArray, images);
        QFETCH(const QByteArray, path);
        const ProjectFolders folders = open("ws", images.toStdString());
        PS_CHECK_ERROR(ErrorCode::Refused, folders.locate(path.toStdString()));
    }

    void linksDoNotLeadOut()
    {
        m_folder->makeSymlink("ws/photos/link", m_folder->path());
        m_folder->makeSymlink("ws/__crop", m_folder->path());
        const ProjectFolders folders = open("ws", "ws/photos");
        QCOMPARE(contentAt(folders, "photos/link/secret.txt"), "Refused"s);
        QCOMPARE(contentAt(folders, "__crop/secret.txt"), "Refused"s);
    }

    void aFolderThatIsGoneIsNotFound()
    {
        const Workspace workspace = must(Workspace::open(m_folder->pathOf("ws")));
        PS_CHECK_ERROR(ErrorCode::NotFound, ProjectFolders::open(workspace, m_folder->pathOf("absent")));
    }

private:
    ProjectFolders open(const std::string& workspacePath, const std::string& imagesPath) const
    {
        return must(
            ProjectFolders::open(must(Workspace::open(m_folder->pathOf(workspacePath))), m_folder->pathOf(imagesPath)));
    }

    std::optional<TempFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestProjectFolders)
#include "tst_project_folders.moc"
