// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/filelimit.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace assay {

namespace {

constexpr rlim_t kTable = 16384; ///< files: some 130 KB

} // namespace

void allowManyFiles()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit); // refused: connections beyond the limit fail, and are counted as such
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int high = fcntl(file, F_DUPFD_CLOEXEC, long(std::min(limit.rlim_cur, kTable)) - 1);
    for (const int one : {high, file}) {
        if (one >= 0)
            close(one);
    }
}

} // namespace assay
