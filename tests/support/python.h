// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include <string>
#include <string_view>
#include <vector>

namespace ps::test {

/// Runs a Python program to its end and returns what it printed. A program that fails ends the test function with what it
/// wrote to its error output.
std::string runPython(const std::string& program, const std::vector<std::string>& arguments = {},
                      std::string_view input = {});

/// The same with the Python of the system, which has what Debian packages for Python, such as Pillow (python3-pil).
std::string runDebianPython(const std::string& program, const std::vector<std::string>& arguments = {},
                            std::string_view input = {});

/// Runs SQL in another process, through Python's sqlite3 as the scripts do: statements, then one query whose rows come back
/// as one JSON list of lists. `statements` may be empty.
std::string runSqlElsewhere(const std::string& databasePath, const std::vector<std::string>& statements,
                            const std::string& query = "SELECT 1");

/// A Python program that goes on running, for tests in which another process holds something. Its end is the end of the
/// scope: its input is closed, and it is waited for.
class PythonProcess
{
public:
    PythonProcess(const std::string& program, const std::vector<std::string>& arguments);
    ~PythonProcess();
    PythonProcess(const PythonProcess&) = delete;
    PythonProcess& operator=(const PythonProcess&) = delete;

    /// Waits for the next line of output, without its line break.
    std::string readLine();
    void writeLine(std::string_view line);
    int processId() const { return static_cast<int>(m_process.processId()); }
    /// Closes the input and waits for the end.
    void finish();

private:
    QProcess m_process;
};

/// Opens a database in another process, runs `statements` and keeps the connection, with whatever transaction they began,
/// until the scope ends.
class DatabaseHolder
{
public:
    DatabaseHolder(const std::string& databasePath, const std::vector<std::string>& statements);

    int processId() const { return m_process.processId(); }
    void finish() { m_process.finish(); }

private:
    PythonProcess m_process;
};

} // namespace ps::test
