// SPDX-License-Identifier: GPL-3.0-or-later
// Stands before the C library: whoever asks for the time of day gets another hour each time, back and forth, as if somebody
// set the clock all the time. The monotonic clock stays as it is. With JUMPING_CLOCK_FILE that file is made at the first jump.
#include "tests/clock/jumpingclock.h"

#include <atomic>
#include <cstdlib>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr int64_t kHour = 3600;
std::atomic<uint64_t> jumps = 0;

bool isOfTheDay(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

/// Hours off: 0, 1, -2, 3, -4 ... as far as a day.
int64_t offset()
{
    const uint64_t jump = jumps.fetch_add(1);
    if (const char *file = jump == 1 ? getenv("JUMPING_CLOCK_FILE") : nullptr)
        close(open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    const auto hours = int64_t(jump % 24);
    return (hours % 2 == 0 ? -hours : hours) * kHour;
}

} // namespace

uint64_t clockJumps()
{
    return jumps;
}

extern "C" int clock_gettime(clockid_t clock, timespec *now) noexcept
{
    const auto result = int(syscall(SYS_clock_gettime, clock, now));
    if (result == 0 && isOfTheDay(clock))
        now->tv_sec += offset();
    return result;
}

extern "C" int gettimeofday(timeval *now, void *) noexcept
{
    timespec exact{};
    const int result = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return result;
}

extern "C" time_t time(time_t *out) noexcept
{
    timespec exact{};
    clock_gettime(CLOCK_REALTIME, &exact);
    if (out != nullptr)
        *out = exact.tv_sec;
    return exact.tv_sec;
}
