// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay::trainer {

/// Ids of the special tokens: first in the vocabulary, before the 256 bytes.
constexpr int kBeginToken = 0;
constexpr int kEndToken = 1;
constexpr int kPadToken = 2;

/// Merges of byte-level BPE (Sennrich et al. 2016), most frequent pair first, ties in the order of the pieces.
using Merges = std::vector<std::pair<std::string, std::string>>;

/// Learns from texts; only words (letters with the blank before and the "=" behind them)
/// merge, all else stays single bytes.
Merges learnMerges(const std::vector<std::string> &texts, int vocabulary);

/// tokenizer.json and tokenizer_config.json in the form of Hugging Face tokenizers and transformers.
std::string tokenizerJson(const Merges &merges);
std::string tokenizerConfigJson(int context);

} // namespace assay::trainer
