// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"
#include "core/evaluate/answer.h"

#include <string>
#include <vector>

namespace assay {

/// What the last try of a request is as an answer to an item: the text without the reasoning, which stands apart, up to the first
/// stop text. Why it ended is told in our words, whatever the server's are: "stop", "length", "refused". A failure has no
/// text that could be judged, only its kind and a sentence.
Answer answerOf(const RequestRecord &record, const std::vector<std::string> &stop, int64_t tries);

/// Whether this try is the last one of its request: the client repeats 429, 503 and lost connections, and asks once more when a
/// server does not know the question for usage.
bool isLastTry(const RequestRecord &record, int64_t retries);

/// Whether the failure says that there is no endpoint, or none for us, rather than that one request failed: all others would fail,
/// too.
bool endpointIsGone(Failure failure);

} // namespace assay
