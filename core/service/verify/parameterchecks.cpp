// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/parameterchecks.h"

#include <set>

namespace assay {
namespace {

using Found = ParameterCheck::Found;

const char *nameOf(Found found)
{
    switch (found) {
    case Found::Honoured:
        return "honoured";
    case Found::Ignored:
        return "ignored";
    case Found::Refused:
        return "refused";
    case Found::Open:
        break;
    }
    return "open";
}

/// One text several times.
bool isRepeated(const std::string &text)
{
    return (text + text).find(text, 1) < text.size();
}

class Checker
{
public:
    Checker(const EndpointAsker &asked, const EndpointCalls &calls) : m_asked(asked), m_calls(calls) {}

    std::vector<ParameterCheck> run()
    {
        temperature();
        seed();
        stop();
        maxTokens();
        bias();
        return std::move(m_out);
    }

private:
    /// The call's answer; the check is begun with what can be said when there is none.
    const AskedCall *take(ParameterCheck &check, const std::string &id)
    {
        const AskedCall *call = m_asked.find(id);
        if (call == nullptr)
            return nullptr;
        check.raw.push_back(id);
        if (call->refused() && check.found == Found::Open)
            set(check, Found::Refused, {ASSAY_TEXT("Identity", "The endpoint refuses %1"), {check.parameter}});
        return call->good() ? call : nullptr;
    }
    static void set(ParameterCheck &check, Found found, Told what)
    {
        check.found = found;
        check.what = std::move(what);
    }
    static ParameterCheck begun(const char *parameter)
    {
        return {parameter, Found::Open, {ASSAY_TEXT("Identity", "Whether %1 is honoured stays open: there was no answer to judge it by"), {parameter}}, {}};
    }
    static std::string wholeText(const AskedCall &call) { return call.tokens.reasoning + call.tokens.answer; }

    void temperature()
    {
        ParameterCheck check = begun("temperature");
        std::set<std::string> texts;
        int answers = 0;
        for (int i = 1; i <= kSameCalls; ++i)
            if (const AskedCall *call = take(check, "parameter.same." + std::to_string(i))) {
                texts.insert(wholeText(*call));
                ++answers;
            }
        const std::vector<std::string> counts{std::to_string(answers), std::to_string(texts.size())};
        if (answers >= 2 && texts.size() == 1 && !texts.begin()->empty())
            set(check, Found::Honoured, {ASSAY_TEXT("Identity", "%1 answers at temperature 0 are the same"), counts});
        else if (answers >= 2 && texts.size() > 1)
            set(check, Found::Ignored, {ASSAY_TEXT("Identity", "%1 answers at temperature 0 are %2 different ones: greedy comparisons need a tolerance for that"), counts});
        m_out.push_back(std::move(check));
    }

    void seed()
    {
        ParameterCheck check = begun("seed");
        std::vector<std::string> texts;
        for (const int i : {1, 2, 3})
            if (const AskedCall *call = take(check, "parameter.seed." + std::to_string(i)))
                texts.push_back(wholeText(*call));
        if (texts.size() == 3 && texts[0] == texts[1] && texts[0] != texts[2])
            set(check, Found::Honoured, {ASSAY_TEXT("Identity", "The same seed gave the same answer, another seed another one")});
        else if (texts.size() == 3 && texts[0] != texts[1])
            set(check, Found::Ignored, {ASSAY_TEXT("Identity", "The same seed gave two answers")});
        else if (texts.size() == 3)
            check.what = {ASSAY_TEXT("Identity", "All seeds gave one answer, so whether the seed is honoured stays open")};
        m_out.push_back(std::move(check));
    }

    void stop()
    {
        ParameterCheck check = begun("stop");
        if (const AskedCall *call = take(check, "parameter.stop")) {
            const std::string &text = call->tokens.answer;
            const bool counted = text.find('3') != std::string::npos;
            if (text.find(kStopText) != std::string::npos)
                set(check, Found::Ignored, {ASSAY_TEXT("Identity", "An answer went on behind its stop text")});
            else if (counted)
                set(check, Found::Honoured, {ASSAY_TEXT("Identity", "An answer ended at its stop text")});
        }
        m_out.push_back(std::move(check));
    }

    /// By answers that were counted: more tokens than asked for cannot be within the limit.
    void maxTokens()
    {
        ParameterCheck check = begun("max_tokens");
        int64_t within = 0, beyond = 0;
        for (const PlannedCall &planned : m_calls.all) {
            const AskedCall *call = m_asked.find(planned.id);
            if (call == nullptr || !call->good() || !call->tokens.completion)
                continue;
            (*call->tokens.completion <= planned.outputTokens ? within : beyond) += 1;
            if (check.raw.size() < 5)
                check.raw.push_back(planned.id);
        }
        if (beyond > 0)
            set(check, Found::Ignored, {ASSAY_TEXT("Identity", "{1:%1 answer has|%1 answers have} more tokens than max_tokens allows"), {std::to_string(beyond)}});
        else if (within > 0)
            set(check, Found::Honoured, {ASSAY_TEXT("Identity", "All %1 counted answers kept to max_tokens"), {std::to_string(within)}});
        m_out.push_back(std::move(check));
    }

    /// A token with a bias of 100 comes every time: the answer is one text over and over.
    void bias()
    {
        ParameterCheck check = begun("logit_bias");
        if (const AskedCall *call = take(check, "parameter.bias")) {
            const std::string text = wholeText(*call);
            // Servers take the blank before a first word away.
            const bool repeats = !text.empty() && (isRepeated(text) || isRepeated(" " + text));
            if (repeats)
                set(check, Found::Honoured, {ASSAY_TEXT("Identity", "A token that logit_bias favours came again and again")});
            else if (!text.empty())
                set(check, Found::Ignored, {ASSAY_TEXT("Identity", "A token that logit_bias favours did not come again and again")});
        }
        m_out.push_back(std::move(check));
    }

    const EndpointAsker &m_asked;
    const EndpointCalls &m_calls;
    std::vector<ParameterCheck> m_out;
};

} // namespace

std::vector<ParameterCheck> checkParameters(const EndpointAsker &asked, const EndpointCalls &calls)
{
    return Checker(asked, calls).run();
}

std::vector<Evidence> parameterEvidence(const std::vector<ParameterCheck> &checks, const std::string &day)
{
    std::vector<Evidence> out;
    for (const ParameterCheck &check : checks) {
        Evidence evidence;
        evidence.tier = Tier::Distribution;
        evidence.kind = Evidence::Kind::Note;
        evidence.test = "parameters." + check.parameter;
        evidence.day = day;
        evidence.n = int64_t(check.raw.size());
        evidence.what = check.what;
        evidence.raw = check.raw;
        evidence.numbers = {{"found", nameOf(check.found)}};
        out.push_back(std::move(evidence));
    }
    return out;
}

} // namespace assay
