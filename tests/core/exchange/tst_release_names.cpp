// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/portable_name.h"
#include "core/exchange/release_names.h"
#include "core/exchange/release_path.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <set>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> namesFor(const std::vector<std::string>& sources, bool keepsDots = true)
{
    const TempFolder folder;
    ReleaseNames names(folder.path(), keepsDots);
    for (const std::string& source : sources)
        must(names.add(source, ".png"));
    must(names.finish());
    std::vector<std::string> given;
    for (std::size_t i = 0; i < sources.size(); ++i)
        given.push_back(must(names.next()));
    return given;
}

/// Names that one file system or another cannot keep apart, or not keep at all.
std::vector<std::string> evilNames()
{
    std::vector<std::string> names{"a.png",
                                   "A.png",
                                   "a.PNG",
                                   "a.jpg",
                                   "a_2.png",
                                   "a_3.png",
                                   "\u00e9.png",
                                   "e\u0301.png",
                                   "E\u0301.png",
                                   "\u00c9.png",
                                   "CON.png",
                                   "con.jpg",
                                   "nul.tar.png",
                                   "COM1.png",
                                   "lpt\u00b9.png",
                                   "trailing .png",
                                   "trailing..png",
                                   " leading.png",
                                   ".hidden",
                                   "...",
                                   "new\nline.png",
                                   "tab\t.png",
                                   "\u202egnp.exe.png",
                                   "zero\u200bwidth.png",
                                   "a:b.png",
                                   "a\\b.png",
                                   "quote\".png",
                                   "star*?.png",
                                   "\xff\xfe.png",
                                   "\xff.png",
                                   "\xc3.png",
                                   "stra\u00dfe.png",
                                   "strasse.png",
                                   "\U0001f600.png",
                                   std::string(250, 'x') + ".png",
                                   std::string(250, 'x') + "y.png",
                                   std::string(80, '\xe4') + ".png",
                                   "",
                                   ".png"};
    for (int i = 0; i < 500; ++i)
        names.push_back((i % 2 == 0 ? "same" : "SAME") + ".png"s);
    return names;
}

} // namespace

class TestReleaseNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNameIsPortableAndDifferent()
    {
        const std::vector<std::string> sources = evilNames();
        std::set<std::string> folded;
        for (const std::string& name : namesFor(sources)) {
            QVERIFY2(isPortableName(name), name.c_str());
            QVERIFY2(folded.insert(foldedName(name)).second, name.c_str());
        }
        QCOMPARE(folded.size(), sources.size());
    }

    void theFirstKeepsItsName()
    {
        QCOMPARE(namesFor({"b.jpg", "a.png", "a_2.png", "a.jpg"}),
                 (std::vector<std::string>{"b.png", "a.png", "a_2.png", "a_3.png"}));
    }

    void namesWithoutDots()
    {
        QCOMPARE(namesFor({"v1.2.png"}, false), std::vector<std::string>{"v1_2.png"});
        QCOMPARE(namesFor({"v1.2.png"}), std::vector<std::string>{"v1.2.png"});
    }

    void whatIsEscaped()
    {
        QCOMPARE(portableStem("CON", true), std::string("CON_"));
        QCOMPARE(portableStem("\xff", true), std::string("_xff"));
        QCOMPARE(portableStem("e\u0301", true), std::string("\u00e9"));
        QCOMPARE(portableStem("", true), std::string("image"));
        QCOMPARE(portableStem("end. ", true), std::string("end._"));
    }
};

QTEST_APPLESS_MAIN(TestReleaseNames)
#include "tst_release_names.moc"
