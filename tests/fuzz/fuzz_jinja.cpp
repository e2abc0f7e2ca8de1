// SPDX-License-Identifier: GPL-3.0-or-later
// A chat template and its names as JSON, parted by a zero byte: whatever they hold, it ends, with valid text or a
// valid sentence, the same one each time.
#include "core/tokenizer/jinja.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const size_t zero = std::min(input.find('\0'), input.size());
    auto variables = nlohmann::ordered_json::parse(input.substr(std::min(zero + 1, input.size())), nullptr, false);
    if (!variables.is_object())
        variables = {{"messages", {{{"role", "user"}, {"content", "Hi \u00e4"}}, {{"role", "assistant"}, {"content", "Yo"}}}}, {"bos_token", "<s>"}};
    JinjaTemplate::Limits limits;
    limits.steps = 20'000;
    limits.bytes = 4'000'000;
    limits.outputBytes = 1'000'000;
    const auto parsed = JinjaTemplate::parse(input.substr(0, zero));
    const auto text = parsed ? parsed->render(variables, std::tm{}, limits) : Result<std::string>(tl::unexpected(parsed.error()));
    const std::string out = text ? *text : text.error().sentence();
    if (validUtf8(out) != out)
        std::abort();
    if (parsed && text && parsed->render(variables, std::tm{}, limits).value_or("") != *text)
        std::abort();
    return 0;
}
