// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint that has the tokenizer of a family: counts by the shipped table, numbers cut as the family cuts them. It obeys instructions
// to copy as a good model does.
#pragma once

#include "core/identify/tokenizer/tokentable.h"
#include "core/mock/mockendpoint.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace assay::testing {

inline int64_t countAs(const TokenTable &table, const std::string &family, std::string_view text)
{
    for (const TableProbe &probe : table.probes)
        if (probe.text == text)
            return probe.counts.at(family);
    return int64_t(text.size() / 4 + 1);
}

/// So many tokens of one text: a character each, those behind the last one empty, as parts of a character are.
inline void addCounted(std::vector<MockToken> &out, const std::string &text, int64_t count, int64_t highestId)
{
    std::vector<std::string> characters;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
            characters.back() += c;
        else
            characters.emplace_back(1, c);
    std::vector<std::string> pieces(size_t(std::max<int64_t>(count, 1)));
    for (size_t i = 0; i < characters.size(); ++i)
        pieces[std::min(i, pieces.size() - 1)] += characters[i];
    if (pieces.size() > characters.size())
        std::swap(pieces[characters.size() - 1], pieces.back());
    for (const std::string &piece : pieces)
        out.push_back({piece, highestId - int64_t(out.size() % 50), -0.1});
}

/// Words with the blank before them, digits in groups.
inline std::vector<MockToken> tokensOf(const std::string &text, size_t digits, int64_t highestId)
{
    std::vector<MockToken> out;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        if (isDigit(text[at]))
            while (end < text.size() && end - at < digits && isDigit(text[end]))
                ++end;
        else
            while (end < text.size() && text[end] != ' ' && !isDigit(text[end]))
                ++end;
        out.push_back({text.substr(at, end - at), highestId - int64_t(out.size() % 50), -0.1});
        at = end;
    }
    return out;
}

inline std::string answerTo(const std::string &prompt, const nlohmann::json &body)
{
    const auto behind = [&](const std::string &mark) { return prompt.substr(prompt.find(mark) + mark.size()); };
    if (prompt.starts_with("Repeat the following lines"))
        return behind("nothing else: ");
    if (prompt.starts_with("Copy this number"))
        return behind("other character: ");
    if (prompt.starts_with("Each number is written twice"))
        return prompt.substr(prompt.rfind('\n') + 1, prompt.size() - prompt.rfind('\n') - 2) + "\n";
    if (prompt.starts_with("Write the numbers"))
        return body.contains("stop") ? "1 2 3 4 5 6 " : "1 2 3 4 5 6 7 8 9 10 11 12";
    if (body.contains("logit_bias"))
        return "so so so so so so so so";
    const int64_t seed = body.value("seed", int64_t(0));
    return seed == 0 ? "Rivers carry water from the hills to the sea." : "Rivers number " + std::to_string(seed) + " carry water.";
}

struct Subject
{
    std::string counts = "deepseek_v3"; ///< family that usage counts with
    size_t digits = 3;                  ///< of the tokens that are really made
    int64_t highestId = 120'000;
    std::string family = digits == 1 ? "qwen" : "deepseek_v3"; ///< that really makes tokens
};

inline MockHooks hooksFor(const TokenTable &table, const Subject &subject)
{
    MockHooks hooks;
    hooks.countTokens = [table, family = subject.counts](std::string_view text) { return countAs(table, family, text) + 5; };
    hooks.answer = [table, subject](const MockAsked &asked) {
        std::vector<MockToken> tokens;
        const std::string answer = answerTo(asked.last, nlohmann::json::parse(asked.body));
        for (size_t at = 0; at < answer.size();) {
            const size_t end = std::min(answer.find('\n', at), answer.size());
            const std::string line = answer.substr(at, end - at);
            const auto probe = std::ranges::find(table.probes, line, &TableProbe::text);
            if (probe != table.probes.end())
                addCounted(tokens, line, probe->counts.at(subject.family), subject.highestId);
            else
                std::ranges::move(tokensOf(line, subject.digits, subject.highestId), std::back_inserter(tokens));
            if (end < answer.size())
                tokens.push_back({"\n", 10, -0.1});
            at = end + 1;
        }
        return tokens;
    };
    return hooks;
}

} // namespace assay::testing
