// SPDX-License-Identifier: GPL-3.0-or-later
// The main of a fuzz target where there is no libFuzzer: every file of the corpus as it is, cut short at every
// length, and with single bytes changed.
#include "core/base/file.h"

#include <algorithm>
#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

void run(const std::string &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.data()), input.size());
}

void runVariants(const std::string &input)
{
    // Long files are sampled: the corpus is there for shape, not for size.
    const size_t step = std::max<size_t>(1, input.size() / 500);
    for (size_t at = 0; at < input.size(); at += step) {
        run(input.substr(0, at));
        for (const char c : {'\0', '"', '9', '\x80'}) {
            std::string changed = input;
            changed[at] = c;
            run(changed);
        }
    }
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
            runVariants(*text);
            ++files;
        }
    }
    std::printf("%d files replayed\n", files);
    return files > 0 ? 0 : 1;
}
