// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointchannels.h"

namespace assay {
namespace {

/// The first of these calls with a usable answer.
const AskedCall *firstGood(const EndpointAsker &asked, std::initializer_list<const char *> ids)
{
    for (const char *id : ids)
        if (const AskedCall *call = asked.find(id); call != nullptr && call->good())
            return call;
    return nullptr;
}

bool isCut(const AskedCall &call)
{
    return call.tokens.finish == "length" || call.tokens.finish == "max_tokens" || call.tokens.finish == "limit";
}

TokenChannel cutOff(const EndpointAsker &asked, const EndpointCalls &calls, const TokenTable &table)
{
    TokenChannel channel = cutOffChannel({}, calls.probes.digits, kCutOffTokens, false, table);
    for (const char *id : {"cut.completion", "cut.chat"}) {
        const AskedCall *call = asked.find(id);
        if (call == nullptr || !call->good() || channel.usable || !call->tokens.reasoning.empty())
            continue;
        channel = cutOffChannel(call->tokens.answer, calls.probes.digits, kCutOffTokens, isCut(*call), table);
        channel.raw = {id};
    }
    return channel;
}

} // namespace

std::vector<CountedMessage> countedMessages(const EndpointAsker &asked, const EndpointCalls &calls)
{
    std::vector<CountedMessage> out;
    for (const TokenMessage &message : calls.probes.messages) {
        CountedMessage counted{message, {}};
        for (const int time : {1, 2})
            if (const AskedCall *call = asked.find(countId(message.id, time)); call != nullptr && call->good() && call->tokens.prompt)
                counted.counted.push_back(*call->tokens.prompt);
        out.push_back(std::move(counted));
    }
    return out;
}

std::vector<CountedMessage> allCounted(const EndpointAsker &asked, const EndpointCalls &calls)
{
    std::vector<CountedMessage> out;
    for (const TokenMessage &message : calls.probes.messages) {
        CountedMessage counted{message, {}};
        for (int time = 1; time <= 2 || calls.find(countId(message.id, time)) != nullptr; ++time)
            if (const AskedCall *call = asked.find(countId(message.id, time)); call != nullptr && call->good() && call->tokens.prompt)
                counted.counted.push_back(*call->tokens.prompt);
        out.push_back(std::move(counted));
    }
    return out;
}

std::vector<TokenProbe> tokenProbes(const std::vector<CountedMessage> &messages)
{
    std::vector<TokenProbe> out;
    if (messages.empty() || messages.front().counted.empty())
        return out;
    const CountedMessage &base = messages.front();
    for (const CountedMessage &one : messages) {
        if (&one == &base || one.counted.empty())
            continue;
        TokenProbe probe{one.message.id, one.message.text, one.counted.front() - base.counted.front(), {}};
        for (const auto &[family, count] : one.message.counts)
            if (const auto own = base.message.counts.find(family); own != base.message.counts.end())
                probe.expected[family] = count - own->second;
        out.push_back(std::move(probe));
    }
    return out;
}

std::vector<TokenChannel> tokenChannels(const EndpointAsker &asked, const EndpointCalls &calls, const std::vector<CountedMessage> &messages,
                                        const EndpointVerificationPlan &plan)
{
    std::vector<TokenChannel> out;
    out.push_back(usageChannel(fitTokenizers(messages), plan.table, claimedTokenizer(plan)));
    for (const CountedMessage &message : messages)
        for (size_t time = 1; time <= message.counted.size(); ++time)
            out.back().raw.push_back(countId(message.message.id, int(time)));
    const AskedCall *copy = firstGood(asked, {"copy.logprobs", "copy.plain"});
    const AnswerTokens none;
    const AnswerTokens &tokens = copy != nullptr ? copy->tokens : none;
    // Ids within a context are the prompt's, too: its text is not the answer's.
    const bool ofAnswer = tokens.ids.size() <= tokens.chunks.size() + tokens.pieces.size();
    out.push_back(idsChannel(tokens.ids, ofAnswer ? tokens.reasoning + tokens.answer : std::string(), tokens.thinkEnd, plan.table, plan.tokenizers));
    out.push_back(piecesChannel(tokens.pieces, plan.table, plan.tokenizers, calls.probes.lines, tokens.answer));
    out.push_back(chunksChannel(tokens.chunks, plan.table));
    for (size_t i = out.size() - 3; i < out.size() && copy != nullptr; ++i)
        out[i].raw = {copy->id};
    out.push_back(cutOff(asked, calls, plan.table));
    return out;
}

std::vector<CountedText> countedTexts(const EndpointAsker &asked)
{
    std::vector<CountedText> out;
    for (const AskedCall &call : asked.answered())
        if (call.good() && call.tokens.completion && !call.tokens.answer.empty() && !isCut(call))
            out.push_back({call.tokens.reasoning + call.tokens.answer, call.id, *call.tokens.completion});
    return out;
}

} // namespace assay
