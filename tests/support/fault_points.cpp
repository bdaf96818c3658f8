// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fault_points.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// These functions stand in front of those of the C library: linked into a test program, or loaded into any program with
// LD_PRELOAD, which then reads the plan from PS_FAULT ("<calls> <at> <errno> <sticky> <folder>") and appends "<count>
// <call>" to the file in PS_FAULT_LOG when it strikes, and "<count>" at the end.

namespace ps::test {

namespace {

struct State {
    std::atomic<bool> isArmed = false;
    FaultPlan plan;
    std::atomic<int> count = 0;
    char logPath[PATH_MAX] = {};
};

State& state()
{
    static State* const state = new State; // never destroyed: calls may come after the end of main()
    return *state;
}

void logLine(int count, const char* call)
{
    if (state().logPath[0] == '\0')
        return;
    char line[128];
    const int length = std::snprintf(line, sizeof line, "%d %s\n", count, call);
    const long fd = ::syscall(SYS_openat, AT_FDCWD, state().logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0)
        return;
    ::syscall(SYS_write, fd, line, static_cast<std::size_t>(length));
    ::syscall(SYS_close, fd);
}

bool isBeneath(const char* path)
{
    const std::string& folder = state().plan.folder;
    return std::strncmp(path, folder.c_str(), folder.size()) == 0;
}

bool isBeneath(int fd)
{
    char link[64];
    char path[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    return isBeneath(path);
}

bool isBeneath(int folderFd, const char* path)
{
    if (path[0] == '/')
        return isBeneath(path);
    if (folderFd != AT_FDCWD)
        return isBeneath(folderFd);
    char current[PATH_MAX];
    return ::getcwd(current, sizeof current) && isBeneath(current);
}

/// True when the call is to fail; errno is set.
bool strikes(FaultCalls kind, const char* call)
{
    const FaultPlan& plan = state().plan;
    if ((plan.calls & kind) == 0)
        return false;
    const int count = ++state().count;
    if (count != plan.at && !(plan.isSticky && count > plan.at))
        return false;
    if (count == plan.at)
        logLine(count, call);
    if (plan.errorNumber == 0)
        ::kill(::getpid(), SIGKILL);
    errno = plan.errorNumber;
    return true;
}

template <typename... Where>
bool strikesAt(FaultCalls kind, const char* call, Where... where)
{
    if (!state().isArmed)
        return false;
    const int before = errno;
    const bool isOurs = isBeneath(where...);
    errno = before;
    return isOurs && strikes(kind, call);
}

template <typename Function>
Function* realFunction(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

__attribute__((constructor)) void readEnvironment()
{
    const char* text = std::getenv("PS_FAULT");
    if (!text)
        return;
    FaultPlan plan;
    int sticky = 0;
    int length = 0;
    if (std::sscanf(text, "%u %d %d %d %n", &plan.calls, &plan.at, &plan.errorNumber, &sticky, &length) < 4)
        std::abort();
    plan.isSticky = sticky != 0;
    plan.folder = text + length;
    if (const char* log = std::getenv("PS_FAULT_LOG"))
        std::snprintf(state().logPath, sizeof state().logPath, "%s", log);
    // Programs that this one starts are left alone.
    ::unsetenv("PS_FAULT");
    ::unsetenv("LD_PRELOAD");
    armFaults(plan);
}

__attribute__((destructor)) void sayHowMany()
{
    if (state().isArmed)
        logLine(state().count, "end");
}

} // namespace

void armFaults(const FaultPlan& plan)
{
    state().isArmed = false;
    state().plan = plan;
    state().count = 0;
    state().isArmed = true;
}

void disarmFaults()
{
    state().isArmed = false;
}

int faultPointCount()
{
    return state().count;
}

} // namespace ps::test

using namespace ps::test;

// NOLINTBEGIN: names and forms are those of the C library.

#define PS_REAL(name) static auto* const real = realFunction<decltype(::name)>(#name)

namespace {

mode_t modeArgument(int flags, va_list arguments)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

} // namespace

extern "C" {

#define PS_OPEN(name)                                                                                                  \
    int name(const char* path, int flags, ...)                                                                         \
    {                                                                                                                  \
        PS_REAL(name);                                                                                                 \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeArgument(flags, arguments);                                                            \
        va_end(arguments);                                                                                             \
        if ((flags & O_CREAT) != 0 && strikesAt(CallsCreate, #name, AT_FDCWD, path))                                   \
            return -1;                                                                                                 \
        return real(path, flags, mode);                                                                                \
    }
PS_OPEN(open)
PS_OPEN(open64)

#define PS_OPENAT(name)                                                                                                \
    int name(int folder, const char* path, int flags, ...)                                                             \
    {                                                                                                                  \
        PS_REAL(name);                                                                                                 \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeArgument(flags, arguments);                                                            \
        va_end(arguments);                                                                                             \
        if ((flags & O_CREAT) != 0 && strikesAt(CallsCreate, #name, folder, path))                                     \
            return -1;                                                                                                 \
        return real(folder, path, flags, mode);                                                                        \
    }
PS_OPENAT(openat)
PS_OPENAT(openat64)

int mkdir(const char* path, mode_t mode) __THROW
{
    PS_REAL(mkdir);
    return strikesAt(CallsCreate, "mkdir", AT_FDCWD, path) ? -1 : real(path, mode);
}

int mkdirat(int folder, const char* path, mode_t mode) __THROW
{
    PS_REAL(mkdirat);
    return strikesAt(CallsCreate, "mkdirat", folder, path) ? -1 : real(folder, path, mode);
}

int linkat(int from, const char* old, int to, const char* path, int flags) __THROW
{
    PS_REAL(linkat);
    return strikesAt(CallsCreate, "linkat", to, path) ? -1 : real(from, old, to, path, flags);
}

int renameat(int from, const char* old, int to, const char* path) __THROW
{
    PS_REAL(renameat);
    return strikesAt(CallsCreate, "renameat", to, path) ? -1 : real(from, old, to, path);
}

int renameat2(int from, const char* old, int to, const char* path, unsigned flags) __THROW
{
    PS_REAL(renameat2);
    return strikesAt(CallsCreate, "renameat2", to, path) ? -1 : real(from, old, to, path, flags);
}

int unlink(const char* path) __THROW
{
    PS_REAL(unlink);
    return strikesAt(CallsRemove, "unlink", AT_FDCWD, path) ? -1 : real(path);
}

int unlinkat(int folder, const char* path, int flags) __THROW
{
    PS_REAL(unlinkat);
    return strikesAt(CallsRemove, "unlinkat", folder, path) ? -1 : real(folder, path, flags);
}

int fsync(int fd)
{
    PS_REAL(fsync);
    return strikesAt(CallsSync, "fsync", fd) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    PS_REAL(fdatasync);
    return strikesAt(CallsSync, "fdatasync", fd) ? -1 : real(fd);
}

ssize_t write(int fd, const void* data, size_t size)
{
    PS_REAL(write);
    return strikesAt(CallsWrite, "write", fd) ? -1 : real(fd, data, size);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset)
{
    PS_REAL(pwrite);
    return strikesAt(CallsWrite, "pwrite", fd) ? -1 : real(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset)
{
    PS_REAL(pwrite64);
    return strikesAt(CallsWrite, "pwrite64", fd) ? -1 : real(fd, data, size, offset);
}

int ftruncate(int fd, off_t size) __THROW
{
    PS_REAL(ftruncate);
    return strikesAt(CallsWrite, "ftruncate", fd) ? -1 : real(fd, size);
}

int ftruncate64(int fd, off64_t size) __THROW
{
    PS_REAL(ftruncate64);
    return strikesAt(CallsWrite, "ftruncate64", fd) ? -1 : real(fd, size);
}

ssize_t copy_file_range(int from, off64_t* fromOffset, int to, off64_t* toOffset, size_t size, unsigned flags)
{
    PS_REAL(copy_file_range);
    return strikesAt(CallsWrite, "copy_file_range", to) ? -1 : real(from, fromOffset, to, toOffset, size, flags);
}

} // extern "C"

// NOLINTEND
