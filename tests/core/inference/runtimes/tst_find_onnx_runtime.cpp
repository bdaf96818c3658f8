// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/find_onnx_runtime.h"
#include "tests/support/checks.h"
#include "tests/support/temp_folder.h"

#include <QTest>

using namespace ps;

class TestFindOnnxRuntime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ::unsetenv(kOnnxRuntimeVariable);
        ::setenv("XDG_DATA_HOME", m_folder.pathOf("share").c_str(), 1);
    }

    void aGivenPathIsTheAnswerOrAnError()
    {
        const std::string path = m_folder.write("here/onnx.so", "");
        ::setenv(kOnnxRuntimeVariable, m_folder.write("there/onnx.so", "").c_str(), 1);
        const auto found = test::must(findOnnxRuntime(path));
        QCOMPARE(found.path, path);
        QCOMPARE(found.origin, OnnxRuntimeLocation::Origin::Given);
        const auto absent = findOnnxRuntime(m_folder.pathOf("absent.so"));
        PS_CHECK_ERROR(ErrorCode::NotFound, absent);
        QCOMPARE(absent.error().context, m_folder.pathOf("absent.so"));
        PS_CHECK_ERROR(ErrorCode::NotFound, findOnnxRuntime(m_folder.path())); // a folder
        PS_CHECK_ERROR(ErrorCode::InvalidInput, findOnnxRuntime("here/onnx.so"));
    }

    void thenComesTheEnvironment()
    {
        const std::string path = m_folder.write("there/onnx.so", "");
        ::setenv(kOnnxRuntimeVariable, path.c_str(), 1);
        QCOMPARE(test::must(findOnnxRuntime()), (OnnxRuntimeLocation{path, OnnxRuntimeLocation::Origin::Environment}));
        ::setenv(kOnnxRuntimeVariable, "/absent/onnx.so", 1);
        PS_CHECK_ERROR(ErrorCode::NotFound, findOnnxRuntime());
        ::setenv(kOnnxRuntimeVariable, "onnx.so", 1);
        PS_CHECK_ERROR(ErrorCode::InvalidInput, findOnnxRuntime());
    }

    void theInstalledCopyComesLast()
    {
        QCOMPARE(installedOnnxRuntimePath(), m_folder.pathOf("share/proofsheet/onnxruntime/libonnxruntime.so.1"));
        const auto before = findOnnxRuntime();
        if (before) { // a copy of the system's
            QCOMPARE(before->origin, OnnxRuntimeLocation::Origin::System);
            return;
        }
        PS_CHECK_ERROR(ErrorCode::NotFound, before);
        const std::string path = m_folder.write("share/proofsheet/onnxruntime/libonnxruntime.so.1", "");
        QCOMPARE(test::must(findOnnxRuntime()), (OnnxRuntimeLocation{path, OnnxRuntimeLocation::Origin::Installed}));
    }

    void withoutTheVariableItIsBeneathHome()
    {
        ::unsetenv("XDG_DATA_HOME");
        ::setenv("HOME", "/home/somebody", 1);
        QCOMPARE(installedOnnxRuntimePath(),
                 std::string("/home/somebody/.local/share/proofsheet/onnxruntime/libonnxruntime.so.1"));
        ::setenv("XDG_DATA_HOME", "relative", 1);
        QVERIFY(installedOnnxRuntimePath().starts_with("/home/somebody/"));
    }

private:
    test::TempFolder m_folder;
};

QTEST_GUILESS_MAIN(TestFindOnnxRuntime)
#include "tst_find_onnx_runtime.moc"
