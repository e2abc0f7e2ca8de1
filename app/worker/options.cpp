// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/options.h"

#include <charconv>
#include <string_view>

namespace assay::worker {

Result<Options> parseOptions(int count, char **arguments)
{
    constexpr int kMostThreads = 4096;
    Options out;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help" || argument == "-h") {
            out.help = true;
        } else if (argument == "--version") {
            out.version = true;
        } else if (argument == "--threads" && i + 1 < count) {
            const std::string_view text = arguments[++i];
            const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out.threads);
            if (problem != std::errc() || end != text.data() + text.size() || out.threads < 1 ||
                out.threads > kMostThreads)
                return failure(ErrorCode::BadUsage, {"--threads takes a number from 1 to 4096"});
        } else {
            return failure(ErrorCode::BadUsage, {"assay-worker does not know " + std::string(argument)});
        }
    }
    return out;
}

std::string helpText()
{
    return "assay-worker [--threads N]\n"
           "\n"
           "Loads models and measures them for assay, which starts it: on this machine, over ssh on\n"
           "another one, or inside a container. It reads requests from standard input and writes answers\n"
           "to standard output (JSON-RPC 2.0, one message a line); its log goes to standard error. It ends\n"
           "when standard input ends or assay asks for it.\n"
           "\n"
           "  --threads N   threads for computing; without it one a physical core\n"
           "  --version     print the version\n"
           "  --help        print this\n"
           "\n"
           "Exit codes: 0 asked to end, or standard input ended; 64 wrong usage; 70 a fault of ours;\n"
           "74 standard output can no longer be written.\n";
}

std::string versionText()
{
    return "assay-worker " ASSAY_VERSION;
}

} // namespace assay::worker
