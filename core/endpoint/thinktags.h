// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"

#include <string>
#include <string_view>

namespace assay {

/// Tells reasoning from answer where a server leaves both in one text: "<think>...</think>" and its kin, split over pieces
/// anywhere, and the closing tag alone where the chat template opened it. The tags belong to the reasoning.
class ThinkTags
{
public:
    /// What the pieces before turn out to be, too.
    enum class Correction : unsigned char { None, HeadIsAnswer, AllIsReasoning };
    struct Split
    {
        std::string_view reasoning, answer;       ///< of this piece, in this order; either may be empty
        Correction correction = Correction::None; ///< HeadIsAnswer: what was taken so far, tentatively, as reasoning
    };
    Split take(std::string_view text);
    /// The text is over, or reasoning comes in a field of its own: no more tags. True: what was taken so far is answer.
    bool stop();

private:
    Split takeHead(std::string_view text);
    Split takeUntilClosed(std::string_view text, bool opened);

    enum class State : unsigned char { Head, Opened, Unopened, Over } m_state = State::Head;
    std::string m_head; ///< the first text, while it may be the beginning of an opening tag
    std::string m_tail; ///< the end of the text before, where a closing tag may begin
    std::string_view m_closing;
};

} // namespace assay
