// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What an answer of any dialect, streamed or whole, tells of its tokens.
struct AnswerTokens
{
    bool understood = false;             ///< some of it was JSON of a known shape
    std::vector<std::string> chunks;     ///< pieces of text in the order in which they came, reasoning and answer alike
    std::string answer, reasoning;
    std::vector<std::string> pieces;     ///< texts of tokens, from log-probabilities (their bytes where they are told) or token events
    std::vector<int64_t> ids;            ///< of the answer's tokens
    std::optional<int64_t> thinkEnd;     ///< the id with which a token "</think>" came
    std::optional<int64_t> prompt, completion; ///< counts of the server's
    std::string model, fingerprint, finish;
    std::vector<std::string> fields;     ///< names of the top level, each once, in their order
};

/// Reads a body as it came: one JSON object, server-sent events or JSON lines. Bounded, never throws; what it does not know it leaves out.
AnswerTokens readAnswerTokens(std::string_view body);

} // namespace assay
