// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/fidelity/fidelity.h"

#include <string>

namespace assay {

/// How a model is held against its reference.
struct FidelityPlan
{
    SubjectRef reference;          ///< a model, unless there is a base file
    std::string referenceDtype = "auto", dtype = "auto";
    std::string device = "cpu";
    std::string text, textName;    ///< the text itself, and what it is called; may be empty with a base file, whose tokens are taken then
    int64_t context = 512;         ///< tokens of a chunk; a base file's own count instead
    /// Each line is a text by itself, all of whose tokens are used, instead of chunks of one text: for models that were made for short
    /// texts. No base file has that.
    bool lines = false;
    double temperature = 0, alpha = .5; ///< of the distillation objective; 0: not asked. A base file does not tell
    std::string baseFile;          ///< read instead of asking a reference; empty: none
    std::string saveBase;          ///< file that the reference's distributions are written to; empty: none
    int64_t saveTop = 0;           ///< of these so many likeliest tokens and the rest as one; 0: all, as llama.cpp writes them
    /// The reference writes so many texts, and what both make of them is told; 0: only where distributions cannot be compared.
    int64_t written = 0;
    int64_t writtenTokens = 128;   ///< of each
    uint64_t seed = 1;             ///< of the sampling, at temperature 1
};
inline constexpr int64_t kUsualWritten = 16; ///< where vocabularies differ

/// Prompts for a reference to go on from: pieces of the text, as far apart as it allows, each begun at a word.
std::vector<std::string> promptsFrom(const std::string &text, int64_t count);

} // namespace assay
