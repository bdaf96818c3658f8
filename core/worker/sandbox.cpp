// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/sandbox.h"

#include "core/base/text.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PS_SANITIZER_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define PS_SANITIZER_BUILD 1
#endif
#endif

namespace ps {

namespace {

#ifdef PS_SANITIZER_BUILD
// The sanitizers map terabytes, open files in /proc and start helper processes when they report.
constexpr bool kIsSanitizerBuild = true;
#else
constexpr bool kIsSanitizerBuild = false;
#endif

using Problem = std::optional<std::string>; ///< why a layer is not active

Problem lastError(const char* what)
{
    return std::string(what) + ": " + std::strerror(errno);
}

// ---- limits --------------------------------------------------------------------------------------------------------

bool setLimit(__rlimit_resource resource, rlim_t value)
{
    const rlimit limit{value, value};
    return ::setrlimit(resource, &limit) == 0;
}

// No RLIMIT_CPU: it counts over the whole life of a worker and could only be renewed by a worker that may change its
// own limits. The program's deadline per request bounds the time of this single thread from outside.
Problem applyLimits(const SandboxOptions& options)
{
    ::signal(SIGXFSZ, SIG_IGN); // a file that grows too large is an error, not a death
    bool isDone = setLimit(RLIMIT_CORE, 0) && setLimit(RLIMIT_NOFILE, 64);
    if (!kIsSanitizerBuild) {
        isDone = isDone && setLimit(RLIMIT_AS, options.memoryBytes) && setLimit(RLIMIT_FSIZE, options.memoryBytes) &&
                 setLimit(RLIMIT_NPROC, 0);
    }
    return isDone ? Problem() : lastError("setrlimit");
}

// ---- Landlock ------------------------------------------------------------------------------------------------------

// Our own copy of the kernel's interface: the headers of the build machine may be older than the kernel of the user.
struct LandlockRuleset {
    std::uint64_t handledAccessFs = 0;
    std::uint64_t handledAccessNet = 0; ///< ABI 4
    std::uint64_t scoped = 0;           ///< ABI 6
};
constexpr unsigned kAskVersion = 1;
constexpr long kSysCreateRuleset = 444;
constexpr long kSysRestrictSelf = 446;

/// Every right that the kernel knows; what is handled and has no rule is denied. Source: linux/landlock.h of 6.10.
LandlockRuleset everythingKnownTo(long abi)
{
    const auto lowBits = [](int count) { return (std::uint64_t{1} << count) - 1; };
    LandlockRuleset rules;
    const int fsRights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
    rules.handledAccessFs = lowBits(fsRights);
    rules.handledAccessNet = abi >= 4 ? lowBits(2) : 0; // bind and connect of TCP
    rules.scoped = abi >= 6 ? lowBits(2) : 0;           // abstract sockets and signals outside the sandbox
    return rules;
}

std::size_t rulesetBytes(long abi)
{
    return abi >= 6 ? sizeof(LandlockRuleset) : abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

Problem applyLandlock(long& abi)
{
    abi = ::syscall(kSysCreateRuleset, nullptr, 0, kAskVersion);
    if (abi < 1)
        return lastError("the kernel has no Landlock");
    const LandlockRuleset rules = everythingKnownTo(abi);
    const long fd = ::syscall(kSysCreateRuleset, &rules, rulesetBytes(abi), 0);
    if (fd < 0)
        return lastError("Landlock");
    const bool isDone = ::syscall(kSysRestrictSelf, fd, 0) == 0;
    const Problem problem = isDone ? Problem() : lastError("Landlock");
    ::close(static_cast<int>(fd));
    return problem;
}

// ---- seccomp -------------------------------------------------------------------------------------------------------

/// What decoding, encoding and answering need, on descriptors that are already open.
constexpr int kAllowedCalls[] = {SCMP_SYS(read),
                                 SCMP_SYS(readv),
                                 SCMP_SYS(pread64),
                                 SCMP_SYS(preadv),
                                 SCMP_SYS(write),
                                 SCMP_SYS(writev),
                                 SCMP_SYS(pwrite64),
                                 SCMP_SYS(pwritev),
                                 SCMP_SYS(lseek),
                                 SCMP_SYS(fstat),
                                 SCMP_SYS(ftruncate),
                                 SCMP_SYS(close),
                                 SCMP_SYS(recvmsg),
                                 SCMP_SYS(sendmsg),
                                 SCMP_SYS(poll),
                                 SCMP_SYS(ppoll),
                                 SCMP_SYS(brk),
                                 SCMP_SYS(munmap),
                                 SCMP_SYS(mremap),
                                 SCMP_SYS(madvise),
                                 SCMP_SYS(futex),
                                 SCMP_SYS(sched_yield),
                                 SCMP_SYS(sched_getaffinity),
                                 SCMP_SYS(restart_syscall),
                                 SCMP_SYS(rseq),
                                 SCMP_SYS(clock_gettime),
                                 SCMP_SYS(clock_getres),
                                 SCMP_SYS(clock_nanosleep),
                                 SCMP_SYS(nanosleep),
                                 SCMP_SYS(gettimeofday),
                                 SCMP_SYS(time),
                                 SCMP_SYS(getrandom),
                                 SCMP_SYS(getpid),
                                 SCMP_SYS(gettid),
                                 SCMP_SYS(rt_sigaction),
                                 SCMP_SYS(rt_sigprocmask),
                                 SCMP_SYS(rt_sigreturn),
                                 SCMP_SYS(sigaltstack),
                                 SCMP_SYS(exit),
                                 SCMP_SYS(exit_group)};

class SeccompFilter
{
public:
    // A refused call fails with EPERM instead of killing the worker: libraries ask for optional things and go on
    // without, and a picture must not count as a killer because its decoder asked. An attacker gains nothing from the
    // error.
    SeccompFilter() : m_context(::seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
    ~SeccompFilter() { ::seccomp_release(m_context); }
    SeccompFilter(const SeccompFilter&) = delete;
    SeccompFilter& operator=(const SeccompFilter&) = delete;

    bool build()
    {
        if (!m_context)
            return false;
        bool isGood = true;
        for (const int call : kAllowedCalls)
            isGood = isGood && ::seccomp_rule_add_array(m_context, SCMP_ACT_ALLOW, call, 0, nullptr) == 0;
        // Memory may never become executable.
        for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
            isGood = isGood && allowIf(call, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
        // abort() signals itself; nobody else may be signalled.
        isGood = isGood && allowIf(SCMP_SYS(tgkill), {0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0});
        for (const int command : {F_GETFD, F_GETFL, F_GET_SEALS})
            isGood = isGood && allowIf(SCMP_SYS(fcntl), {1, SCMP_CMP_EQ, static_cast<scmp_datum_t>(command), 0});
        return isGood && ::seccomp_attr_set(m_context, SCMP_FLTATR_CTL_TSYNC, 1) == 0;
    }

    bool load() { return ::seccomp_load(m_context) == 0; }

private:
    bool allowIf(int call, scmp_arg_cmp condition)
    {
        return ::seccomp_rule_add_array(m_context, SCMP_ACT_ALLOW, call, 1, &condition) == 0;
    }

    scmp_filter_ctx m_context;
};

Problem applySeccomp()
{
    SeccompFilter filter;
    if (!filter.build())
        return "the system call filter could not be built";
    if (!filter.load())
        return lastError("the kernel refused the system call filter");
    return {};
}

// ---- all of it -----------------------------------------------------------------------------------------------------

class ReportBuilder
{
public:
    void add(SandboxPart part, std::string name, const Problem& problem)
    {
        if (!problem)
            m_report.active |= static_cast<std::uint32_t>(part);
        m_parts.push_back(problem ? "no " + name + " (" + *problem + ")" : std::move(name));
    }
    SandboxReport take()
    {
        m_report.text = join(m_parts, ", ");
        return std::move(m_report);
    }

private:
    SandboxReport m_report;
    std::vector<std::string> m_parts;
};

} // namespace

SandboxOptions sandboxOptionsFromEnvironment()
{
    SandboxOptions options;
    const char* text = std::getenv(kWorkerMemoryVariable);
    if (const auto bytes = text ? parseInteger(text) : std::nullopt; bytes && *bytes > 0)
        options.memoryBytes = static_cast<std::uint64_t>(*bytes);
    return options;
}

SandboxReport enterSandbox(const SandboxOptions& options)
{
    const auto isWanted = [&](SandboxPart part) { return (options.parts & static_cast<std::uint32_t>(part)) != 0; };
    const Problem off = "off (sanitizer build)";
    ReportBuilder report;
    if (isWanted(SandboxPart::NoNewPrivileges)) {
        const bool isDone = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
        report.add(SandboxPart::NoNewPrivileges, "no new privileges", isDone ? Problem() : lastError("prctl"));
    }
    if (isWanted(SandboxPart::Limits)) {
        const Problem problem = applyLimits(options);
        report.add(SandboxPart::Limits, "limits of memory, files and processes",
                   problem || !kIsSanitizerBuild ? problem : off);
    }
    if (isWanted(SandboxPart::Landlock)) {
        long abi = 0;
        const Problem problem = kIsSanitizerBuild ? off : applyLandlock(abi);
        report.add(SandboxPart::Landlock, problem ? "Landlock" : "Landlock (ABI " + std::to_string(abi) + ")", problem);
    }
    if (isWanted(SandboxPart::SystemCalls)) // last: it forbids what the others need
        report.add(SandboxPart::SystemCalls, "system call filter", kIsSanitizerBuild ? off : applySeccomp());
    return report.take();
}

} // namespace ps
