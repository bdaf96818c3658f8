// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/checks.h"
#include "tests/support/project_fixture.h"
#include "ui/common/picture_loader.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace ps;
using namespace ps::test;

namespace {

/// What the loader asked for, in order; answers come when the test says so.
class ScriptedSource : public PictureSource
{
public:
    struct Request {
        PictureWish wish;
        Done done;
        Priority priority = Priority::Visible;
        bool isCancelled = false;
        bool isAnswered = false;
    };

    JobId request(ImageSource, const PictureWish& wish, Done done) override
    {
        requests.push_back({wish, std::move(done), wish.priority, false, false});
        return requests.size();
    }
    void cancel(JobId id) override { requests.at(id - 1).isCancelled = true; }
    void setPriority(JobId id, Priority priority) override { requests.at(id - 1).priority = priority; }
    std::size_t parallelism() const override { return 1; }

    Request& at(std::size_t index) { return requests.at(index); }
    std::string pathOf(std::size_t index) const { return requests.at(index).wish.image.currentPath; }

    /// Answers on another thread, as the pool does.
    void answer(std::size_t index, QSize size = {100, 100})
    {
        Picture picture;
        picture.image = QImage(size, QImage::Format_RGB32);
        picture.image.fill(static_cast<uint>(index));
        reply(index, std::move(picture));
    }
    void fail(std::size_t index, ErrorCode code)
    {
        Picture picture;
        picture.error = Error{code, "scripted", {}, 0};
        reply(index, std::move(picture));
    }

    std::vector<Request> requests;

private:
    void reply(std::size_t index, Picture picture)
    {
        Request& request = requests.at(index);
        request.isAnswered = true;
        std::thread([&] { request.done(std::move(picture)); }).join();
        QCoreApplication::processEvents();
    }
};

GroupImage imageNamed(const std::string& name)
{
    GroupImage image;
    image.path = image.currentPath = "photos/" + name;
    image.identity.sizeBytes = 1000;
    return image;
}

constexpr QSize kBox{100, 100};
constexpr qsizetype kPictureBytes = 100 * 100 * 4;

PictureWish wishFor(const std::string& name, Priority priority = Priority::Ahead)
{
    return PictureWish::fitted(imageNamed(name), kBox, priority);
}

} // namespace

/// Order, cancellation, stale answers and the budget, with a source that the test answers for.
class TstPictureLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void visibleWishesAreAskedForAtOnceTheOthersAFewAtATime();
    void aNewListPutsItsOwnFirst();
    void whatIsOnNoListAnyMoreIsCancelled();
    void anotherListKeepsAPictureAlive();
    void lookingRaisesThePriority();
    void theAnswerToACancelledRequestIsNoAnswerToTheNext();
    void aPictureThatCameTooLateIsKeptAllTheSame();
    void answersOfAnEarlierProjectAreDropped();
    void theBudgetHoldsInBytes();
    void whatIsWantedStaysLongest();
    void regionsAndSizesAreDifferentPictures();
    void failuresAreKeptUntilTheyAreForgotten();
    void aCancellationByOthersIsAskedForAgain();
    void theEndOfAViewTakesItsWishesBack();
    void answersAfterTheLoaderAreHarmless();

private:
    std::unique_ptr<ProjectFixture> m_project;
    ScriptedSource* m_source = nullptr; // the loader's
    std::unique_ptr<PictureLoader> m_loader;
    QObject m_view;
};

void TstPictureLoader::init()
{
    m_project = std::make_unique<ProjectFixture>();
    auto source = std::make_unique<ScriptedSource>();
    source->requests.reserve(1000); // references to requests stay good
    m_source = source.get();
    m_loader = std::make_unique<PictureLoader>(std::move(source), nullptr);
    m_loader->setFolders(must(ProjectFolders::open(must(Workspace::open(m_project->folder().pathOf("ws"))),
                                                   m_project->folder().pathOf("ws/photos"))));
}

void TstPictureLoader::cleanup()
{
    m_loader.reset();
    m_project.reset();
}

void TstPictureLoader::visibleWishesAreAskedForAtOnceTheOthersAFewAtATime()
{
    m_loader->want(&m_view, {wishFor("v1", Priority::Visible), wishFor("a1"), wishFor("a2"), wishFor("a3"),
                             wishFor("b1", Priority::Background), wishFor("v2", Priority::Visible)});
    QCOMPARE(m_source->requests.size(), std::size_t{2});
    QCOMPARE(m_source->pathOf(0), "photos/v1");
    QCOMPARE(m_source->pathOf(1), "photos/v2"); // before everything that nobody looks at
    m_source->answer(0);
    QCOMPARE(m_source->pathOf(2), "photos/a1");
    m_source->answer(1);
    m_source->answer(2);
    m_source->answer(3);
    m_source->answer(4);
    QCOMPARE(m_source->pathOf(4), "photos/a3");
    QCOMPARE(m_source->pathOf(5), "photos/b1");
    m_source->answer(5);
    QCOMPARE(m_source->requests.size(), std::size_t{6});
    QCOMPARE(m_loader->waitingCount(), 0);
    QCOMPARE(m_loader->keptCount(), 6);
}

void TstPictureLoader::aNewListPutsItsOwnFirst()
{
    m_loader->want(&m_view, {wishFor("a1"), wishFor("a2"), wishFor("a3"), wishFor("a4")});
    QCOMPARE(m_source->requests.size(), std::size_t{2});
    // The next move: what had not been asked for yet is behind what comes next now.
    m_loader->want(&m_view, {wishFor("a2"), wishFor("a5"), wishFor("a3")});
    m_source->fail(0, ErrorCode::Cancelled);
    QCOMPARE(m_source->pathOf(2), "photos/a5");
    m_source->answer(1);
    QCOMPARE(m_source->pathOf(3), "photos/a3");
}

void TstPictureLoader::whatIsOnNoListAnyMoreIsCancelled()
{
    QSignalSpy ready(m_loader.get(), &PictureLoader::ready);
    m_loader->want(&m_view, {wishFor("a1"), wishFor("a2")});
    m_loader->want(&m_view, {wishFor("a2")});
    QVERIFY(m_source->at(0).isCancelled);
    QVERIFY(!m_source->at(1).isCancelled);
    QCOMPARE(m_loader->waitingCount(), 1);
    QTRY_COMPARE(ready.count(), 1); // whoever looks at it all the same asks again
    QCOMPARE(ready.at(0).at(0).toString(), wishFor("a1").key.image);
}

void TstPictureLoader::anotherListKeepsAPictureAlive()
{
    QObject other;
    m_loader->want(&m_view, {wishFor("a1", Priority::Visible)});
    m_loader->want(&other, {wishFor("a1", Priority::Background)});
    QCOMPARE(m_source->at(0).priority, Priority::Visible);
    m_loader->want(&m_view, {});
    QVERIFY(!m_source->at(0).isCancelled);
    QCOMPARE(m_source->at(0).priority, Priority::Background);
    m_loader->want(&other, {});
    QVERIFY(m_source->at(0).isCancelled);
}

void TstPictureLoader::lookingRaisesThePriority()
{
    m_loader->want(&m_view, {wishFor("a1")});
    QVERIFY(!m_loader->request(imageNamed("a1"), kBox, Priority::Visible));
    QCOMPARE(m_source->requests.size(), std::size_t{1});
    QCOMPARE(m_source->at(0).priority, Priority::Visible);
    m_loader->request(imageNamed("a1"), kBox, Priority::Background);
    QCOMPARE(m_source->at(0).priority, Priority::Visible);
}

void TstPictureLoader::theAnswerToACancelledRequestIsNoAnswerToTheNext()
{
    m_loader->want(&m_view, {wishFor("a1")});
    m_loader->want(&m_view, {});
    m_loader->want(&m_view, {wishFor("a1")}); // back again before the first has ended
    QCOMPARE(m_source->requests.size(), std::size_t{2});
    m_source->fail(0, ErrorCode::Cancelled);
    QCOMPARE(m_loader->waitingCount(), 1);
    QVERIFY(!m_source->at(1).isCancelled);
    m_source->answer(1);
    QVERIFY(m_loader->request(imageNamed("a1"), kBox, Priority::Visible));
    QCOMPARE(m_source->requests.size(), std::size_t{2});
}

void TstPictureLoader::aPictureThatCameTooLateIsKeptAllTheSame()
{
    m_loader->want(&m_view, {wishFor("a1")});
    m_loader->want(&m_view, {});
    m_source->answer(0);
    const auto picture = m_loader->request(imageNamed("a1"), kBox, Priority::Visible);
    QVERIFY(picture && !picture->image.isNull());
    QCOMPARE(m_source->requests.size(), std::size_t{1});
}

void TstPictureLoader::answersOfAnEarlierProjectAreDropped()
{
    m_loader->want(&m_view, {wishFor("a1")});
    m_loader->setFolders(std::nullopt);
    QVERIFY(m_source->at(0).isCancelled);
    QSignalSpy ready(m_loader.get(), &PictureLoader::ready);
    m_source->answer(0);
    QCOMPARE(ready.count(), 0);
    QCOMPARE(m_loader->keptCount(), 0);
}

void TstPictureLoader::theBudgetHoldsInBytes()
{
    m_loader->setBudget(16 * kPictureBytes); // three quarters are for large pictures
    for (std::size_t i = 0; i < 100; ++i) {
        m_loader->request(imageNamed(std::to_string(i)), kBox, Priority::Visible);
        m_source->answer(i);
        QVERIFY(m_loader->keptBytes() <= 12 * kPictureBytes);
    }
    QCOMPARE(m_loader->keptCount(), 12);
    QVERIFY(m_loader->request(imageNamed("99"), kBox, Priority::Visible));
    QVERIFY(m_loader->request(imageNamed("88"), kBox, Priority::Visible));
    QVERIFY(!m_loader->request(imageNamed("87"), kBox, Priority::Visible));
    // One that is larger than all of it is kept alone, because somebody waits for it.
    m_source->answer(100, {1000, 1000});
    QVERIFY(m_loader->request(imageNamed("87"), kBox, Priority::Visible));
    QCOMPARE(m_loader->keptCount(), 1);
}

void TstPictureLoader::whatIsWantedStaysLongest()
{
    m_loader->setBudget(4 * kPictureBytes);
    for (std::size_t i = 0; i < 3; ++i) {
        m_loader->request(imageNamed(std::to_string(i)), kBox, Priority::Visible);
        m_source->answer(i);
    }
    m_loader->want(&m_view, {wishFor("0"), wishFor("1")});
    m_loader->request(imageNamed("new"), kBox, Priority::Visible);
    m_source->answer(3);
    QVERIFY(m_loader->request(imageNamed("0"), kBox, Priority::Visible));
    QVERIFY(m_loader->request(imageNamed("1"), kBox, Priority::Visible));
    QVERIFY(!m_loader->request(imageNamed("2"), kBox, Priority::Visible));
}

void TstPictureLoader::regionsAndSizesAreDifferentPictures()
{
    const GroupImage image = imageNamed("a1");
    m_loader->request(image, kBox, Priority::Visible);
    m_loader->request(image, QSize(), Priority::Visible);
    m_loader->requestRegion(image, {0, 0, 50, 50}, kBox, Priority::Visible);
    m_loader->requestRegion(image, {0, 0, 50, 51}, kBox, Priority::Visible);
    m_loader->requestRegion(image, {0, 0, 50, 50}, kBox, Priority::Visible); // on its way already
    m_loader->thumbnail(image, 1, Priority::Visible);
    QCOMPARE(m_source->requests.size(), std::size_t{5});
    m_source->answer(2);
    QVERIFY(m_loader->requestRegion(image, {0, 0, 50, 50}, kBox, Priority::Visible));
    QVERIFY(!m_loader->request(image, kBox, Priority::Visible));
}

void TstPictureLoader::failuresAreKeptUntilTheyAreForgotten()
{
    m_loader->want(&m_view, {wishFor("gone"), wishFor("fine")});
    m_source->fail(0, ErrorCode::NotFound);
    m_source->answer(1); // the rest goes on
    const auto failed = m_loader->request(imageNamed("gone"), kBox, Priority::Visible);
    QVERIFY(failed && failed->error && failed->error->code == ErrorCode::NotFound);
    QCOMPARE(m_source->requests.size(), std::size_t{2});
    m_loader->forgetFailures(); // it is still wanted
    QCOMPARE(m_source->requests.size(), std::size_t{3});
    QCOMPARE(m_source->pathOf(2), "photos/gone");
}

void TstPictureLoader::aCancellationByOthersIsAskedForAgain()
{
    QSignalSpy ready(m_loader.get(), &PictureLoader::ready);
    m_loader->request(imageNamed("a1"), kBox, Priority::Visible);
    m_source->fail(0, ErrorCode::Cancelled);
    QCOMPARE(ready.count(), 1);
    QVERIFY(!m_loader->request(imageNamed("a1"), kBox, Priority::Visible));
    QCOMPARE(m_source->requests.size(), std::size_t{2});
}

void TstPictureLoader::theEndOfAViewTakesItsWishesBack()
{
    auto view = std::make_unique<QObject>();
    m_loader->want(view.get(), {wishFor("a1")});
    view.reset();
    QVERIFY(m_source->at(0).isCancelled);
    QCOMPARE(m_loader->waitingCount(), 0);
}

void TstPictureLoader::answersAfterTheLoaderAreHarmless()
{
    m_loader->request(imageNamed("a1"), kBox, Priority::Visible);
    const auto done = m_source->at(0).done;
    m_loader.reset();
    done(Picture());
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TstPictureLoader)
#include "tst_picture_loader.moc"
