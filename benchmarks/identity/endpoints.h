// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmarks/identity/tally.h"

#include "core/evaluate/generators/randomdraw.h"
#include "core/identify/profile.h"
#include "core/identify/verification.h"
#include "core/identify/tokenizer/tokentable.h"
#include "core/mock/mockendpoint.h"

#include <filesystem>

namespace assay {

/// An endpoint that is asked over a real socket: whose tokenizer makes its tokens, whose it counts with, what its server does to answers.
struct EndpointSubject
{
    std::string name;
    BenchTruth truth = BenchTruth::Dishonest;
    std::string claim;          ///< id of the profile that it is said to be
    std::string serves, counts; ///< families of tokenizers
    std::string what;           ///< in words, for the list
    bool replaced = false;      ///< a token within a character is told as U+FFFD, without its bytes
    bool thinks = false;        ///< chats begin with reasoning
    bool sloppy = false;        ///< copies begin with a sentence of its own; every other run it leaves out a digit
    void (*script)(MockScript &script, RandomDraw &draw) = nullptr; ///< what else the server does
};
const std::vector<EndpointSubject> &endpointSubjects();

/// What all runs share. Immutable once it is open.
struct EndpointBench
{
    TokenTable table;
    TokenizerSet tokenizers; ///< genuine ones, by family
    std::vector<Profile> profiles;
    std::string missing;     ///< why there are no runs; empty: all is here
};
/// npm: the folder that scripts/get-test-tokenizers fills; shared: $ASSAY_SHARED.
EndpointBench openEndpointBench(const std::filesystem::path &npm, const std::filesystem::path &shared);

/// The quick verification of one seeded run over a socket of its own. Even seeds know the tokenizers by the shipped table alone; odd ones have
/// the claimed one and its nearest rivals' here. Nothing where the endpoint could not be asked.
std::optional<Verification> endpointRun(const EndpointBench &bench, const EndpointSubject &subject, uint64_t seed);

/// The part of the document; `rows` are its subjects.
std::string endpointSection(const EndpointBench &bench, size_t runs, unsigned threads, std::vector<TallyRow> &rows);

} // namespace assay
