// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/tokenizer/channels.h"
#include "core/service/verify/endpointasker.h"

namespace assay {

/// Messages with what the endpoint counted for them.
std::vector<CountedMessage> countedMessages(const EndpointAsker &asked, const EndpointCalls &calls);
/// The same with every time that a message was sent, whatever the size.
std::vector<CountedMessage> allCounted(const EndpointAsker &asked, const EndpointCalls &calls);
/// The same as rows of a verification: counts without the frame's own.
std::vector<TokenProbe> tokenProbes(const std::vector<CountedMessage> &messages);
/// Every way to the tokenizer that the answers have.
std::vector<TokenChannel> tokenChannels(const EndpointAsker &asked, const EndpointCalls &calls, const std::vector<CountedMessage> &messages,
                                        const EndpointVerificationPlan &plan);
/// Answers whose tokens the endpoint counted, with their texts, that no limit cut within a token.
std::vector<CountedText> countedTexts(const EndpointAsker &asked);

} // namespace assay
