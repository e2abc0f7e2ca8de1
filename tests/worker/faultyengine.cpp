// SPDX-License-Identifier: GPL-3.0-or-later
// Calls the engine's interface with functions that throw and prints what each call ended with, a line a call. A program
// of its own because libtorch and Qt must not meet in one process.
#include "core/engine/engine.h"

#include <c10/util/Exception.h>
#include <cstdio>

namespace {

using namespace assay;
using namespace assay::engine;

void tell(const char *call, const Error *error)
{
    std::printf("%s: %s", call, error ? definitionOf(error->code).id : "ok");
    for (const std::string &argument : error ? error->arguments : std::vector<std::string>())
        std::printf(" | %s", argument.c_str());
    std::printf("\n");
}

template <class T> void tell(const char *call, const Result<T> &result)
{
    tell(call, result ? nullptr : &result.error());
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return int(ExitCode::Usage);
    const LoadOptions where{.path = arguments[1]};
    tell("load", Engine::load(where, [](double, double) { throw std::runtime_error("nobody listens"); }));
    auto engine = Engine::load(where);
    tell("load again", engine);
    if (!engine)
        return 0;
    const GenerateOptions prompt{.ids = {1, 2, 3}, .maxTokens = 4};
    tell("libtorch", (*engine)->generate(prompt, [](int64_t, double) -> bool {
        TORCH_CHECK(false, "sizes do not fit\nat some line");
    }));
    tell("memory", (*engine)->generate(prompt, [](int64_t, double) -> bool { throw std::bad_alloc(); }));
    tell("rows", (*engine)->logits({1, 2, 3}, true, [](int64_t, int64_t, std::span<const float>) {
        throw std::runtime_error("no room for rows");
    }));
    const auto sound = (*engine)->generate(prompt);
    tell("generate", sound);
    for (const int64_t id : sound ? sound->ids : std::vector<int64_t>())
        std::printf("token %lld\n", static_cast<long long>(id));
    return 0;
}
