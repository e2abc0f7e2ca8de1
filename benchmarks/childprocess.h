// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace assay::benchmark {

/// What a process of its own took, as the kernel counted it.
struct Child
{
    int exitCode = -1;
    double milliseconds = 0;          ///< from the fork to its end
    double processorMilliseconds = 0; ///< user and system
    long megabytes = 0;               ///< largest resident size
    long grownMegabytes = 0;          ///< what it grew beyond its size at the fork, for forkChild
};

/// Runs work in a fork of this process; what it returns is the exit code.
inline Child forkChild(const std::function<int()> &work)
{
    const auto milliseconds = [](const timeval &time) { return 1e3 * double(time.tv_sec) + 1e-3 * double(time.tv_usec); };
    long pages[2] = {0, 0};
    if (FILE *own = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(own, "%ld %ld", &pages[0], &pages[1]) != 2)
            pages[1] = 0;
        std::fclose(own);
    }
    Child child;
    const auto start = std::chrono::steady_clock::now();
    const pid_t process = fork();
    if (process == 0)
        _exit(work());
    int status = 0;
    rusage usage{};
    if (process < 0 || wait4(process, &status, 0, &usage) != process)
        return child;
    child.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    child.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    child.processorMilliseconds = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    child.megabytes = usage.ru_maxrss / 1024;
    child.grownMegabytes = std::max(0L, child.megabytes - pages[1] * sysconf(_SC_PAGESIZE) / (1 << 20));
    return child;
}

/// Runs a program with its output thrown away.
inline Child runChild(const std::vector<std::string> &command)
{
    return forkChild([&command] {
        std::vector<char *> arguments;
        for (const std::string &argument : command)
            arguments.push_back(const_cast<char *>(argument.c_str()));
        arguments.push_back(nullptr);
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execv(arguments.front(), arguments.data());
        return 127;
    });
}

} // namespace assay::benchmark
