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

// The end of each step is looked at: asking for every page takes a tenth of the time in which a model is loaded, and where a
// file begins, its header has been read by us.
constexpr size_t kStep = size_t(4) << 20, kPart = kStep / 16;

/// Of the pages that are looked at those in memory; nothing where it cannot be told.
std::optional<double> residentShare(std::byte *mapping, size_t size, size_t page, const std::stop_token &stop)
{
    std::vector<unsigned char> resident(kPart / page + 1);
    size_t present = 0, all = 0;
    for (size_t step = 0; step < size; step += kStep) {
        const size_t end = std::min(size, step + kStep), from = (end - std::min(kPart, end - step)) / page * page;
        const size_t pages = (end - from + page - 1) / page;
        if (stop.stop_requested() || ::mincore(mapping + from, end - from, resident.data()) != 0)
            return std::nullopt;
        present += size_t(std::count_if(resident.begin(), resident.begin() + std::ptrdiff_t(pages), [](unsigned char flags) { return flags & 1; }));
        all += pages;
    }
    return double(present) / double(all);
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
    const auto share = residentShare(static_cast<std::byte *>(mapping), size, page, stop);
    ::munmap(mapping, size);
    return share.value_or(1);
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

bool dropPages(const std::filesystem::path &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    static_cast<void>(::fdatasync(descriptor));
    static_cast<void>(::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED));
    ::close(descriptor);
    constexpr double kAsGoodAsNone = 0.05;
    return cachedShare(path) < kAsGoodAsNone;
}

} // namespace assay::engine
