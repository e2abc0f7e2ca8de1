// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sandbox.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/service/sandboxprocess.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace assay {
namespace {

namespace fs = std::filesystem;
using Why = SandboxEnd::Why;

constexpr const char *kPython = "/usr/bin/python3";
constexpr const char *kPrlimit = "/usr/bin/prlimit";

// What the program's process ends with. Reaching the end is told by a status of its own: a program that ends itself early, with
// whatever status, has not passed.
constexpr int kReachedEnd = 83;
constexpr int kNoMemory = 84;

// Like HumanEval's own script, the program has no __main__ block, and nothing after its last line is waited for.
constexpr const char *kRunner = R"(import os, sys
source = sys.stdin.buffer.read()
try:
    exec(compile(source, 'program.py', 'exec'), {})
except MemoryError:
    os._exit(84)
sys.stdout.flush()
os._exit(83)
)";

fs::path findBubblewrap()
{
    const char *path = std::getenv("PATH");
    std::istringstream places(path ? path : "/usr/bin");
    for (std::string place; std::getline(places, place, ':');) {
        const fs::path program = fs::path(place) / "bwrap";
        if (program.is_absolute() && access(program.c_str(), X_OK) == 0)
            return program;
    }
    return {};
}

/// The folders that programs and libraries are found in beside /usr: as here, links into /usr or folders.
void addSystem(std::vector<std::string> &command)
{
    for (const char *folder : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
        std::error_code missing;
        if (fs::is_symlink(folder, missing))
            command.insert(command.end(), {"--symlink", fs::read_symlink(folder, missing).string(), folder});
        else if (fs::is_directory(folder, missing))
            command.insert(command.end(), {"--ro-bind", folder, folder});
    }
    for (const char *file : {"/etc/alternatives", "/etc/ld.so.cache"})
        command.insert(command.end(), {"--ro-bind-try", file, file});
}

std::vector<std::string> commandFor(const fs::path &bubblewrap, bool filtered, const SandboxLimits &limits)
{
    const auto say = [](const char *name, auto value) { return std::string(name) + std::to_string(value); };
    std::vector<std::string> command{bubblewrap.string(), "--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent",
                                     "--new-session", "--cap-drop", "ALL", "--clearenv", "--setenv", "PATH", "/usr/bin",
                                     "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8", "--hostname", "sandbox"};
    if (filtered)
        command.insert(command.end(), {"--seccomp", "3"});
    command.insert(command.end(), {"--ro-bind", "/usr", "/usr"});
    addSystem(command);
    // Both roots are file systems in memory without a limit of their own, hence read-only once they are set up.
    command.insert(command.end(), {"--dev", "/dev", "--remount-ro", "/dev", "--size", std::to_string(limits.temporaryBytes), "--tmpfs",
                                   "/tmp", "--chdir", "/tmp", "--remount-ro", "/", "--"});
    // In here, since processes are counted by user and namespace: outside, those of the user's desktop would count.
    command.insert(command.end(), {kPrlimit, say("--nproc=", limits.processes), say("--as=", limits.memoryBytes),
                                   say("--fsize=", limits.temporaryBytes), say("--nofile=", limits.openFiles), "--core=0",
                                   say("--cpu=", limits.processorSeconds) + say(":", limits.processorSeconds + 1)});
    command.insert(command.end(), {kPython, "-I", "-B", "-c", kRunner});
    return command;
}

Execution notExecuted(std::string why)
{
    Execution out;
    out.told = std::move(why);
    return out;
}

std::string withOutput(const std::string &what, const std::string &output)
{
    return output.empty() ? what : output + (output.back() == '\n' ? "" : "\n") + what;
}

Execution executionOf(const SandboxEnd &end, const SandboxLimits &limits)
{
    using End = Execution::End;
    const std::string output = validUtf8(end.output);
    const auto make = [&](End how, const std::string &what) { return Execution{how, withOutput(what, output), end.seconds}; };
    if (!end.notStarted.empty())
        return notExecuted(end.notStarted);
    switch (end.why) {
    case Why::Stopped: return notExecuted(ASSAY_TEXT("Execution", "It was stopped before it ended."));
    case Why::Time: return make(End::TimedOut, "It ran for more than " + formatSeconds(limits.seconds) + ".");
    case Why::Memory: return make(End::OutOfMemory, "It took more than " + formatBytes(double(limits.memoryBytes)) + ".");
    case Why::Output: return make(End::Killed, "It printed more than " + formatBytes(double(limits.outputBytes)) + ".");
    case Why::Itself: break;
    }
    if (end.status == kReachedEnd)
        return make(End::Passed, {});
    if (end.status == kNoMemory)
        return make(End::OutOfMemory, "It wanted more than " + formatBytes(double(limits.memoryBytes)) + ".");
    if (end.status == 128 + SIGXCPU)
        return make(End::TimedOut, "It computed for more than " + formatSeconds(double(limits.processorSeconds)) + ".");
    if (end.status > 128 && end.status < 128 + 65)
        return make(End::Killed, "It was ended by signal " + std::to_string(end.status - 128) + ".");
    return make(End::Failed, end.status == 0 ? ASSAY_TEXT("Execution", "It ended before its tests did.") : "");
}

/// The program in the sandbox, whatever comes of it.
SandboxEnd runAny(const std::string &program, const SandboxLimits &limits, const std::stop_token &stop)
{
    const std::string filter = refusedCalls();
    return runWatched(commandFor(findBubblewrap(), !filter.empty(), limits), program, filter, limits, stop);
}

std::string tryIt()
{
    if (findBubblewrap().empty())
        return ASSAY_TEXT("Execution", "Generated code runs only in a sandbox, and bubblewrap is not installed.");
    for (const char *program : {kPython, kPrlimit}) {
        if (access(program, X_OK) != 0)
            return std::string(program) + " is not installed.";
    }
    const SandboxEnd end = runAny("pass\n", {}, {});
    if (end.why == Why::Itself && end.status == kReachedEnd)
        return {};
    const std::string told = end.notStarted.empty() ? validUtf8(end.output) : end.notStarted;
    return "bubblewrap makes no sandbox on this machine: " + told.substr(0, told.find('\n'));
}

} // namespace

std::string whyNoSandbox()
{
    // What is missing may be installed while the program runs, so only success is remembered.
    static std::atomic<bool> works = false;
    if (works)
        return {};
    std::string why = tryIt();
    works = why.empty();
    return why;
}

Execution runSandboxed(const std::string &program, const SandboxLimits &limits, std::stop_token stop)
{
    if (std::string why = whyNoSandbox(); !why.empty())
        return notExecuted(std::move(why));
    return executionOf(runAny(program, limits, stop), limits);
}

} // namespace assay
