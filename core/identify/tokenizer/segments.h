// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

/// How pieces of an answer, tokens or chunks of a stream, cut a long number that was to be copied, and words.
struct CutNumber
{
    int64_t pieces = 0;   ///< that hold nothing but digits of a long run and lie within it; the run's last one is left out, it may be short
    int64_t least = 0, most = 0; ///< digits of one
    int64_t singles = 0, threes = 0;
    int64_t wholeWords = 0; ///< pieces with a whole English word of four letters and more
    int64_t digits = 0;   ///< of the longest run
};
/// kLongRun: a run of fewer digits tells nothing.
inline constexpr int64_t kLongRun = 18;
CutNumber cutNumber(std::span<const std::string> pieces);

/// Digits in a token as whole tokens show it: 1 or 3; 0: they do not tell.
int64_t digitsOfTokens(const CutNumber &cut);
/// As chunks of a stream show it. Gateways, speculative decoding and prediction of several tokens merge chunks, so only single digits
/// tell anything, and only where words still arrive whole: some gateways cut by characters. 1, or 0: they do not tell.
int64_t digitsOfChunks(const CutNumber &cut);

/// How many of the pieces make up this text where it stands among them; nothing where it does not, or where it begins or ends within one.
std::optional<int64_t> piecesOf(std::span<const std::string> pieces, std::string_view text);

/// Of a copy that max_tokens cut: 1, 3, or 0 where it tells nothing. `asked` digits were to be copied; text begins with some of them.
int64_t digitsOfCutOff(std::string_view text, std::string_view asked, int64_t maxTokens);

} // namespace assay
