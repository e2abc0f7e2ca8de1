// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/suite.h"

#include "core/base/hash.h"
#include "core/evaluate/pairkey.h"

#include <bit>
#include <span>
#include <unordered_map>

namespace assay {
namespace {

constexpr size_t kMostProblems = 100;

/// Fields one after another, each led by its length, so that nothing can move from one into the next unseen.
class Fingerprint
{
public:
    void add(std::string_view text)
    {
        m_buffer += std::to_string(text.size());
        m_buffer += ':';
        m_buffer += text;
        if (m_buffer.size() > kFlush)
            flush();
    }
    void add(int64_t number) { add(std::string_view(std::to_string(number))); }
    void add(const std::vector<std::string> &texts)
    {
        add(int64_t(texts.size()));
        for (const std::string &text : texts)
            add(std::string_view(text));
    }
    std::string finish()
    {
        flush();
        return m_hasher.finish();
    }

private:
    static constexpr size_t kFlush = 1 << 16;
    void flush()
    {
        m_hasher.add(std::as_bytes(std::span(m_buffer)));
        m_buffer.clear();
    }
    Hasher m_hasher{HashKind::Sha256};
    std::string m_buffer;
};

void add(Fingerprint &out, const SuiteItem &item)
{
    out.add(std::string_view(item.id));
    out.add(int64_t(item.asking));
    out.add(std::string_view(item.prompt));
    out.add(item.answers);
    out.add(item.choices);
    out.add(int64_t(item.answerIndex));
    out.add(item.maxTokens);
    out.add(std::string_view(item.cluster));
    if (item.code) {
        out.add(std::string_view(item.code->preamble));
        out.add(std::string_view(item.code->entryPoint));
        out.add(std::string_view(item.code->test));
    }
    // Where an image lies differs between machines; its size stands for what is in it.
    std::error_code error;
    if (!item.image.empty())
        out.add(int64_t(std::filesystem::file_size(item.image, error)));
    for (const auto &[axis, value] : item.axes) {
        out.add(std::string_view(axis));
        out.add(int64_t(std::bit_cast<uint64_t>(value)));
    }
}

void tellRepeatedQuestions(Suite &suite)
{
    std::unordered_map<std::string_view, const SuiteItem *> seen;
    seen.reserve(suite.items.size());
    for (const SuiteItem &item : suite.items) {
        const auto [first, fresh] = seen.emplace(item.pairKey, &item);
        if (!fresh)
            tell(suite, {.line = 0, .what = ASSAY_TEXT("Reason", "the items %1 and %2 ask the same"), .arguments = {first->second->id, item.id}, .leftOut = false});
    }
}

} // namespace

std::string SuiteProblem::sentence(const Translate &translate) const
{
    return fillIn(translate("Reason", what.c_str()), arguments);
}

void tell(Suite &suite, SuiteProblem problem)
{
    ++suite.problemCount;
    if (suite.problems.size() < kMostProblems)
        suite.problems.push_back(std::move(problem));
}

void settle(Suite &suite)
{
    for (SuiteItem &item : suite.items) {
        if (item.pairKey.empty())
            item.pairKey = pairKeyOf(item.asking == Asking::Image ? item.id : item.prompt, item.answers, item.choices);
    }
    tellRepeatedQuestions(suite);
    Fingerprint fingerprint;
    fingerprint.add(int64_t(suite.items.size()));
    fingerprint.add(suite.maxTokens);
    fingerprint.add(suite.stop);
    fingerprint.add(suite.classes);
    for (const SuiteItem &item : suite.items)
        add(fingerprint, item);
    suite.fingerprint = fingerprint.finish();
}

} // namespace assay
