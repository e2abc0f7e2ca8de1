// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/eventreader.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <simdjson.h>

namespace assay {
namespace {

using simdjson::dom::element;

/// The paths of a dialect as a tree, so that one walk over an event meets them all.
struct RuleNode
{
    std::vector<std::pair<std::string, uint32_t>> keys;
    uint32_t elements = 0; ///< of an array; 0: no rule asks for them
    std::vector<FieldRule> rules;
};

class RuleTree
{
public:
    explicit RuleTree(const Dialect &dialect) : m_nodes(1)
    {
        for (const std::span<const FieldRule> rules : dialect.fields)
            for (const FieldRule &rule : rules)
                m_nodes[place(rule.path)].rules.push_back(rule);
    }
    const RuleNode &operator[](uint32_t index) const { return m_nodes[index]; }

private:
    uint32_t place(std::string_view path)
    {
        uint32_t at = 0;
        while (!path.empty()) {
            const size_t end = std::min(path.find_first_of(".["), path.size());
            if (end > 0)
                at = below(at, path.substr(0, end));
            path.remove_prefix(end);
            if (path.starts_with("[]")) {
                at = elements(at);
                path.remove_prefix(2);
            }
            path.remove_prefix(path.starts_with('.') ? 1 : 0);
        }
        return at;
    }
    uint32_t below(uint32_t at, std::string_view key)
    {
        for (const auto &[name, index] : m_nodes[at].keys)
            if (name == key)
                return index;
        m_nodes.emplace_back();
        m_nodes[at].keys.emplace_back(std::string(key), uint32_t(m_nodes.size() - 1));
        return uint32_t(m_nodes.size() - 1);
    }
    uint32_t elements(uint32_t at)
    {
        if (m_nodes[at].elements == 0) {
            m_nodes.emplace_back();
            m_nodes[at].elements = uint32_t(m_nodes.size() - 1);
        }
        return m_nodes[at].elements;
    }
    std::vector<RuleNode> m_nodes;
};

bool hasValue(element value, const char *wanted)
{
    bool flag = false;
    if (value.get(flag) == simdjson::SUCCESS)
        return std::string_view(wanted) == (flag ? "true" : "false");
    std::string_view text;
    return value.get(text) == simdjson::SUCCESS && text == wanted;
}

/// The first of the usual places of an error's words.
std::string_view wordsIn(element value)
{
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS)
        return text;
    for (const char *place : {"/message", "/error/message", "/error", "/detail", "/detail/0/msg", "/type", "/code"})
        if (value.at_pointer(place).get(text) == simdjson::SUCCESS && !text.empty())
            return text;
    return {};
}

void takeText(StreamEvent &event, Channel channel, element value)
{
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS && !text.empty())
        event.texts.push_back({channel, text});
}

void setWords(std::string_view &words, element value)
{
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS)
        words = text;
}

void takeError(StreamEvent &event, element value)
{
    if (value.is_null() || value.is<bool>())
        return;
    event.error = true;
    const std::string_view words = wordsIn(value);
    if (!words.empty() && event.errorWords.empty())
        event.errorWords = words;
}

void takeTokens(StreamEvent &event, element value)
{
    simdjson::dom::array entries;
    if (value.get(entries) == simdjson::SUCCESS)
        event.tokens = std::max(event.tokens, uint32_t(entries.size()));
}

void take(StreamEvent &event, const FieldRule &rule, element value)
{
    if (rule.equals != nullptr && !hasValue(value, rule.equals))
        return;
    double number = 0;
    switch (rule.field) {
    case EventField::Answer:
        return takeText(event, Channel::Answer, value);
    case EventField::Refusal: {
        const size_t before = event.texts.size();
        takeText(event, Channel::Answer, value);
        event.refused = event.refused || event.texts.size() > before;
        return;
    }
    case EventField::Reasoning:
        return takeText(event, Channel::Reasoning, value);
    case EventField::Tool:
        return takeText(event, Channel::Tool, value);
    case EventField::TokenIds:
        return takeTokens(event, value);
    case EventField::OneToken:
        event.tokens = 1;
        return;
    case EventField::Hidden:
        event.hidden = event.hidden || hasValue(value, "true");
        return;
    case EventField::Finish:
        return setWords(event.finish, value);
    case EventField::Model:
        return setWords(event.model, value);
    case EventField::Error:
        if (rule.equals != nullptr)
            event.error = true;
        else
            takeError(event, value);
        return;
    case EventField::ErrorWords:
        return setWords(event.errorWords, value);
    case EventField::End:
        event.end = event.end || !value.is_null();
        return;
    default:
        if (value.get(number) == simdjson::SUCCESS)
            event.numbers.push_back({rule.field, number * rule.scale});
    }
}

} // namespace

void StreamEvent::clear()
{
    texts.clear();
    numbers.clear();
    tokens = 0;
    hidden = refused = error = end = false;
    errorWords = finish = model = {};
}

struct EventReader::Private
{
    explicit Private(const Dialect &dialect) : tree(dialect) {}
    /// No deeper than the longest path of the rules.
    void walk(element value, uint32_t at, StreamEvent &event) const
    {
        const RuleNode &node = tree[at];
        for (const FieldRule &rule : node.rules)
            take(event, rule, value);
        simdjson::dom::array entries;
        if (node.elements != 0 && value.get(entries) == simdjson::SUCCESS)
            for (const element entry : entries)
                walk(entry, node.elements, event);
        simdjson::dom::object object;
        if (node.keys.empty() || value.get(object) != simdjson::SUCCESS)
            return;
        for (const auto [key, below] : object)
            for (const auto &[name, index] : node.keys)
                if (name == key) {
                    walk(below, index, event);
                    break;
                }
    }

    RuleTree tree;
    simdjson::dom::parser parser;
};

EventReader::EventReader(const Dialect &dialect) : m_dialect(dialect), d(std::make_unique<Private>(dialect)) {}
EventReader::~EventReader() = default;

std::optional<std::string> EventReader::read(std::string_view json, StreamEvent &event)
{
    event.clear();
    element root;
    if (const auto wrong = d->parser.parse(json.data(), json.size()).get(root))
        return simdjson::error_message(wrong);
    if (!root.is_object())
        return "no JSON object";
    d->walk(root, 0, event);
    return std::nullopt;
}

std::string shortWords(std::string_view text)
{
    constexpr size_t kMost = 300;
    std::string out;
    for (const char c : text.substr(0, 4 * kMost)) {
        const bool blank = static_cast<unsigned char>(c) < 0x20 || c == ' ' || c == 0x7F;
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.size() > kMost) {
        size_t end = kMost;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80)
            --end;
        out.resize(end);
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return validUtf8(out);
}

std::string wordsOfError(std::string_view body)
{
    constexpr size_t kMostBody = size_t(64) << 10;
    body = body.substr(0, kMostBody);
    simdjson::dom::parser parser;
    element root;
    if (parser.parse(body.data(), body.size()).get(root) == simdjson::SUCCESS) {
        const std::string_view words = wordsIn(root);
        return shortWords(words.empty() ? body : words);
    }
    const size_t title = body.find("<title>");
    const size_t end = body.find("</title>");
    if (title != std::string_view::npos && end != std::string_view::npos && end > title)
        return shortWords(body.substr(title + 7, end - title - 7));
    return shortWords(body);
}

} // namespace assay
