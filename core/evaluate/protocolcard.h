// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/ledger.h"

namespace assay {

/// What a difference of protocol cards means for a comparison.
enum class CardWeight {
    Forbids, ///< the figures are of different things; paired tests would be wrong
    Warns,   ///< the difference of the scores may come from it
    Notes,   ///< it changes the last bits, or belongs to the subject itself
};

/// One line in which the cards of two runs differ.
struct CardDifference
{
    std::string id; ///< "suite", "scorer", "chat_template", ...
    CardWeight weight = CardWeight::Notes;
    std::string first, second; ///< the values; translated where they are words
    std::string sentence;      ///< translated: what differs, and what follows from it
};

/// In words, before two runs are compared; what forbids comes first. Joined by what is asked, another suite does not forbid but
/// warns: only items that both asked are compared.
std::vector<CardDifference> cardDifferences(const EvaluationRun &first, const EvaluationRun &second, JoinBy by,
                                            const Translate &translate = untranslated);

} // namespace assay
