// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/jsontext.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kDeepest = 100;

bool nestsTooDeep(const std::string &text)
{
    int depth = 0;
    bool inText = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == '{' || c == '['))
            ++depth;
        else if (!inText && (c == '}' || c == ']'))
            --depth;
        if (depth > kDeepest)
            return true;
    }
    return false;
}

} // namespace

std::optional<size_t> forbiddenByte(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        return 1;
    const size_t zero = text.find('\0');
    return zero == std::string_view::npos ? std::nullopt : std::optional(zero + 1);
}

Result<nlohmann::json> parseJsonObject(const std::string &text, const std::string &where)
{
    using nlohmann::json;
    if (nestsTooDeep(text))
        return failure(ErrorCode::JsonDamaged, {where, "it nests too deep"});
    // Editors of some systems write a byte order mark; only the zero byte is damage here.
    if (const size_t zero = text.find('\0'); zero != std::string::npos)
        return failure(ErrorCode::JsonDamaged, {where, "byte " + std::to_string(zero + 1)});
    json root;
    try {
        root = json::parse(text);
    } catch (const json::parse_error &problem) {
        // The parser's own text quotes the input, which may be anything.
        return failure(ErrorCode::JsonDamaged, {where, "byte " + std::to_string(problem.byte)});
    } catch (const json::out_of_range &) {
        return failure(ErrorCode::JsonDamaged, {where, "a number is too large"});
    } catch (const std::exception &problem) {
        return failure(ErrorCode::JsonDamaged, {where, validUtf8(problem.what())});
    }
    if (!root.is_object())
        return failure(ErrorCode::JsonWrongType, {where, "(root)", "an object"});
    return root;
}

} // namespace assay
