// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/python.h"

#include "core/base/json.h"

#include <QStringList>

#include <stdexcept>

namespace ps::test {

namespace {

constexpr int kPatienceMs = 100'000; // only a program that hangs takes as long

QStringList pythonArguments(const std::string& program, const std::vector<std::string>& arguments)
{
    QStringList list{QStringLiteral("-c"), QString::fromStdString(program)};
    for (const std::string& argument : arguments)
        list.append(QString::fromStdString(argument));
    return list;
}

[[noreturn]] void fail(QProcess& process, const std::string& what)
{
    throw std::runtime_error("python " + what + ": " + process.readAllStandardError().toStdString());
}

Json textList(const std::vector<std::string>& texts)
{
    Json::Array list;
    for (const std::string& text : texts)
        list.emplace_back(text);
    return Json(std::move(list));
}

std::string run(const QString& interpreter, const std::string& program, const std::vector<std::string>& arguments,
                std::string_view input)
{
    QProcess process;
    process.start(interpreter, pythonArguments(program, arguments));
    if (!process.waitForStarted(kPatienceMs))
        fail(process, "did not start");
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    if (!process.waitForFinished(kPatienceMs))
        fail(process, "did not end");
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        fail(process, "failed");
    return process.readAllStandardOutput().toStdString();
}

} // namespace

std::string runPython(const std::string& program, const std::vector<std::string>& arguments, std::string_view input)
{
    return run(QStringLiteral("python3"), program, arguments, input);
}

std::string runDebianPython(const std::string& program, const std::vector<std::string>& arguments,
                            std::string_view input)
{
    return run(QStringLiteral("/usr/bin/python3"), program, arguments, input);
}

std::string runSqlElsewhere(const std::string& databasePath, const std::vector<std::string>& statements,
                            const std::string& query)
{
    return runPython("import json, sqlite3, sys\n"
                     "connection = sqlite3.connect(sys.argv[1])\n"
                     "for statement in json.loads(sys.argv[2]):\n"
                     "    connection.execute(statement)\n"
                     "connection.commit()\n"
                     "rows = connection.execute(sys.argv[3]).fetchall()\n"
                     "connection.close()\n"
                     "sys.stdout.write(json.dumps([list(row) for row in rows]))\n",
                     {databasePath, dumpJson(textList(statements)), query});
}

PythonProcess::PythonProcess(const std::string& program, const std::vector<std::string>& arguments)
{
    m_process.start(QStringLiteral("python3"), pythonArguments(program, arguments));
    if (!m_process.waitForStarted(kPatienceMs))
        fail(m_process, "did not start");
}

PythonProcess::~PythonProcess()
{
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning)
        m_process.waitForFinished(kPatienceMs);
}

std::string PythonProcess::readLine()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kPatienceMs))
            fail(m_process, "gave no line");
    }
    return m_process.readLine().trimmed().toStdString();
}

void PythonProcess::writeLine(std::string_view line)
{
    m_process.write(line.data(), static_cast<qint64>(line.size()));
    m_process.write("\n");
    if (!m_process.waitForBytesWritten(kPatienceMs))
        fail(m_process, "took no line");
}

void PythonProcess::finish()
{
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatienceMs))
        fail(m_process, "did not end");
}

DatabaseHolder::DatabaseHolder(const std::string& databasePath, const std::vector<std::string>& statements)
    : m_process("import json, sqlite3, sys\n"
                "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                "for statement in json.loads(sys.argv[2]):\n"
                "    connection.execute(statement).fetchall()\n"
                "print('holding', flush=True)\n"
                "sys.stdin.read()\n"
                "connection.close()\n",
                {databasePath, dumpJson(textList(statements))})
{
    m_process.readLine();
}

} // namespace ps::test
