// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/rawlog.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kSchema = "assay-raw/1";
/// Headers that hold what lets someone in.
constexpr const char *kHidden[] = {"set-cookie", "set-cookie2", "authorization", "proxy-authorization", "cookie"};

bool isHidden(const std::string &name)
{
    return std::ranges::any_of(kHidden, [&](const char *hidden) { return name == hidden; });
}

std::string textAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<RawCall> callFrom(const json &line)
{
    const auto request = line.find("request"), response = line.find("response");
    if (textAt(line, "id").empty() || request == line.end() || !request->is_object() || response == line.end() || !response->is_object())
        return std::nullopt;
    RawCall call;
    call.id = textAt(line, "id");
    call.at = textAt(line, "at");
    call.method = textAt(*request, "method");
    call.path = textAt(*request, "path");
    call.body = textAt(*request, "body");
    call.answer.failure = failureFromId(textAt(*response, "failure"));
    call.answer.body = textAt(*response, "body");
    call.answer.detail = textAt(*response, "detail");
    const auto status = response->find("status");
    if (call.answer.failure == Failure::Count_ || status == response->end() || !status->is_number_integer() || *status < 0 || *status > 999)
        return std::nullopt;
    call.answer.status = status->get<int32_t>();
    return call;
}

/// Worth keeping: the endpoint said something that it would say again.
bool isAnswer(const ExchangeAnswer &answer)
{
    return answer.failure == Failure::None || answer.failure == Failure::Rejected || answer.failure == Failure::NotFound;
}

} // namespace

json rawCallToJson(const RawCall &call)
{
    json headers = json::object();
    for (const auto &[name, value] : call.answer.headers)
        headers[name] = isHidden(name) ? "(hidden)" : value;
    return {{"id", call.id},
            {"at", call.at},
            {"request", {{"method", call.method}, {"path", call.path}, {"body", call.body}}},
            {"response",
             {{"status", call.answer.status}, {"failure", definitionOf(call.answer.failure).id}, {"detail", call.answer.detail},
              {"headers", std::move(headers)}, {"body", call.answer.body}, {"cut", call.answer.cut}, {"seconds", call.answer.seconds}}}};
}

Result<RawLog> RawLog::open(const std::filesystem::path &file, const RawSession &session)
{
    std::error_code ignored;
    if (file.has_parent_path())
        std::filesystem::create_directories(file.parent_path(), ignored); // writing says what is wrong
    RawLog log(file);
    const auto written = log.append({{"schema", kSchema}, {"url", session.url}, {"model", session.model}, {"claim", session.claim},
                                     {"startedAt", session.startedAt}, {"seed", session.seed}});
    return written ? Result<RawLog>(std::move(log)) : tl::unexpected<Error>(written.error());
}

Result<void> RawLog::append(const json &line) const
{
    std::ofstream out(m_file, std::ios::app | std::ios::binary);
    // A line that a crash cut short must not spoil a session's first one: readers skip blank and half lines.
    out << (line.contains("schema") ? "\n" : "") << line.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    out.flush();
    if (!out)
        return failure(ErrorCode::FileUnwritable, {m_file.string(), std::generic_category().message(errno)});
    return {};
}

Result<void> RawLog::add(const RawCall &call)
{
    return append(rawCallToJson(call));
}

RawEarlier readRawLog(std::string_view text, const std::string &url, const std::string &model)
{
    RawEarlier earlier;
    bool ours = false;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const json line = json::parse(text.substr(0, end), nullptr, false);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.is_object())
            continue;
        if (textAt(line, "schema") == kSchema) {
            const auto seed = line.find("seed");
            const bool seeded = seed != line.end() && seed->is_number_unsigned();
            ours = textAt(line, "url") == url && textAt(line, "model") == model && seeded;
            if (ours && earlier.seed != seed->get<uint64_t>()) {
                earlier.seed = seed->get<uint64_t>();
                earlier.calls.clear();
            }
        } else if (auto call = ours ? callFrom(line) : std::nullopt; call && isAnswer(call->answer)) {
            std::string id = call->id;
            earlier.calls[std::move(id)] = std::move(*call);
        }
    }
    return earlier;
}

} // namespace assay
