// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/fields.h"
#include "core/protocol/messages.h"

#include <algorithm>

namespace assay::protocol {
namespace {

constexpr int kMaximumNesting = 32;
constexpr int kServerError = -32000; // JSON-RPC 2.0, section 5.1: left to the implementation

tl::unexpected<Error> violation(std::string what)
{
    return failure(ErrorCode::ProtocolViolation, {std::move(what)});
}

/// A few megabytes of brackets would make the parser take gigabytes.
bool nestsTooDeep(std::string_view line)
{
    int depth = 0;
    bool inText = false;
    for (size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaximumNesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

/// The error object of a response; an id that this version does not know becomes Internal with its sentence.
Error readError(const Json &json)
{
    Error out{ErrorCode::Internal, {}, {}};
    std::string id;
    if (const auto data = json.find("data"); data != json.end() && data->is_object()) {
        Reader read(*data, ErrorCode::ProtocolViolation);
        read("id", id);
        read("arguments", out.arguments);
        read("where", out.where);
    }
    out.code = errorCodeFromId(id);
    if (out.code == ErrorCode::Internal && out.arguments.empty()) {
        const auto message = json.find("message");
        const bool told = message != json.end() && message->is_string();
        out.arguments = {told ? message->get<std::string>() : id};
    }
    return out;
}

Result<Message> readMessage(const Json &json)
{
    Message out;
    if (const auto id = json.find("id"); id != json.end() && !id->is_null()) {
        if (!id->is_number_integer() ||
            (id->is_number_unsigned() && !std::in_range<int64_t>(id->get<uint64_t>())))
            return violation("id: it should be a whole number");
        out.id = id->get<int64_t>();
    }
    if (json.value("jsonrpc", Json()) != "2.0")
        return violation("jsonrpc: it should be \"2.0\"");
    if (const auto method = json.find("method"); method != json.end()) {
        if (!method->is_string())
            return violation("method: it should be a text");
        out.method = method->get<std::string>();
        out.params = json.value("params", Json::object());
        if (!out.params.is_object())
            return violation("params: it should be an object");
        return out;
    }
    if (const auto error = json.find("error"); error != json.end()) {
        if (!error->is_object())
            return violation("error: it should be an object");
        out.error = readError(*error);
        return out;
    }
    if (!out.id || !json.contains("result"))
        return violation("it is neither a request nor an answer");
    out.result = json["result"];
    return out;
}

/// Bytes that are not UTF-8 are replaced: a line can always be written.
std::string toLine(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace

Result<Message> parseLine(std::string_view line)
{
    if (line.size() > kMaximumLine)
        return violation("the line is longer than " + std::to_string(kMaximumLine) + " bytes");
    if (nestsTooDeep(line))
        return violation("it is nested too deeply");
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded())
        return violation("it is not valid JSON");
    if (!json.is_object())
        return violation("it should be an object");
    return readMessage(json);
}

std::string requestLine(int64_t id, const char *method, const Json &params)
{
    return toLine({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
}

std::string notificationLine(const char *method, const Json &params)
{
    return toLine({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

std::string resultLine(int64_t id, const Json &result)
{
    return toLine({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

std::string errorLine(std::optional<int64_t> id, const Error &error)
{
    const Json data = {
        {"id", definitionOf(error.code).id}, {"arguments", error.arguments}, {"where", error.where}};
    const Json object = {{"code", kServerError}, {"message", error.sentence()}, {"data", data}};
    return toLine({{"jsonrpc", "2.0"}, {"id", id ? Json(*id) : Json()}, {"error", object}});
}

} // namespace assay::protocol
