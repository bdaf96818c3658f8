// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

#include <cerrno>
#include <memory>

using namespace ps;
using namespace ps::test;
using namespace std::string_literals;

namespace {

Result<int> numberOrError(bool isNumber, int* calls = nullptr)
{
    if (calls)
        ++*calls;
    if (isNumber)
        return 7;
    return Error{ErrorCode::Timeout, "too slow", "the number", 3};
}

Result<void> nothingOrError(bool isFine)
{
    if (isFine)
        return {};
    return Error{ErrorCode::NoSpace, "full", {}, 0};
}

Result<std::string> describeNumber(bool isNumber, int& calls)
{
    PS_TRY(const int number, numberOrError(isNumber, &calls));
    return "number " + std::to_string(number);
}

Result<std::string> inBranches(bool isFine, bool second)
{
    if (second)
        PS_TRY_VOID(nothingOrError(isFine));
    else
        return "not asked"s;
    int number = 0;
    PS_TRY(number, numberOrError(isFine));
    PS_TRY(const auto pointer, Result<std::unique_ptr<int>>(std::make_unique<int>(number)));
    return "got " + std::to_string(*pointer);
}

} // namespace

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tryGivesTheValueAndEvaluatesOnce()
    {
        int calls = 0;
        const auto text = describeNumber(true, calls);
        PS_CHECK_OK(text);
        QCOMPARE(*text, "number 7"s);
        QCOMPARE(calls, 1);
    }

    void tryHandsTheWholeErrorOn()
    {
        int calls = 0;
        const auto text = describeNumber(false, calls);
        PS_CHECK_ERROR(ErrorCode::Timeout, text);
        QCOMPARE(text.error().message, "too slow"s);
        QCOMPARE(text.error().context, "the number"s);
        QCOMPARE(text.error().native, 3);
        QCOMPARE(calls, 1);
    }

    void tryWorksInABranchWithoutBraces()
    {
        QCOMPARE(must(inBranches(true, true)), "got 7"s);
        QCOMPARE(must(inBranches(true, false)), "not asked"s);
        PS_CHECK_ERROR(ErrorCode::NoSpace, inBranches(false, true));
    }

    void valuesMoveOut()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 5);
    }

    void fallbackIsUsedOnlyForAnError()
    {
        QCOMPARE(numberOrError(true).value_or(1), 7);
        QCOMPARE(numberOrError(false).value_or(1), 1);
    }

    void everyCodeHasItsOwnName()
    {
        std::vector<std::string> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            names.emplace_back(errorCodeName(static_cast<ErrorCode>(code)));
        std::vector<std::string> unique = names;
        std::sort(unique.begin(), unique.end());
        QVERIFY(std::adjacent_find(unique.begin(), unique.end()) == unique.end());
        QCOMPARE(names.front(), "NotFound"s);
        QCOMPARE(names.back(), "Internal"s);
    }

    void contextGrowsFromTheInsideOut()
    {
        const Error inner{ErrorCode::Corrupt, "bad page", {}, 11};
        QCOMPARE(inner.describe(), "bad page (11)"s);
        QCOMPARE(inner.in("table").in("file.db").describe(), "file.db: table: bad page (11)"s);
    }

    void systemErrorsAreToldApart_data()
    {
        QTest::addColumn<int>("errnoValue");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, int errnoValue, ErrorCode code) {
            QTest::newRow(name) << errnoValue << static_cast<int>(code);
        };
        row("absent", ENOENT, ErrorCode::NotFound);
        row("disk full", ENOSPC, ErrorCode::NoSpace);
        row("quota full", EDQUOT, ErrorCode::NoSpace);
        row("name taken", EEXIST, ErrorCode::AlreadyExists);
        row("read-only medium", EROFS, ErrorCode::ReadOnly);
        row("no permission", EACCES, ErrorCode::ReadOnly);
        row("symbolic link refused", ELOOP, ErrorCode::Refused);
        row("device error", EIO, ErrorCode::Io);
    }
    void systemErrorsAreToldApart()
    {
        QFETCH(const int, errnoValue);
        QFETCH(const int, code);
        const Error error = errnoError("cannot open", "a/b", errnoValue);
        QVERIFY2(error.code == static_cast<ErrorCode>(code), error.describe().c_str());
        QCOMPARE(error.native, errnoValue);
        QVERIFY(error.describe().starts_with("a/b: cannot open: "));
    }

    void sha256MatchesTheStandard()
    {
        // FIPS 180-4 examples.
        QCOMPARE(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"s);
        QCOMPARE(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"s);
        Sha256 pieces;
        pieces.add("a");
        pieces.add("");
        pieces.add("bc");
        QCOMPARE(pieces.hex(), sha256Hex("abc"));
    }

    void sha256OfAFileDoesNotMoveItsPosition()
    {
        const TempFolder folder;
        const std::string bytes((std::size_t{3} << 20U) + 17, 'x');
        folder.write("big", bytes);
        const UniqueFd fd = must(openFileBeneath(folder.handle()->get(), "big"));
        QCOMPARE(must(sha256OfFile(fd.get())), sha256Hex(bytes));
        QCOMPARE(must(readAll(fd.get(), bytes.size())), bytes);
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
