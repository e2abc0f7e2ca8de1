// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/told.h"
#include "core/identify/tokenizer/probes.h"

#include <span>

namespace assay {

/// A message and what an endpoint counted for it, once for each time that it was sent.
struct CountedMessage
{
    TokenMessage message;
    std::vector<int64_t> counted;
};

/// How well one family explains the counts: r_i = n_T(S_i) + c, by differences to the base (identity.md, section 5).
struct FamilyFit
{
    std::string family;
    int64_t probes = 0;   ///< that tell of this family, without the base
    int64_t mismatch = 0; ///< M_T: sum of |difference counted - difference expected|
    int64_t worst = 0;    ///< the largest one
    int64_t constant = 0; ///< c: template and whatever else stands around the message
    bool fits = false;    ///< worst <= 1, of at least kLeastProbes
};

struct TokenizerFit
{
    static constexpr int64_t kLeastProbes = 5;
    static constexpr int64_t kFarther = 5; ///< times that the second best must be worse

    std::vector<FamilyFit> families; ///< the best first
    std::string accepted;            ///< the only one that fits, far ahead of the others; empty: none
    bool stable = true;              ///< the same message was always counted alike
    bool enough = false;             ///< the base and kLeastProbes messages were counted
    Told reason;                     ///< why none is accepted
    const FamilyFit *of(std::string_view family) const; ///< null: nothing is known of it
};

/// The first message is the base. Messages that nothing was counted for are left out.
TokenizerFit fitTokenizers(std::span<const CountedMessage> messages);

} // namespace assay
