// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/fields.h"

#include <charconv>
#include <cmath>

namespace assay::imports {
namespace {

constexpr double kLargestExact = 9007199254740992.0; // 2^53

std::optional<double> numberInText(const std::string &text)
{
    if (text == "True" || text == "true")
        return 1;
    if (text == "False" || text == "false")
        return 0;
    double value = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || std::isnan(value))
        return std::nullopt;
    return value;
}

} // namespace

const Json *member(const Json &value, std::string_view name)
{
    if (!value.is_object())
        return nullptr;
    const auto found = value.find(name);
    return found == value.end() || found->is_null() ? nullptr : &*found;
}

const Json *member(const Json &value, std::initializer_list<std::string_view> path)
{
    const Json *at = &value;
    for (const std::string_view name : path) {
        at = at ? member(*at, name) : nullptr;
    }
    return at;
}

const Json *firstMember(const Json &value, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const Json *found = member(value, name))
            return found;
    }
    return nullptr;
}

std::string textOf(const Json *value)
{
    if (!value || value->is_null())
        return {};
    return value->is_string() ? value->get<std::string>() : value->dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textAt(const Json &value, std::string_view name)
{
    return textOf(member(value, name));
}

std::string onlyText(const Json *value)
{
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> numberOf(const Json *value)
{
    if (!value)
        return std::nullopt;
    if (value->is_boolean())
        return value->get<bool>() ? 1 : 0;
    if (value->is_number())
        return value->get<double>();
    return value->is_string() ? numberInText(value->get_ref<const std::string &>()) : std::nullopt;
}

int64_t countOf(const Json *value, int64_t fallback)
{
    const std::optional<double> number = numberOf(value);
    return number && *number >= 0 && *number <= kLargestExact && *number == std::floor(*number) ? int64_t(*number) : fallback;
}

std::vector<std::string> textsOf(const Json *value)
{
    std::vector<std::string> out;
    if (value && value->is_array()) {
        for (const Json &element : *value)
            out.push_back(textOf(&element));
    } else if (value) {
        out.push_back(textOf(value));
    }
    return out;
}

std::string spokenText(const Json *content)
{
    if (!content || !content->is_array())
        return onlyText(content);
    std::string out;
    for (const Json &part : *content) {
        if (part.is_string())
            out += part.get_ref<const std::string &>();
        else
            out += onlyText(member(part, "text"));
    }
    return out;
}

std::string conversationText(const Json *messages)
{
    if (!messages || !messages->is_array())
        return onlyText(messages);
    std::string out;
    for (const Json &message : *messages) {
        const std::string role = onlyText(member(message, "role"));
        const std::string text = spokenText(firstMember(message, {"content", "prompt"}));
        // One message of the user is the question itself.
        if (messages->size() == 1)
            return text;
        out += (out.empty() ? "" : "\n") + role + ": " + text;
    }
    return out;
}

} // namespace assay::imports
