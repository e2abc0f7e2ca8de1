// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/jinja.h"

#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/interpreter.h"
#include "core/tokenizer/template/parser.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::ordered_json;

constexpr size_t kLargestTemplate = 1'000'000; // real ones have up to 50 kB

jinja::Value valueOf(jinja::Run &run, const ordered_json &json);

jinja::Value listOf(jinja::Run &run, const ordered_json &json)
{
    std::vector<jinja::Value> items;
    for (const ordered_json &item : json)
        items.push_back(valueOf(run, item));
    return run.alive() ? run.list(std::move(items)) : jinja::Value();
}

jinja::Value dictOf(jinja::Run &run, const ordered_json &json)
{
    std::vector<std::pair<jinja::Value, jinja::Value>> entries;
    for (const auto &[key, item] : json.items())
        entries.emplace_back(jinja::Value::text(validUtf8(key)), valueOf(run, item));
    return run.alive() ? run.dict(std::move(entries)) : jinja::Value();
}

jinja::Value valueOf(jinja::Run &run, const ordered_json &json)
{
    const jinja::Depth depth(run);
    if (!depth)
        return {};
    switch (json.type()) {
    case ordered_json::value_t::null: return jinja::Value::none();
    case ordered_json::value_t::boolean: return jinja::Value::boolean(json.get<bool>());
    case ordered_json::value_t::number_integer: return jinja::Value::integer(json.get<int64_t>());
    case ordered_json::value_t::number_unsigned:
        if (json.get<uint64_t>() > uint64_t(INT64_MAX))
            return run.fail(ASSAY_TEXT("Reason", "a number is too large"));
        return jinja::Value::integer(json.get<int64_t>());
    case ordered_json::value_t::number_float: return jinja::Value::real(json.get<double>());
    case ordered_json::value_t::string: return run.text(validUtf8(json.get_ref<const std::string &>()));
    case ordered_json::value_t::array: return listOf(run, json);
    case ordered_json::value_t::object: return dictOf(run, json);
    default: return {};
    }
}

} // namespace

struct JinjaTemplate::Parsed
{
    jinja::Block block;
};

JinjaTemplate::JinjaTemplate(std::unique_ptr<Parsed> parsed) : m_parsed(std::move(parsed)) {}
JinjaTemplate::JinjaTemplate(JinjaTemplate &&) noexcept = default;
JinjaTemplate &JinjaTemplate::operator=(JinjaTemplate &&) noexcept = default;
JinjaTemplate::~JinjaTemplate() = default;

Result<JinjaTemplate> JinjaTemplate::parse(std::string_view text)
{
    if (text.size() > kLargestTemplate)
        return failure(ErrorCode::TemplateDamaged, {ASSAY_TEXT("Reason", "it is longer than 1 MB")});
    auto block = jinja::parseTemplate(validUtf8(text));
    if (!block)
        return tl::unexpected(block.error());
    return JinjaTemplate(std::make_unique<Parsed>(Parsed{std::move(*block)}));
}

Result<std::string> JinjaTemplate::render(const ordered_json &variables, const std::tm &now, const Limits &limits) const
{
    jinja::Limits inner;
    inner.steps = limits.steps;
    inner.bytes = limits.bytes;
    inner.outputBytes = limits.outputBytes;
    inner.time = limits.time;
    jinja::Interpreter interpreter(inner, now);
    jinja::Scope globals(nullptr), names(&globals);
    jinja::addGlobals(globals);
    if (variables.is_object()) {
        for (const auto &[key, value] : variables.items())
            names.set(key, valueOf(interpreter, value));
    }
    std::string text = interpreter.write(m_parsed->block, names);
    if (interpreter.error())
        return tl::unexpected(*interpreter.error());
    return text;
}

Result<std::string> JinjaTemplate::render(const ordered_json &variables, const std::tm &now) const
{
    return render(variables, now, Limits());
}

std::tm localTime()
{
    const std::time_t seconds = std::time(nullptr);
    std::tm time{};
    localtime_r(&seconds, &time);
    return time;
}

} // namespace assay
