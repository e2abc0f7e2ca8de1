// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sandboxprocess.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <map>
#include <poll.h>
#include <set>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay {
namespace {

using Clock = std::chrono::steady_clock;
using Why = SandboxEnd::Why;

constexpr int kLookEvery = 50;            // ms between two looks at the clock and at the memory
constexpr size_t kKeptOutput = 4096;      // bytes of the output's end
constexpr unsigned kNobody = 65534;       // what root becomes; also the kernel's own overflow id
constexpr std::chrono::seconds kDying{2}; // what a killed sandbox has to let go of its output

struct Descriptor
{
    int fd = -1;
    Descriptor() = default;
    explicit Descriptor(int number) : fd(number) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { close(); }
    void close()
    {
        if (fd >= 0)
            ::close(fd);
        fd = -1;
    }
};

/// A file in memory that can only be read; -1 when the system has no room.
int sealedFile(const std::string &bytes)
{
    const int fd = memfd_create("assay", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    size_t written = 0;
    while (fd >= 0 && written < bytes.size()) {
        const ssize_t count = write(fd, bytes.data() + written, bytes.size() - written);
        if (count <= 0) {
            ::close(fd);
            return -1;
        }
        written += size_t(count);
    }
    if (fd >= 0) {
        lseek(fd, 0, SEEK_SET);
        fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    }
    return fd;
}

/// The child's way from fork to exec: only what is safe in a process that has other threads.
[[noreturn]] void become(char *const *arguments, int input, int filter, int output)
{
    constexpr int kFailed = 127;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setresgid(kNobody, kNobody, kNobody) != 0 || setresuid(kNobody, kNobody, kNobody) != 0))
        _exit(kFailed);
    // Above the places that they go to, so that none is closed on the way.
    const int high = 10;
    const int from[] = {fcntl(input, F_DUPFD, high), fcntl(output, F_DUPFD, high), fcntl(filter, F_DUPFD, high)};
    if (dup2(from[0], 0) < 0 || dup2(from[1], 1) < 0 || dup2(from[1], 2) < 0 || dup2(from[2], 3) < 0)
        _exit(kFailed);
    if (close_range(4, ~0u, 0) != 0)
        _exit(kFailed);
    execv(arguments[0], arguments);
    _exit(kFailed);
}

struct Process
{
    pid_t parent = 0;
    uint64_t bytes = 0;
};

/// Resident memory of a process and of all that descend from it. Whom a sandboxed program leaves behind belongs to the
/// sandbox's own first process, so all are found.
uint64_t memoryOfTree(pid_t root)
{
    std::map<pid_t, Process> all;
    std::error_code ignored;
    const uint64_t page = uint64_t(sysconf(_SC_PAGESIZE));
    for (const auto &entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const pid_t pid = pid_t(std::atoi(entry.path().filename().c_str()));
        std::string line;
        if (pid <= 0 || !std::getline(std::ifstream(entry.path() / "stat"), line) || line.rfind(')') == std::string::npos)
            continue;
        // Behind the name, which may hold anything: state, parent, ... the 24th field of all is the resident pages.
        Process process;
        long long resident = 0;
        if (std::sscanf(line.c_str() + line.rfind(')') + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %*u %*u %lld",
                        &process.parent, &resident) == 2) {
            process.bytes = uint64_t(std::max(0LL, resident)) * page;
            all[pid] = process;
        }
    }
    uint64_t sum = 0;
    std::vector<pid_t> open{root};
    std::set<pid_t> seen;
    while (!open.empty()) {
        const pid_t pid = open.back();
        open.pop_back();
        if (!seen.insert(pid).second)
            continue;
        sum += all.contains(pid) ? all[pid].bytes : 0;
        for (const auto &[other, process] : all) {
            if (process.parent == pid)
                open.push_back(other);
        }
    }
    return sum;
}

/// What is read of the output: its end is kept, all of it counted.
struct Output
{
    std::string kept;
    uint64_t total = 0;

    /// False at the end.
    bool read(int fd)
    {
        char buffer[65536];
        const ssize_t count = ::read(fd, buffer, sizeof buffer);
        if (count < 0)
            return errno == EINTR || errno == EAGAIN;
        total += uint64_t(count);
        kept.append(buffer, size_t(count));
        if (kept.size() > kKeptOutput)
            kept.erase(0, kept.size() - kKeptOutput);
        return count > 0;
    }
};

/// Reads until the sandbox has closed its output or passes a limit.
Why watch(pid_t pid, int fd, const SandboxLimits &limits, const std::stop_token &stop, Output &output)
{
    const Clock::time_point begin = Clock::now();
    Clock::time_point looked = begin;
    while (true) {
        pollfd waiting{fd, POLLIN, 0};
        if (poll(&waiting, 1, kLookEvery) > 0 && !output.read(fd))
            return Why::Itself;
        if (output.total > limits.outputBytes)
            return Why::Output;
        if (stop.stop_requested())
            return Why::Stopped;
        const Clock::time_point now = Clock::now();
        if (std::chrono::duration<double>(now - begin).count() > limits.seconds)
            return Why::Time;
        if (now - looked < std::chrono::milliseconds(kLookEvery))
            continue;
        looked = now;
        if (memoryOfTree(pid) > limits.memoryBytes)
            return Why::Memory;
    }
}

/// All of a killed sandbox is gone when nobody holds its output any more.
void letDie(int fd)
{
    const Clock::time_point end = Clock::now() + kDying;
    Output ignored;
    while (Clock::now() < end) {
        pollfd waiting{fd, POLLIN, 0};
        if (poll(&waiting, 1, kLookEvery) > 0 && !ignored.read(fd))
            return;
    }
}

/// Once the output is closed the process is about to end; one that only closed it has what is left of its time.
int statusOf(pid_t pid, Why &why, const SandboxLimits &limits, const std::stop_token &stop, Clock::time_point begin)
{
    int status = 0;
    if (why != Why::Itself)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, why == Why::Itself ? WNOHANG : 0) == 0) {
        const bool late = std::chrono::duration<double>(Clock::now() - begin).count() > limits.seconds;
        if (late || stop.stop_requested()) {
            why = late ? Why::Time : Why::Stopped;
            kill(pid, SIGKILL);
        } else if (memoryOfTree(pid) > limits.memoryBytes) {
            why = Why::Memory;
            kill(pid, SIGKILL);
        } else {
            poll(nullptr, 0, 2);
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

SandboxEnd runWatched(const std::vector<std::string> &command, const std::string &input, const std::string &filter,
                      const SandboxLimits &limits, const std::stop_token &stop)
{
    SandboxEnd end;
    const auto notStarted = [&end] {
        end.notStarted = std::strerror(errno);
        return end;
    };
    std::vector<char *> arguments;
    for (const std::string &word : command)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    const Descriptor program(sealedFile(input)), calls(sealedFile(filter));
    int ends[2];
    if (program.fd < 0 || calls.fd < 0 || pipe2(ends, O_CLOEXEC) != 0)
        return notStarted();
    const Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    const Clock::time_point begin = Clock::now();
    const pid_t pid = fork();
    if (pid == 0)
        become(arguments.data(), program.fd, calls.fd, writing.fd);
    if (pid < 0)
        return notStarted();
    writing.close();
    Output output;
    end.why = watch(pid, reading.fd, limits, stop, output);
    end.status = statusOf(pid, end.why, limits, stop, begin);
    if (end.why != Why::Itself)
        letDie(reading.fd);
    end.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    end.output = std::move(output.kept);
    return end;
}

} // namespace assay
