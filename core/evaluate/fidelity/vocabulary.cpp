// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/fidelity.h"

#include <algorithm>

namespace assay {
namespace {

tl::unexpected<Error> differ(const std::string &reference, const std::string &other, const char *why)
{
    return failure(ErrorCode::VocabulariesDiffer, {reference, other, why});
}

} // namespace

Result<VocabularyMatch> matchVocabularies(const VocabularyIdentity &reference, const VocabularyIdentity &other, const std::string &referenceName,
                                          const std::string &otherName)
{
    VocabularyMatch out{reference, other, 0, false, true};
    // What a base file of llama.cpp does not tell of spellings, the tokens of its text must bear out.
    out.spellingKnown = reference.tokens > 0;
    if (!out.spellingKnown) {
        if (reference.rows != other.rows)
            return differ(referenceName, otherName, ASSAY_TEXT("Reason", "their vocabularies have different sizes"));
        out.compared = other.rows;
        return out;
    }
    if (other.tokens == 0)
        return differ(referenceName, otherName, ASSAY_TEXT("Reason", "one of them has no tokenizer, so that nothing says what its tokens are"));
    if (reference.hash != other.hash) {
        if (reference.plainHash != other.plainHash)
            return differ(referenceName, otherName,
                          reference.tokens == other.tokens
                              ? ASSAY_TEXT("Reason", "their vocabularies have the same size but other tokens")
                              : ASSAY_TEXT("Reason", "their vocabularies have different sizes"));
        out.addedDiffer = true;
    }
    out.compared = std::min(reference.rows, other.rows);
    if (out.compared < std::min(reference.tokens, other.tokens))
        return differ(referenceName, otherName, ASSAY_TEXT("Reason", "one of them has fewer rows of logits than its tokenizer has tokens"));
    return out;
}

} // namespace assay
