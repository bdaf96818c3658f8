// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/self_test.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ps {

namespace {

constexpr const char* kForeignFile = "/etc/passwd";
constexpr const char* kNewFile = "/tmp/proofsheet-selftest-escape";

/// `outcome` is what the system call returned: negative means that it failed, and errno says why.
std::string verdict(long outcome)
{
    if (outcome >= 0)
        return "ALLOWED";
    const char* name = ::strerrorname_np(errno);
    return std::string("denied: ") + (name ? name : "?");
}

std::string tryOpen(const char* path, int flags)
{
    const UniqueFd fd(::open(path, flags | O_CLOEXEC, 0600));
    return verdict(fd.get());
}

std::string tryFork()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    std::string text = verdict(child);
    if (child > 0)
        ::waitpid(child, nullptr, 0);
    return text;
}

std::string tryExecute()
{
    char name[] = "true";
    char* const arguments[] = {name, nullptr};
    char* const environment[] = {nullptr};
    return verdict(::execve("/bin/true", arguments, environment)); // on success nothing returns: the worker is gone
}

std::string tryMapExecutable()
{
    void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return verdict(memory == MAP_FAILED ? -1 : 0);
}

std::string tryRaiseLimits()
{
    const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
    return verdict(::setrlimit(RLIMIT_AS, &more));
}

std::string attempt(SelfTest test)
{
    struct stat status{};
    switch (test) {
    case SelfTest::OpenFile: return tryOpen(kForeignFile, O_RDONLY);
    case SelfTest::CreateFile: return tryOpen(kNewFile, O_WRONLY | O_CREAT);
    case SelfTest::ReadEnvironment: return tryOpen("/proc/self/environ", O_RDONLY);
    case SelfTest::Stat: return verdict(::stat(kForeignFile, &status));
    case SelfTest::Socket: return verdict(UniqueFd(::socket(AF_INET, SOCK_STREAM, 0)).get());
    case SelfTest::UnixSocket: return verdict(UniqueFd(::socket(AF_UNIX, SOCK_STREAM, 0)).get());
    case SelfTest::Execute: return tryExecute();
    case SelfTest::Trace: return verdict(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr));
    case SelfTest::Fork: return tryFork();
    case SelfTest::SignalParent: return verdict(::kill(::getppid(), SIGCONT));
    case SelfTest::MapExecutable: return tryMapExecutable();
    case SelfTest::MakeMemfd: return verdict(UniqueFd(::memfd_create("escape", MFD_CLOEXEC)).get());
    case SelfTest::RaiseLimits: return tryRaiseLimits();
    default: return "no such attempt";
    }
}

[[noreturn]] void segfault()
{
    ::signal(SIGSEGV, SIG_DFL); // also when a sanitizer wants to explain it
    ::raise(SIGSEGV);
    std::abort();
}

void runOutOfMemory()
{
    constexpr std::size_t kStep = std::size_t{256} << 20;
    std::vector<std::unique_ptr<char[]>> blocks;
    for (int i = 0; i < 1024; ++i)
        blocks.push_back(std::make_unique_for_overwrite<char[]>(kStep)); // untouched: only the address space is used
}

void hang(RequestContext* context)
{
    while (!context || !context->isCancelled()) {
        const timespec pause{0, 5'000'000};
        ::nanosleep(&pause, nullptr);
    }
}

} // namespace

bool SelfTestHandler::isWanted()
{
    const char* value = std::getenv(kSelfTestVariable);
    return value && std::string_view(value) == "1";
}

Result<std::string> SelfTestHandler::handle(const IncomingRequest& request, RequestContext& context)
{
    if (request.body.size() != 1)
        return Error{ErrorCode::InvalidInput, "a self-test request has one byte", {}, 0};
    const auto test = static_cast<SelfTest>(request.body.front());
    switch (test) {
    case SelfTest::Echo: return "echo " + std::to_string(request.descriptors.size());
    case SelfTest::Abort: std::abort();
    case SelfTest::Segfault: segfault();
    case SelfTest::Hang: hang(nullptr); break;
    case SelfTest::HangUntilCancelled:
        hang(&context);
        return Error{ErrorCode::Cancelled, "the work was cancelled", {}, 0};
    case SelfTest::ThrowException: throw std::runtime_error("planted exception");
    case SelfTest::RunOutOfMemory: runOutOfMemory(); break;
    case SelfTest::WriteToLog: std::fputs("first line\n\033[31msecond line\n", stderr); break;
    case SelfTest::SendLogFrames:
        for (int i = 0; i < 1000; ++i)
            context.log("line " + std::to_string(i));
        break;
    default: return attempt(test);
    }
    return std::string("done");
}

} // namespace ps
