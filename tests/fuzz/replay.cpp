// SPDX-License-Identifier: GPL-3.0-or-later
// The main of a fuzz target where there is no libFuzzer: every file of the corpus as it is, cut short at every
// length, and with single bytes changed, in a bounded time: what is left out under slow sanitizers is said.
#include "core/base/file.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

void run(const std::string &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.data()), input.size());
}

constexpr double kMost = 8; // seconds of the processor for the variants of all files
constexpr size_t kPlaces = 500; // of a file; a corpus is there for shape, not for size
constexpr size_t kStride = 199; // a prime that does not divide kPlaces: what there is time for lies all over the file

/// Whether there was time for all of them.
bool runVariants(const std::string &input, double seconds)
{
    const std::clock_t end = std::clock() + std::clock_t(seconds * CLOCKS_PER_SEC);
    const size_t places = std::min(input.size(), kPlaces);
    for (size_t i = 0; i < places; ++i) {
        if (std::clock() > end)
            return false;
        const size_t place = places == kPlaces ? i * kStride % kPlaces : i;
        const size_t at = place * input.size() / places;
        run(input.substr(0, at));
        for (const char c : {'\0', '"', '9', '\x80'}) {
            std::string changed = input;
            changed[at] = c;
            run(changed);
        }
    }
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < count; ++i) {
        std::error_code problem;
        for (const auto &entry : std::filesystem::directory_iterator(arguments[i], problem))
            files.push_back(entry.path());
    }
    for (const std::filesystem::path &file : files) {
        const auto text = assay::readWholeFile(file, 1'000'000);
        if (!text) {
            std::printf("%s: not readable\n", file.filename().c_str());
            return 1;
        }
        run(*text);
        if (!runVariants(*text, kMost / double(files.size())))
            std::printf("%s: not every variant in time\n", file.filename().c_str());
    }
    std::printf("%zu files replayed\n", files.size());
    return files.empty() ? 1 : 0;
}
