// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library/companions.h"
#include "tests/support/checks.h"

#include <QTest>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

using Names = std::vector<std::string>;

// formats/decisions_v3.md 5.4
class TestCompanions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void companionsAreTheFilesOfTheSameStem()
    {
        const Names names{"20250705_230713_stage1_generated.png",
                          "20250705_230713_stage1_generated.yaml",
                          "20250705_230713_stage1_generated.caption",
                          "20250705_230713_stage1_generated.decision",
                          "20250705_230713_stage1_generated.cropped",
                          "20250705_230713_stage1_generated_2.yaml",
                          "20250705_230713_stage1_generated.a.yaml",
                          "20250705_230713_stage2_upscaled.png",
                          "20250705_230713_stage2_upscaled.yaml",
                          "20250705_230713.decision",
                          "20250705_230713.yaml",
                          "notes.txt"};
        const CompanionFinder finder(names);
        QCOMPARE(finder.companionsOf("20250705_230713_stage1_generated.png"),
                 (Names{"20250705_230713.decision", "20250705_230713_stage1_generated.caption",
                        "20250705_230713_stage1_generated.cropped", "20250705_230713_stage1_generated.decision",
                        "20250705_230713_stage1_generated.yaml"}));
        QCOMPARE(finder.companionsOf("20250705_230713_stage2_upscaled.png"),
                 (Names{"20250705_230713.decision", "20250705_230713_stage2_upscaled.yaml"}));
        QCOMPARE(finder.companionsOf("absent.png"), Names{});
    }

    void aPictureWithoutCompanionsIsFine()
    {
        const CompanionFinder finder(Names{"a.png", "b.png"});
        QCOMPARE(finder.companionsOf("a.png"), Names{});
    }

    void twinsArePicturesOfTheirOwnAndShareTheirCompanions()
    {
        const CompanionFinder finder(Names{"X.jpg", "X.png", "X.yaml", "X.WEBP"});
        QCOMPARE(finder.companionsOf("X.png"), Names{"X.yaml"});
        QCOMPARE(finder.companionsOf("X.jpg"), Names{"X.yaml"});
        QCOMPARE(finder.imagesOf("X.yaml"), (Names{"X.WEBP", "X.jpg", "X.png"}));
    }

    void aGroupLevelSidecarBelongsToThePicturesOfItsStamp()
    {
        const CompanionFinder finder(Names{"20250705_230713_stage1_generated.png",
                                           "20250705_230713_stage2_upscaled.png", "20250705_230714_stage3_enhanced.png",
                                           "20250705_230713.decision"});
        QCOMPARE(finder.imagesOf("20250705_230713.decision"),
                 (Names{"20250705_230713_stage1_generated.png", "20250705_230713_stage2_upscaled.png"}));
        QCOMPARE(finder.companionsOf("20250705_230714_stage3_enhanced.png"), Names{});
    }

    void onlySidecarsAreGroupLevel()
    {
        const CompanionFinder finder(
            Names{"20250705_230713_stage1_generated.png", "20250705_230713.yaml", "20250705_230713.DECISION"});
        QCOMPARE(finder.companionsOf("20250705_230713_stage1_generated.png"), Names{"20250705_230713.DECISION"});
        QCOMPARE(finder.imagesOf("20250705_230713.yaml"), Names{});
    }

    void oddNamesHaveCompanionsToo()
    {
        const CompanionFinder finder(Names{"caf\xE9\n.png", "caf\xE9\n.yaml", "=1+1.png", "=1+1.txt", "a.b.png",
                                           "a.b.yaml", "a.yaml", "_stage1.png", "_stage1.yaml", ".decision", "stem",
                                           "stem.png"});
        QCOMPARE(finder.companionsOf("caf\xE9\n.png"), Names{"caf\xE9\n.yaml"});
        QCOMPARE(finder.companionsOf("=1+1.png"), Names{"=1+1.txt"});
        QCOMPARE(finder.companionsOf("a.b.png"), Names{"a.b.yaml"});
        QCOMPARE(finder.companionsOf("_stage1.png"), Names{"_stage1.yaml"});
        QCOMPARE(finder.companionsOf("stem.png"), Names{"stem"}); // Python's stem of a name without suffix is the name
    }

    void theStretchOfNamesThatIsLookedAtIsLongEnough()
    {
        Names names;
        for (int i = 0; i < 2000; ++i) {
            const std::string stem = "p" + std::to_string(i);
            names.insert(names.end(), {stem + ".png", stem + ".yaml", stem + "_stage.png"});
        }
        const CompanionFinder finder(names);
        for (int i = 0; i < 2000; ++i) {
            const std::string stem = "p" + std::to_string(i);
            QCOMPARE(finder.companionsOf(stem + ".png"), Names{stem + ".yaml"});
            QCOMPARE(finder.imagesOf(stem + ".yaml"), Names{stem + ".png"});
        }
    }
};

QTEST_GUILESS_MAIN(TestCompanions)
#include "tst_companions.moc"
