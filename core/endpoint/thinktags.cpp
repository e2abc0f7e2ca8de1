// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/thinktags.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

struct Tags
{
    std::string_view opening, closing;
};
constexpr std::array<Tags, 4> kTags{{
    {"<think>", "</think>"}, // DeepSeek-R1, Qwen and most others; the first: its closing tag may stand alone
    {"<thinking>", "</thinking>"},
    {"[THINK]", "[/THINK]"},                                           // Magistral
    {"<|channel|>analysis<|message|>", "<|channel|>final<|message|>"}, // gpt-oss
}};

std::string_view withoutLeadingBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text;
}

/// How many of the text's last bytes are the tag's first ones.
size_t begunTag(std::string_view text, std::string_view tag)
{
    for (size_t length = std::min(text.size(), tag.size() - 1); length > 0; --length)
        if (text.ends_with(tag.substr(0, length)))
            return length;
    return 0;
}

constexpr size_t kLongestBlanks = 256; // before an opening tag; more are no head of a reasoning

} // namespace

ThinkTags::Split ThinkTags::take(std::string_view text)
{
    switch (m_state) {
    case State::Head:
        return takeHead(text);
    case State::Opened:
        return takeUntilClosed(text, true);
    case State::Unopened:
        return takeUntilClosed(text, false);
    case State::Over:
        break;
    }
    return {{}, text};
}

ThinkTags::Split ThinkTags::takeHead(std::string_view text)
{
    m_head.append(text);
    const std::string_view head = withoutLeadingBlanks(m_head);
    const bool undecided = m_head.size() <= kLongestBlanks && std::any_of(kTags.begin(), kTags.end(), [&](const Tags &tags) {
                               return head.size() < tags.opening.size() && tags.opening.starts_with(head);
                           });
    if (undecided)
        return {text, {}};
    for (const Tags &tags : kTags)
        if (head.starts_with(tags.opening)) {
            m_state = State::Opened;
            m_closing = tags.closing;
            const size_t behind = std::min(head.size() - tags.opening.size(), text.size());
            Split rest = takeUntilClosed(text.substr(text.size() - behind), true);
            return {text.substr(0, text.size() - rest.answer.size()), rest.answer};
        }
    m_state = State::Unopened;
    m_closing = kTags.front().closing;
    const std::string_view before = std::string_view(m_head).substr(0, m_head.size() - text.size());
    m_tail = before.substr(before.size() - begunTag(before, m_closing));
    Split split = takeUntilClosed(text, false);
    if (split.correction == Correction::None)
        split.correction = Correction::HeadIsAnswer;
    return split;
}

ThinkTags::Split ThinkTags::takeUntilClosed(std::string_view text, bool opened)
{
    // Nearly every piece: nothing in it can begin or end the tag.
    if (m_tail.empty() && text.find(m_closing.front()) == std::string_view::npos)
        return opened ? Split{text, {}} : Split{{}, text};
    const size_t before = m_tail.size();
    const std::string joined = m_tail.append(text); // of a piece: some bytes
    const size_t found = joined.find(m_closing);
    if (found == std::string::npos) {
        m_tail = joined.substr(joined.size() - begunTag(joined, m_closing));
        return opened ? Split{text, {}} : Split{{}, text};
    }
    m_state = State::Over;
    const size_t end = found + m_closing.size() - before;
    return {text.substr(0, end), text.substr(end), opened ? Correction::None : Correction::AllIsReasoning};
}

bool ThinkTags::stop()
{
    const bool headOpen = m_state == State::Head && !m_head.empty();
    m_state = State::Over;
    return headOpen;
}

} // namespace assay
