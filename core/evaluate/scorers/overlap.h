// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace assay {

/// F1 of the words of two answers: the harmonic mean of precision and recall, each word counted as often as both have it (SQuAD's
/// official script). Where one side has no words: 1 if the other has none either, else 0.
double multisetF1(std::vector<std::string> given, std::vector<std::string> gold);
/// The same with each word counted once (HELM); 0 where a side has none.
double setF1Of(std::vector<std::string> given, std::vector<std::string> gold);

/// Whether an answer, as its words, says nothing but that there is none: "unanswerable", "the question cannot be answered".
bool saysThereIsNone(const std::vector<std::string> &words);

} // namespace assay
