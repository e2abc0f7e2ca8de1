// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/jsontext.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kDeepestRow = 8; // an item of our own needs three levels, rows of other people's sets five

}

nlohmann::json parseDocument(std::string_view text, int deepest)
{
    using nlohmann::json;
    const auto limitDepth = [deepest](int depth, json::parse_event_t, json &) {
        if (depth > deepest)
            throw Damage(ASSAY_TEXT("Reason", "it is nested too deeply"));
        return true;
    };
    try {
        return json::parse(text, limitDepth);
    } catch (const json::parse_error &e) {
        // The parser's own text quotes the input, which may be anything.
        throw Damage(ASSAY_TEXT("Reason", "it is not valid JSON from its byte %1 on"), {std::to_string(e.byte)});
    } catch (const json::exception &) {
        throw Damage(ASSAY_TEXT("Reason", "it is not valid JSON: a number is too large"));
    }
}

nlohmann::json parseRow(std::string_view line)
{
    if (line.size() > kMostRowBytes)
        throw Damage(ASSAY_TEXT("Reason", "it is longer than 16 MiB"));
    nlohmann::json object = parseDocument(line, kDeepestRow);
    if (!object.is_object())
        throw Damage(ASSAY_TEXT("Reason", "it is not a JSON object"));
    return object;
}

std::string_view takeLine(std::string_view &text)
{
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

} // namespace assay
