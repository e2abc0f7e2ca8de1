// SPDX-License-Identifier: GPL-3.0-or-later
// The main of a fuzz target where there is no libFuzzer: every file of the corpus as it is, cut short at every
// length, and with single bytes changed, for a bounded time: what is left out under slow sanitizers is said.
#include "core/base/file.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

void run(const std::string &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.data()), input.size());
}

constexpr std::chrono::seconds kMost(15); // for the variants of one file

/// Whether there was time for all of them.
bool runVariants(const std::string &input)
{
    const auto end = std::chrono::steady_clock::now() + kMost;
    // Long files are sampled: the corpus is there for shape, not for size.
    const size_t step = std::max<size_t>(1, input.size() / 500);
    for (size_t at = 0; at < input.size(); at += step) {
        if (std::chrono::steady_clock::now() > end)
            return false;
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
    int files = 0;
    for (int i = 1; i < count; ++i) {
        std::error_code problem;
        for (const auto &entry : std::filesystem::directory_iterator(arguments[i], problem)) {
            const auto text = assay::readWholeFile(entry.path(), 1'000'000);
            if (!text)
                continue;
            run(*text);
            if (!runVariants(*text))
                std::printf("%s: not every variant in time\n", entry.path().filename().c_str());
            ++files;
        }
    }
    std::printf("%d files replayed\n", files);
    return files > 0 ? 0 : 1;
}
