// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/tokenizer/mismatch.h"

#include <set>

namespace assay {

/// Stands for every tokenizer that no table here knows.
inline constexpr const char *kUnknownFamily = "?";

/// What one way of looking at an endpoint's tokens told. Ways do not depend on each other: who lies in one must lie in each.
struct TokenChannel
{
    std::string channel;              ///< "usage", "token_ids", "logprobs", "chunks", "cut_off"
    bool usable = false;              ///< else `what` says why it tells nothing
    bool unstable = false;            ///< what it told once it did not tell again
    std::set<std::string> compatible = {}; ///< families that it leaves, kUnknownFamily among them where it may
    Told what = {};                   ///< one sentence, of the data
    std::vector<Told> benign = {};
    std::vector<std::string> raw = {}; ///< ids of the answers that it read
    int64_t n = 0;                     ///< messages, tokens, digits
    nlohmann::json numbers = {};
};

/// Counts of prompts. Benign: a gateway that counts with a tokenizer of its own.
TokenChannel usageChannel(const TokenizerFit &fit, const TokenTable &table, const std::string &claimed);

/// Ids of an answer's tokens: all must lie within the vocabulary, and where a tokenizer is here they must give the answer's text, unless that is empty.
/// thinkEnd: the id with which </think> came; nothing: it did not, or without an id.
TokenChannel idsChannel(std::span<const int64_t> ids, const std::string &text, std::optional<int64_t> thinkEnd, const TokenTable &table,
                        const TokenizerSet &here);

/// Texts of an answer's tokens, in order: how they cut a long number, how many make up each of these copied lines (within one of the family's
/// count); where a tokenizer is here, how they cut the answer, or everything where none is given.
TokenChannel piecesChannel(std::span<const std::string> pieces, const TokenTable &table, const TokenizerSet &here,
                           std::span<const TokenMessage> lines = {}, std::string_view answer = {});

/// Chunks of a stream while a long number is copied.
TokenChannel chunksChannel(std::span<const std::string> chunks, const TokenTable &table);

/// How much of a number came before max_tokens cut the copy. No counter of a gateway is asked.
TokenChannel cutOffChannel(const std::string &text, const std::string &asked, int64_t maxTokens, bool cut, const TokenTable &table);

/// What the channels make together, as evidence of T3. Two that exclude the claimed family and leave another in common contradict,
/// each as a channel of its own; one alone is a likelihood ratio at the tier's cap.
/// Channels that fit have power only while none excludes the claim and none is unstable. alternatives: known models by id, with their family.
std::vector<Evidence> tokenizerEvidence(std::span<const TokenChannel> channels, const std::string &claimed,
                                        const std::map<std::string, std::string> &alternatives, const TokenTable &table, const std::string &day);

/// How texts that came back were counted, against tokenizers that are here: completion_tokens within two of its own count, and special
/// tokens. It is the same counter as usage's, so it is no channel of its own, and a note.
struct CountedText
{
    std::string text, raw;
    int64_t counted = 0;
};
Evidence outputCountEvidence(std::span<const CountedText> texts, const std::string &claimed, const TokenizerSet &here, const std::string &day);

} // namespace assay
