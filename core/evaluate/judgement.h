// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

namespace assay {

/// What became of one answer; never folded together (DESIGN.md, section 2). "Harness error" is everything but right and wrong.
enum class Outcome : uint8_t { Right, Wrong, Unparsed, Truncated, Refused, Error };
inline constexpr std::array kOutcomes{Outcome::Right,     Outcome::Wrong,   Outcome::Unparsed,
                                      Outcome::Truncated, Outcome::Refused, Outcome::Error};
const char *outcomeName(Outcome outcome); ///< "right", ... ; translation context "Outcome"

/// What a scorer made of an answer. Derived from the answer at any time.
struct Judgement
{
    Outcome outcome = Outcome::Error;
    double score = NAN;      ///< 0 to 1; of a graded scorer (F1, share of facts) anything between; NaN where there is none
    std::string extracted;   ///< the answer as extracted; the choice's text for Asking::Choice
    std::string rule;        ///< which rule found it: "boxed", "last number", "anchor: answer is"; empty: none was needed
    uint64_t from = 0, length = 0; ///< where it stands in the output, in bytes; length 0: nowhere
    bool undecided = false;  ///< extracted, but equal or not cannot be told by rule: unparsed, for a person to look at
    bool operator==(const Judgement &) const = default;
};

} // namespace assay
