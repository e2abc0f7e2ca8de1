// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/configfields.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace assay {
namespace {

using nlohmann::json;

std::optional<double> numberIn(const std::string &text)
{
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<int64_t> wholeOf(double number)
{
    // Doubles above this are not whole numbers one by one.
    return std::floor(number) == number && std::abs(number) < 9e15 ? std::optional(int64_t(number)) : std::nullopt;
}

/// A whole number, unless it is too large for one: it must not turn up as a negative number.
std::optional<int64_t> wholeNumber(const json &value)
{
    if (value.is_number_unsigned() && !std::in_range<int64_t>(value.get<uint64_t>()))
        return std::nullopt;
    if (value.is_number_integer())
        return value.get<int64_t>();
    if (value.is_number_float())
        return wholeOf(value.get<double>());
    const auto written = value.is_string() ? numberIn(value.get<std::string>()) : std::nullopt;
    return written ? wholeOf(*written) : std::nullopt;
}

} // namespace

ConfigFields::ConfigFields(const json &root, json defaults) : m_root(root), m_defaults(std::move(defaults))
{
    // The decoder of a multimodal model, under the names of several makers.
    for (const char *name : {"text_config", "llm_config", "language_config", "thinker_config"}) {
        if (!root.is_object() || !root.contains(name) || !root[name].is_object())
            continue;
        m_nested = &root[name];
        // thinker_config of the omni models wraps a text_config once more.
        if (m_nested->contains("text_config") && (*m_nested)["text_config"].is_object())
            m_nested = &(*m_nested)["text_config"];
        return;
    }
}

const json *ConfigFields::find(Names names) const
{
    // The nested model comes first: a multimodal wrapper may carry sizes of its own.
    for (const json *object : {m_nested, &m_root, &m_defaults}) {
        for (const char *name : names) {
            if (object && object->contains(name) && !(*object)[name].is_null())
                return &(*object)[name];
        }
    }
    return nullptr;
}

std::optional<int64_t> ConfigFields::integer(Names names) const
{
    const json *value = find(names);
    return value ? wholeNumber(*value) : std::nullopt;
}

std::optional<double> ConfigFields::number(Names names) const
{
    const json *value = find(names);
    if (value && value->is_string())
        return numberIn(value->get<std::string>());
    return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

std::optional<bool> ConfigFields::boolean(Names names) const
{
    const json *value = find(names);
    if (value && value->is_string()) {
        const auto text = value->get<std::string>();
        if (text == "true" || text == "false")
            return text == "true";
    }
    return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

std::string ConfigFields::text(Names names) const
{
    const json *value = find(names);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::vector<int64_t> ConfigFields::integers(Names names) const
{
    std::vector<int64_t> out;
    const json *value = find(names);
    if (!value)
        return out;
    for (const json &item : value->is_array() ? *value : json::array({*value})) {
        if (const auto number = wholeNumber(item))
            out.push_back(*number);
    }
    return out;
}

std::vector<std::string> ConfigFields::texts(Names names) const
{
    std::vector<std::string> out;
    const json *value = find(names);
    if (value && value->is_array()) {
        for (const json &item : *value)
            out.push_back(item.is_string() ? item.get<std::string>() : std::string());
    }
    return out;
}

} // namespace assay
