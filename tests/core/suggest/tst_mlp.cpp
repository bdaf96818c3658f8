// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/suggest/mlp.h"
#include "tests/support/checks.h"

#include <QTest>

#include <array>
#include <limits>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

constexpr std::array kNumbers{0, 3};
constexpr std::array<std::size_t, 3> kWidths{2, 2, 1};

Mlp sampleNet()
{
    return {{{2, 2, {1, -1, 0.5F, 2}, {0.25F, -1}}, {2, 1, {3, -2}, {0.5F}}}};
}

} // namespace

class TestMlp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itComputesWhatPyTorchComputes()
    {
        // relu([1*2 - 1*1 + .25, .5*2 + 2*1 - 1]) = [1.25, 2]; 3*1.25 - 2*2 + .5 = .25
        QVERIFY(sampleNet().forward(std::array{2.0F, 1.0F}) == std::vector<float>{0.25F});
        // the second unit of the hidden layer is cut to 0; the output may be negative
        QVERIFY(sampleNet().forward(std::array{-1.0F, 0.0F}) == std::vector<float>{0.5F});
    }

    void tensorsComeBackAsTheSameNet()
    {
        auto tensors = sampleNet().toTensors(kNumbers);
        QCOMPARE(tensors.size(), std::size_t{4});
        QCOMPARE(tensors[2].name, "net.3.weight"s);
        QVERIFY((tensors[2].shape == std::vector<std::int64_t>{1, 2}));
        QVERIFY(must(Mlp::fromTensors(tensors)) == sampleNet());
        std::ranges::reverse(tensors);
        QVERIFY(must(Mlp::fromTensors(tensors)) == sampleNet());
        QVERIFY(must(Mlp::fromTensors(tensors, kNumbers, kWidths)) == sampleNet());
    }

    void whatDoesNotFitIsRefusedWithBothLists()
    {
        const auto tensors = sampleNet().toTensors(kNumbers);
        const auto wrong = Mlp::fromTensors(tensors, std::array{0, 2}, kWidths);
        PS_CHECK_ERROR(ErrorCode::Refused, wrong);
        QCOMPARE(wrong.error().message,
                 "the tensors do not fit: expected net.0.weight [2, 2], net.0.bias [2], "
                 "net.2.weight [1, 2], net.2.bias [1]; found net.0.weight [2, 2], net.0.bias [2], "
                 "net.3.weight [1, 2], net.3.bias [1]"s);
        PS_CHECK_ERROR(ErrorCode::Refused, Mlp::fromTensors(tensors, kNumbers, std::array<std::size_t, 3>{2, 3, 1}));
        PS_CHECK_ERROR(ErrorCode::Refused, Mlp::fromTensors({}));

        const auto refuses = [&](const auto& change) {
            auto changed = tensors;
            change(changed);
            const auto net = Mlp::fromTensors(changed);
            return !net && net.error().code == ErrorCode::Refused;
        };
        QVERIFY(refuses([](auto& list) { list.pop_back(); }));                                  // a bias is missing
        QVERIFY(refuses([](auto& list) { list.push_back(list.front()); }));                     // twice
        QVERIFY(refuses([](auto& list) { list[0].name = "head.0.weight"; }));                   // another name
        QVERIFY(refuses([](auto& list) { list[0].shape = {4, 1}; }));                           // another shape
        QVERIFY(refuses([](auto& list) { list[0].shape = {4}; }));                              // another rank
        QVERIFY(refuses([](auto& list) { list[2].shape = {1, 1}, list[2].values = {1}; }));     // does not join
        QVERIFY(refuses([](auto& list) { list.push_back({"net.5.running_mean", {1}, {0}}); })); // a norm layer
    }

    void numbersThatAreNotFiniteAreDamage()
    {
        auto tensors = sampleNet().toTensors(kNumbers);
        tensors[0].values[1] = std::numeric_limits<float>::quiet_NaN();
        PS_CHECK_ERROR(ErrorCode::Corrupt, Mlp::fromTensors(tensors));
        tensors[0].values[1] = std::numeric_limits<float>::infinity();
        PS_CHECK_ERROR(ErrorCode::Corrupt, Mlp::fromTensors(tensors));
    }
};

QTEST_GUILESS_MAIN(TestMlp)
#include "tst_mlp.moc"
