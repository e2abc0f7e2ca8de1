// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/pagecache.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace assay::engine {
namespace {

// The mapping is never read, so a failing disk or a shrinking file cannot raise a signal.
double cachedShareOf(int descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
        return 1;
    const size_t size = size_t(status.st_size);
    void *mapping = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapping == MAP_FAILED)
        return 1;
    const size_t page = size_t(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> resident((size + page - 1) / page);
    double share = 1;
    if (::mincore(mapping, size, resident.data()) == 0) {
        const auto present = std::ranges::count_if(resident, [](unsigned char flags) { return flags & 1; });
        share = double(present) / double(resident.size());
    }
    ::munmap(mapping, size);
    return share;
}

} // namespace

double cachedShare(const std::filesystem::path &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return 1;
    const double share = cachedShareOf(descriptor);
    ::close(descriptor);
    return share;
}

} // namespace assay::engine
