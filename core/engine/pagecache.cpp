// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/pagecache.h"

#include <algorithm>
#include <cstddef>
#include <fcntl.h>
#include <optional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace assay::engine {
namespace {

// Some milliseconds' worth of pages between two looks at the stop token.
constexpr size_t kWindow = size_t(256) << 20;

/// Pages of the mapping that are in memory; nothing where it cannot be told.
std::optional<size_t> residentPages(std::byte *mapping, size_t size, size_t page, const std::stop_token &stop)
{
    std::vector<unsigned char> resident((std::min(size, kWindow) + page - 1) / page);
    size_t present = 0;
    for (size_t at = 0; at < size; at += kWindow) {
        const size_t length = std::min(kWindow, size - at), pages = (length + page - 1) / page;
        if (stop.stop_requested() || ::mincore(mapping + at, length, resident.data()) != 0)
            return std::nullopt;
        present += size_t(std::count_if(resident.begin(), resident.begin() + std::ptrdiff_t(pages), [](unsigned char flags) { return flags & 1; }));
    }
    return present;
}

// The mapping is never read, so a failing disk or a shrinking file cannot raise a signal.
double cachedShareOf(int descriptor, const std::stop_token &stop)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
        return 1;
    const size_t size = size_t(status.st_size), page = size_t(::sysconf(_SC_PAGESIZE));
    void *mapping = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapping == MAP_FAILED)
        return 1;
    const auto present = residentPages(static_cast<std::byte *>(mapping), size, page, stop);
    ::munmap(mapping, size);
    return present ? double(*present) / double((size + page - 1) / page) : 1;
}

} // namespace

double cachedShare(const std::filesystem::path &path, const std::stop_token &stop)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return 1;
    const double share = cachedShareOf(descriptor, stop);
    ::close(descriptor);
    return share;
}

} // namespace assay::engine
