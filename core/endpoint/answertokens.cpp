// SPDX-License-Identifier: GPL-3.0-or-later
// Field names: the servers' documentation, as in dialect.cpp.
#include "core/endpoint/answertokens.h"

#include "core/endpoint/streamsplitter.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostTokens = 200'000, kMostFields = 100, kMostName = 200;
constexpr std::string_view kIdMark = "token_id:"; ///< of vLLM's return_tokens_as_token_ids

const json &at(const json &object, const char *name)
{
    static const json kNothing;
    if (!object.is_object())
        return kNothing;
    const auto found = object.find(name);
    return found == object.end() ? kNothing : *found;
}

std::string text(const json &value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<int64_t> number(const json &value)
{
    const bool whole = value.is_number_integer() && value >= 0 && value <= int64_t(1) << 40;
    return whole ? std::optional(value.get<int64_t>()) : std::nullopt;
}

class Reader
{
public:
    void take(const json &event)
    {
        if (!event.is_object())
            return;
        m_out.understood = true;
        for (const auto &[name, value] : event.items())
            if (m_out.fields.size() < kMostFields && name.size() <= kMostName && std::ranges::find(m_out.fields, name) == m_out.fields.end())
                m_out.fields.push_back(name);
        takeNames(event);
        takeCounts(event);
        takeOpenAi(event);
        takeOthers(event);
    }
    AnswerTokens done() { return std::move(m_out); }

private:
    void takeNames(const json &event)
    {
        for (const json *holder : {&event, &at(event, "message")}) // Anthropic's first event
            if (const std::string model = text(at(*holder, "model")); !model.empty())
                m_out.model = model;
        if (const std::string fingerprint = text(at(event, "system_fingerprint")); !fingerprint.empty())
            m_out.fingerprint = fingerprint;
    }

    static void set(std::optional<int64_t> &count, const json &value)
    {
        if (const auto told = number(value))
            count = told;
    }
    void takeCounts(const json &event)
    {
        for (const json *usage : {&at(event, "usage"), &at(at(event, "message"), "usage")}) {
            set(m_out.prompt, at(*usage, "prompt_tokens"));
            set(m_out.prompt, at(*usage, "input_tokens"));
            set(m_out.completion, at(*usage, "completion_tokens"));
            set(m_out.completion, at(*usage, "output_tokens"));
        }
        set(m_out.prompt, at(event, "prompt_eval_count"));
        set(m_out.prompt, at(event, "tokens_evaluated"));
        set(m_out.completion, at(event, "eval_count"));
        const json &details = at(event, "details");
        set(m_out.prompt, at(details, "input_length"));
        set(m_out.completion, at(details, "generated_tokens"));
    }

    void addText(const json &value, bool reasoning)
    {
        const std::string piece = text(value);
        if (piece.empty() || m_out.chunks.size() >= kMostTokens)
            return;
        (reasoning ? m_out.reasoning : m_out.answer) += piece;
        m_out.chunks.push_back(piece);
    }
    void addToken(std::string piece, const std::optional<int64_t> &id)
    {
        if (m_out.pieces.size() >= kMostTokens)
            return;
        if (id && piece == "</think>")
            m_out.thinkEnd = id;
        m_out.pieces.push_back(std::move(piece));
    }
    void addId(const std::optional<int64_t> &id)
    {
        if (id && m_out.ids.size() < kMostTokens)
            m_out.ids.push_back(*id);
    }
    void addIds(const json &list)
    {
        if (list.is_array())
            for (const json &id : list)
                addId(number(id));
    }

    /// The token's bytes where they are told: its text may be replaced where it ends within a character.
    static std::string pieceOf(const json &token)
    {
        std::string bytes;
        const json &told = at(token, "bytes");
        if (!told.is_array() || told.empty() || told.size() > 4096)
            return text(at(token, "token"));
        for (const json &byte : told) {
            if (!byte.is_number_integer() || byte < 0 || byte > 255)
                return text(at(token, "token"));
            bytes += char(byte.get<int>());
        }
        return bytes;
    }
    void addMarked(const std::string &piece)
    {
        int64_t id = 0;
        const char *begin = piece.data() + kIdMark.size(), *end = piece.data() + piece.size();
        if (const auto read = std::from_chars(begin, end, id); read.ec == std::errc() && read.ptr == end && id >= 0)
            addId(id);
    }
    void takeLogprobs(const json &logprobs)
    {
        const bool idsApart = !m_out.ids.empty();
        const json &content = at(logprobs, "content"), &tokens = at(logprobs, "tokens");
        if (content.is_array())
            for (const json &token : content) {
                const std::string piece = pieceOf(token), name = text(at(token, "token"));
                if (name.starts_with(kIdMark) && !idsApart)
                    addMarked(name);
                else if (!name.starts_with(kIdMark))
                    addToken(piece, number(at(token, "id"))); // llama.cpp tells the id beside it
                if (const auto id = number(at(token, "id")); id && !idsApart)
                    addId(id);
            }
        if (tokens.is_array())
            for (const json &token : tokens)
                text(token).starts_with(kIdMark) ? addMarked(text(token)) : addToken(text(token), {});
    }
    void takeOpenAi(const json &event)
    {
        const json &choices = at(event, "choices");
        if (!choices.is_array() || choices.empty())
            return;
        const json &choice = choices.front();
        for (const char *name : {"delta", "message"}) {
            const json &part = at(choice, name);
            addText(at(part, "reasoning_content"), true);
            addText(at(part, "reasoning"), true);
            addText(at(part, "content"), false);
        }
        addText(at(choice, "text"), false);
        addIds(at(choice, "token_ids"));
        takeLogprobs(at(choice, "logprobs"));
        setFinish(at(choice, "finish_reason"));
    }

    void setFinish(const json &value)
    {
        if (const std::string finish = text(value); !finish.empty())
            m_out.finish = finish;
    }
    void takeOthers(const json &event)
    {
        const json &message = at(event, "message"), &delta = at(event, "delta"), &token = at(event, "token");
        addText(at(message, "thinking"), true); // Ollama
        addText(at(event, "thinking"), true);
        addText(at(message, "content"), false);
        addText(at(event, "response"), false);
        addText(at(event, "content"), false);   // llama.cpp's own
        addText(at(delta, "thinking"), true);   // Anthropic
        addText(at(delta, "text"), false);
        if (const json &content = at(event, "content"); content.is_array())
            for (const json &block : content) {
                addText(at(block, "thinking"), true);
                addText(at(block, "text"), false);
            }
        if (token.is_object() && at(token, "special") != true) { // TGI
            addText(at(token, "text"), false);
            addToken(text(at(token, "text")), number(at(token, "id")));
            addId(number(at(token, "id")));
        }
        addIds(at(event, "tokens"));  // llama.cpp
        addIds(at(event, "context")); // Ollama: of prompt and answer
        setFinish(at(event, "done_reason"));
        setFinish(at(event, "stop_type"));
        setFinish(at(event, "stop_reason"));
        setFinish(at(delta, "stop_reason"));
        setFinish(at(at(event, "details"), "finish_reason"));
    }

    AnswerTokens m_out;
};

} // namespace

AnswerTokens readAnswerTokens(std::string_view body)
{
    Reader reader;
    const auto parsed = [](std::string_view text) { return json::parse(text, nullptr, false); };
    if (const json whole = parsed(body); whole.is_object()) {
        reader.take(whole);
        return reader.done();
    }
    const size_t first = body.find_first_not_of(" \t\r\n");
    StreamSplitter splitter(first != std::string_view::npos && body[first] == '{' ? Framing::JsonLines : Framing::Sse);
    splitter.feed(body);
    std::string_view event;
    while (splitter.next(event))
        reader.take(parsed(event));
    if (splitter.last(event))
        reader.take(parsed(event));
    return reader.done();
}

} // namespace assay
