// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/text.h"

#include <QTest>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// What QCOMPARE prints for our types, and checks of a Result that print its error.

template <>
inline char* QTest::toString(const std::string& text)
{
    return qstrdup(("\"" + ps::displayText(text) + "\"").c_str());
}

template <>
inline char* QTest::toString(const std::vector<std::string>& texts)
{
    return qstrdup(("[" + ps::displayText(ps::join(texts, ", ")) + "]").c_str());
}

namespace ps {

inline char* toString(ErrorCode code)
{
    return qstrdup(std::string(errorCodeName(code)).c_str());
}

namespace test {

/// "ok", or the error in one line.
template <typename T>
std::string outcomeText(const Result<T>& result)
{
    return result ? "ok" : std::string(errorCodeName(result.error().code)) + ": " + result.error().describe();
}

/// The value of a result that the test cannot do without: a failure ends the test function.
template <typename T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error("unexpected failure: " + outcomeText(result));
    return *std::move(result);
}

inline void must(const Result<void>& result)
{
    if (!result)
        throw std::runtime_error("unexpected failure: " + outcomeText(result));
}

} // namespace test
} // namespace ps

/// The expression gives a Result that holds no error.
#define PS_CHECK_OK(...)                                                                                               \
    do {                                                                                                               \
        const auto& psChecked = (__VA_ARGS__);                                                                         \
        QVERIFY2(psChecked.has_value(), ps::test::outcomeText(psChecked).c_str());                                     \
    } while (false)

/// The expression gives a Result that holds an error of this code.
#define PS_CHECK_ERROR(code_, ...)                                                                                     \
    do {                                                                                                               \
        const auto& psChecked = (__VA_ARGS__);                                                                         \
        QVERIFY2(!psChecked.has_value(), "an error was expected, and there was none");                                 \
        QVERIFY2(psChecked.error().code == (code_), ps::test::outcomeText(psChecked).c_str());                         \
    } while (false)
