// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/channels.h"

#include "core/identify/tokenizer/segments.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kLeastTokens = 8;

std::string titleOf(const TokenTable &table, const std::string &family)
{
    const TokenizerFamily *known = table.family(family);
    return known != nullptr && !known->title.empty() ? known->title : family;
}

std::set<std::string> familiesCutting(int64_t digits, const TokenTable &table)
{
    std::set<std::string> fitting{kUnknownFamily};
    for (const TokenizerFamily &family : table.families)
        if (family.digits == 0 || family.digits == digits)
            fitting.insert(family.id);
    return fitting;
}

nlohmann::json numbersOf(const TokenizerFit &fit, const TokenTable &table)
{
    nlohmann::json families = nlohmann::json::array();
    for (const FamilyFit &one : fit.families) {
        nlohmann::json entry{{"family", one.family}, {"probes", one.probes}, {"mismatch", one.mismatch},
                             {"worst", one.worst},   {"constant", one.constant}, {"fits", one.fits}};
        const TokenizerFamily *known = table.family(one.family);
        // Kimi's verifier takes 0 to 3 tokens beyond its own template.
        if (known != nullptr && known->templateTokens)
            entry["usual_template"] = one.constant >= *known->templateTokens && one.constant <= *known->templateTokens + 3;
        families.push_back(std::move(entry));
    }
    return {{"families", std::move(families)}, {"stable", fit.stable}};
}

std::string withoutBlanks(std::string_view text)
{
    const size_t begin = text.find_first_not_of(" \n");
    return begin == std::string_view::npos ? std::string() : std::string(text.substr(begin, text.find_last_not_of(" \n") - begin + 1));
}

/// Some servers tell of a token that ends within a character a U+FFFD, or nothing, instead of its bytes.
bool isReplaced(const std::string &piece)
{
    return piece.empty() || piece.find("\xEF\xBF\xBD") != std::string::npos;
}

/// Those that make up the answer, where they end the pieces: servers tell of the reasoning's tokens before them, and of the mark between the
/// two, which no text has. All of them where no such end is.
std::span<const std::string> ofAnswer(std::span<const std::string> pieces, std::string_view answer)
{
    size_t left = answer.size();
    for (size_t first = pieces.size(); first-- > 0 && left >= pieces[first].size();) {
        left -= pieces[first].size();
        if (answer.substr(left, pieces[first].size()) != pieces[first])
            break;
        if (left == 0)
            return pieces.subspan(first);
    }
    return pieces;
}

/// Pieces whose bytes were replaced cannot be cut again, so they speak against no tokenizer.
bool cutsAlike(std::span<const std::string> pieces, const Tokenizer &tokenizer)
{
    std::string text;
    for (const std::string &piece : pieces) {
        if (isReplaced(piece))
            return true;
        text += piece;
    }
    const std::vector<int64_t> ids = tokenizer.encode(text, false);
    if (ids.size() != pieces.size())
        return false;
    // Sentence-piece tokenizers mark a blank before the first word, which servers leave out of the answer.
    return std::ranges::equal(ids, pieces, [&](int64_t id, const std::string &piece) {
        const std::string own = tokenizer.bytesOf(id, false);
        return own == piece || (&piece == pieces.data() && own == " " + piece);
    });
}

/// Takes out families whose count of a copied line is off by more than one.
void holdLines(TokenChannel &channel, std::span<const std::string> pieces, std::span<const TokenMessage> lines)
{
    channel.numbers["lines"] = nlohmann::json::array();
    for (const TokenMessage &line : lines) {
        const auto count = piecesOf(pieces, line.text);
        if (!count)
            continue;
        channel.numbers["lines"].push_back({{"text", line.text}, {"tokens", *count}});
        for (const auto &[family, expected] : line.counts)
            if (std::abs(*count - expected) > 1)
                channel.compatible.erase(family);
    }
}

Told digitsSentence(const char *single, const char *three, int64_t digits, int64_t count)
{
    return {digits == 1 ? single : three, {std::to_string(count)}};
}

} // namespace

TokenChannel usageChannel(const TokenizerFit &fit, const TokenTable &table, const std::string &claimed)
{
    TokenChannel channel{.channel = "usage"};
    channel.numbers = numbersOf(fit, table);
    channel.usable = fit.enough && fit.stable;
    channel.unstable = !fit.stable;
    channel.what = {ASSAY_TEXT("Identity", "The counts of prompts tell nothing: %1"), {fit.reason.sentence()}};
    if (!channel.usable)
        return channel;
    const FamilyFit *own = fit.of(claimed);
    for (const FamilyFit &one : fit.families) {
        channel.n = std::max(channel.n, one.probes);
        if (one.fits)
            channel.compatible.insert(one.family);
    }
    if (channel.compatible.empty())
        channel.compatible.insert(kUnknownFamily);
    const std::string messages = std::to_string(channel.n), claimedTitle = titleOf(table, claimed);
    if (!fit.accepted.empty() && fit.accepted == claimed)
        channel.what = {ASSAY_TEXT("Identity", "The counts of %1 messages are those of the tokenizer of %2, with %3 tokens around each message"),
                        {messages, claimedTitle, std::to_string(own->constant)}};
    else if (!fit.accepted.empty())
        channel.what = {ASSAY_TEXT("Identity", "The counts of %1 messages are those of the tokenizer of %2, and off by %3 tokens from that of %4"),
                        {messages, titleOf(table, fit.accepted), std::to_string(own != nullptr ? own->mismatch : 0), claimedTitle}};
    else
        channel.what = {ASSAY_TEXT("Identity", "The counts of %1 messages name no tokenizer: %2"), {messages, fit.reason.sentence()}};
    // Families of which nothing is counted cannot be left out by counting.
    for (const TokenizerFamily &family : table.families)
        if (const FamilyFit *fitted = fit.of(family.id); fitted == nullptr || fitted->probes < TokenizerFit::kLeastProbes)
            channel.compatible.insert(family.id);
    channel.benign = {{ASSAY_TEXT("Identity", "A gateway may count with a tokenizer of its own; a second channel would show it.")}};
    return channel;
}

TokenChannel idsChannel(std::span<const int64_t> ids, const std::string &text, std::optional<int64_t> thinkEnd, const TokenTable &table,
                        const TokenizerSet &here)
{
    TokenChannel channel{.channel = "token_ids"};
    channel.n = int64_t(ids.size());
    channel.what = {ASSAY_TEXT("Identity", "The endpoint gave no ids of tokens")};
    channel.usable = ids.size() >= kLeastTokens;
    if (!channel.usable)
        return channel;
    const int64_t largest = *std::ranges::max_element(ids);
    channel.compatible.insert(kUnknownFamily);
    for (const TokenizerFamily &family : table.families) {
        const bool inside = !family.vocabulary || largest < *family.vocabulary;
        const bool think = !thinkEnd || family.thinkEnd.empty() || std::ranges::find(family.thinkEnd, *thinkEnd) != family.thinkEnd.end();
        const auto tokenizer = here.find(family.id);
        const bool same = tokenizer == here.end() || text.empty()
            || withoutBlanks(tokenizer->second->decode({ids.begin(), ids.end()}, true)) == withoutBlanks(text);
        if (inside && think && same)
            channel.compatible.insert(family.id);
    }
    channel.numbers = {{"largest_id", largest}, {"tokens", ids.size()}};
    if (thinkEnd)
        channel.numbers["think_end"] = *thinkEnd;
    channel.what = {ASSAY_TEXT("Identity", "The answer's %1 tokens have ids up to %2"), {std::to_string(ids.size()), std::to_string(largest)}};
    channel.benign = {{ASSAY_TEXT("Identity", "A gateway may make up ids from the text with a tokenizer of its own.")}};
    return channel;
}

TokenChannel piecesChannel(std::span<const std::string> pieces, const TokenTable &table, const TokenizerSet &here, std::span<const TokenMessage> lines,
                           std::string_view answer)
{
    TokenChannel channel{.channel = "logprobs"};
    channel.n = int64_t(pieces.size());
    const CutNumber cut = cutNumber(pieces);
    const int64_t digits = digitsOfTokens(cut);
    channel.usable = digits > 0;
    channel.what = pieces.empty() ? Told{ASSAY_TEXT("Identity", "The endpoint gave no log-probabilities, which name tokens")}
                                  : Told{ASSAY_TEXT("Identity", "The tokens of the answer hold no long number that was cut")};
    channel.numbers = {{"tokens", pieces.size()}, {"digits", cut.digits}, {"pieces", cut.pieces}, {"least", cut.least}, {"most", cut.most}};
    if (!channel.usable)
        return channel;
    channel.compatible = familiesCutting(digits, table);
    for (const auto &[family, tokenizer] : here)
        if (!cutsAlike(ofAnswer(pieces, answer), *tokenizer))
            channel.compatible.erase(family);
    holdLines(channel, pieces, lines);
    channel.what = digitsSentence(ASSAY_TEXT("Identity", "The tokens that log-probabilities name cut a number of %1 digits into single digits"),
                                  ASSAY_TEXT("Identity", "The tokens that log-probabilities name cut a number of %1 digits into threes"), digits, cut.digits);
    return channel;
}

TokenChannel chunksChannel(std::span<const std::string> chunks, const TokenTable &table)
{
    TokenChannel channel{.channel = "chunks"};
    const CutNumber cut = cutNumber(chunks);
    channel.n = cut.pieces;
    channel.numbers = {{"chunks", chunks.size()}, {"digits", cut.digits}, {"pieces", cut.pieces}, {"least", cut.least}, {"most", cut.most}, {"words", cut.wholeWords}};
    const bool copied = cut.digits >= kLongRun;
    channel.usable = digitsOfChunks(cut) == 1;
    channel.what = !copied ? Told{ASSAY_TEXT("Identity", "The answer copied no long number, so the chunks of its stream tell nothing")}
        : cut.least == 1   ? Told{ASSAY_TEXT("Identity", "The chunks of the stream cut words as well as digits: something cut it anew, and it tells nothing")}
                           : Told{ASSAY_TEXT("Identity", "The chunks of the stream hold several digits each, which proves nothing: chunks may be merged")};
    if (!channel.usable)
        return channel;
    channel.compatible = familiesCutting(1, table);
    channel.what = {ASSAY_TEXT("Identity", "The stream gave %1 single digits of a copied number, and words whole"), {std::to_string(cut.singles)}};
    return channel;
}

TokenChannel cutOffChannel(const std::string &text, const std::string &asked, int64_t maxTokens, bool cut, const TokenTable &table)
{
    TokenChannel channel{.channel = "cut_off"};
    const int64_t digits = cut ? digitsOfCutOff(text, asked, maxTokens) : 0;
    channel.numbers = {{"max_tokens", maxTokens}, {"text", text.substr(0, 200)}};
    channel.usable = digits > 0;
    channel.what = {ASSAY_TEXT("Identity", "The copy that max_tokens was to cut short is no beginning of the number, so it tells nothing")};
    if (!channel.usable)
        return channel;
    const auto copied = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    channel.n = copied;
    channel.numbers["digits"] = copied;
    channel.compatible = familiesCutting(digits, table);
    channel.what = {digits == 1 ? ASSAY_TEXT("Identity", "%1 tokens held %2 digits of a copied number: a digit each")
                                : ASSAY_TEXT("Identity", "%1 tokens held %2 digits of a copied number: three each"),
                    {std::to_string(maxTokens), std::to_string(copied)}};
    channel.benign = {{ASSAY_TEXT("Identity", "A gateway may cut answers by a counter of its own.")}};
    return channel;
}

} // namespace assay
