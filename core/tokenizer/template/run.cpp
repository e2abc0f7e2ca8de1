// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/run.h"

namespace assay::jinja {

Value Run::fail(std::string reason, std::string_view name)
{
    constexpr size_t kLongestName = 60;
    std::string where = name.empty() ? std::string() : validUtf8(name.substr(0, kLongestName)) + ", ";
    if (!m_error)
        m_error = Error{ErrorCode::TemplateFailed, {std::move(reason)}, std::move(where) + "line " + std::to_string(m_line)};
    return {};
}

void Run::stop(std::string reason)
{
    if (!m_error)
        m_error = Error{ErrorCode::TemplateEndless, {std::move(reason)}, "line " + std::to_string(m_line)};
}

bool Run::step()
{
    constexpr uint64_t kBetweenLooksAtTheClock = 1024;
    if (++m_steps > m_limits.steps)
        stop(ASSAY_TEXT("Reason", "it takes too many steps"));
    else if (m_steps % kBetweenLooksAtTheClock == 0 && std::chrono::steady_clock::now() > m_end)
        stop(ASSAY_TEXT("Reason", "it takes too long"));
    return alive();
}

bool Run::charge(uint64_t bytes)
{
    m_bytes += bytes;
    if (m_bytes > m_limits.bytes || bytes > m_limits.bytes)
        stop(ASSAY_TEXT("Reason", "it makes too much text"));
    else if (bytes > 65536 && std::chrono::steady_clock::now() > m_end)
        stop(ASSAY_TEXT("Reason", "it takes too long"));
    return alive();
}

bool Run::enter()
{
    if (++m_depth > m_limits.depth)
        stop(ASSAY_TEXT("Reason", "it is nested too deep"));
    return alive();
}

Value Run::text(std::string bytes, bool markup)
{
    return charge(bytes.size()) ? Value::text(std::move(bytes), markup) : Value();
}

Value Run::checked(Value made)
{
    if (depthOf(made) > kDeepestValue) {
        stop(ASSAY_TEXT("Reason", "it makes lists that are nested too deep"));
        return {};
    }
    return made;
}

Value Run::sequence(Sequence::Kind kind, std::vector<Value> items, std::string shown)
{
    return charge(items.size() * sizeof(Value)) ? checked(makeSequence(kind, std::move(items), std::move(shown))) : Value();
}

Value Run::dict(std::vector<std::pair<Value, Value>> entries)
{
    if (!charge(entries.size() * 4 * sizeof(Value)))
        return {};
    auto made = makeDict(std::move(entries));
    return made ? checked(std::move(*made)) : fail(ASSAY_TEXT("Reason", "a dict has a key that cannot be one"));
}

} // namespace assay::jinja
