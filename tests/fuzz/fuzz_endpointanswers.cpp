// SPDX-License-Identifier: GPL-3.0-or-later
// What a server answers to the questions of the probing, JSON or Prometheus' text: whatever it is, claims are of bounded size and
// say where they were found.
#include "core/endpoint/answerfields.h"
#include "core/endpoint/endpointfacts.h"
#include "core/endpoint/proberules.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    assay::EndpointFacts facts;
    for (const assay::ProbeQuestion &question : assay::probeQuestions()) {
        assay::ProbeAnswer answer;
        answer.question = answer.path = question.path;
        answer.method = question.method;
        answer.status = 200;
        answer.body.assign(reinterpret_cast<const char *>(data), size);
        facts.answers.push_back(std::move(answer));
    }
    assay::interpret(facts);
    for (const assay::EndpointClaim &claim : facts.claims) {
        if (!claim.definition || claim.value.empty() || claim.value.size() > assay::kMostFieldBytes || claim.source.empty())
            std::abort();
    }
    return 0;
}
