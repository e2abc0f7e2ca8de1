// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/bench/jsonfields.h"
#include "core/service/verify/endpointquestions.h"

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kKinds[] = {"sample", "greedy", "item"};

/// The stream itself is not kept, but what it was put together to.
json answerJson(const KeptAnswer &answer)
{
    return {{"text", validUtf8(answer.text)}, {"finish", answer.finish}, {"ids", answer.ids}, {"prompt_tokens", answer.promptTokens},
            {"first_token", answer.firstToken}, {"last_token", answer.lastToken}};
}

std::optional<KeptAnswer> answerFrom(const std::string &text)
{
    const json value = json::parse(text, nullptr, false);
    KeptAnswer out;
    JsonFields fields(value);
    fields.read("text", out.text);
    fields.read("finish", out.finish);
    fields.read("ids", out.ids);
    fields.read("prompt_tokens", out.promptTokens);
    fields.read("first_token", out.firstToken);
    fields.read("last_token", out.lastToken);
    return fields.finish(true) ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace

std::string questionId(const std::string &who, const QuestionRow &row)
{
    return who + "." + kKinds[size_t(row.kind)] + "." + std::to_string(row.index) + "." + std::to_string(row.draw);
}

std::optional<KeptAnswer> QuestionLog::find(const std::string &id, const std::string &body) const
{
    const auto found = m_earlier.calls.find(id);
    if (found == m_earlier.calls.end() || found->second.body != body || found->second.answer.failure != Failure::None)
        return std::nullopt;
    return answerFrom(found->second.answer.body);
}

Result<void> QuestionLog::add(const std::string &id, const std::string &path, const std::string &body, const KeptAnswer &answer, const RequestRecord &record)
{
    if (!m_log)
        return {};
    RawCall call{id, utcNow(), path.empty() ? "LOCAL" : "POST", path, body, {}};
    call.answer.status = record.status;
    call.answer.failure = record.failure == Failure::NoText ? Failure::None : record.failure;
    call.answer.detail = record.detail;
    call.answer.body = call.answer.failure == Failure::None ? answerJson(answer).dump() : std::string();
    call.answer.seconds = answer.lastToken;
    const std::lock_guard lock(m_mutex);
    return m_log->add(call);
}

} // namespace assay
