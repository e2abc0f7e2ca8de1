// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorer.h"

namespace assay {
namespace {

const char *heading(Asking asking)
{
    switch (asking) {
    case Asking::Generate: return "Generated text";
    case Asking::Choice: return "Log-likelihood of choices";
    case Asking::Text: return "Log-likelihood of text";
    case Asking::Image: return "Images";
    }
    return "";
}

const char *aggregateName(Aggregate aggregate)
{
    switch (aggregate) {
    case Aggregate::Mean: return "mean over items";
    case Aggregate::Matthews: return "Matthews correlation";
    case Aggregate::F1Positive: return "F1 of class 1";
    case Aggregate::Pearson: return "Pearson correlation";
    case Aggregate::Spearman: return "Spearman correlation";
    case Aggregate::Perplexity:
    case Aggregate::BitsPerByte:
    case Aggregate::WordPerplexity: return "over all texts together";
    }
    return "";
}

/// Backslashes, stars and bars mean something in a table of Markdown.
std::string cell(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '<')
            out += '\\';
        out += c;
    }
    return out.empty() ? "-" : out;
}

std::string row(const Scorer &scorer)
{
    const std::string figure = std::string(aggregateName(scorer.aggregate)) + (scorer.lowerIsBetter ? ", lower is better" : "");
    return "| `" + std::string(scorer.name) + "` | " + std::to_string(scorer.version) + " | " + cell(scorer.definition) + " | " + figure + " | "
           + cell(scorer.matches) + " | " + cell(scorer.differs) + " |\n";
}

constexpr const char *kOpening =
    "# Scorers\n\n"
    "What Assay makes of an answer. Written from the table in `core/evaluate/scorers/table.cpp` by `tst_scorers` with\n"
    "`ASSAY_WRITE_DOCS=1`. Every scorer is a rule: no model judges.\n\n"
    "Before any of them: an answer with an error, or whose prompt did not fit, is an *error*; one that the subject refused is\n"
    "*refused*. Thinking is cut first: where an endpoint tells its reasoning apart, the output is the answer; else the answer is what\n"
    "follows the last end of thinking, and thinking that was never closed is *truncated*, whatever stands in it. Then the suite's\n"
    "extract rule applies. What a limit cut off before it could be judged is *truncated*, and an answer in which nothing is found is\n"
    "*unparsed*; neither is called wrong. *Undecided* is an unparsed answer that was found but cannot be called equal or not by rule: it\n"
    "is left for a person. Graded answers are right when their score is 1. In the mean an answer that is unparsed, truncated or refused\n"
    "counts 0, as in the other tools, and errors are left out and counted.\n";

} // namespace

std::string scorersMarkdown()
{
    std::string out = kOpening;
    for (const Asking asking : {Asking::Generate, Asking::Choice, Asking::Text, Asking::Image}) {
        out += "\n## " + std::string(heading(asking)) + "\n\n| name | version | definition | figure | same figures as | differs on purpose |\n"
               "| --- | --- | --- | --- | --- | --- |\n";
        for (const Scorer &scorer : scorers()) {
            if (scorer.asking == asking)
                out += row(scorer);
        }
    }
    return out;
}

} // namespace assay
