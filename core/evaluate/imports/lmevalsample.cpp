// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/lmevalsample.h"

#include "core/evaluate/imports/fields.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>

namespace assay::imports {
namespace {

constexpr size_t kHashDigits = 8; // of doc_hash, in ids: tells documents of one number apart

/// One request that the harness made of the document.
struct Request
{
    std::string context;
    std::optional<std::string> continuation; ///< nothing where text was generated
    const Json *settings = nullptr;          ///< of generating
};

Request requestOf(const Json &context, const Json *second)
{
    Request request{textOf(&context), std::nullopt, nullptr};
    if (second && second->is_string())
        request.continuation = second->get<std::string>();
    else if (second && second->is_object())
        request.settings = second;
    return request;
}

/// {"gen_args_0": {"arg_0": ..., "arg_1": ...}, ...}, or, of older versions, [[..., ...], ...].
std::vector<Request> requestsOf(const Json &record)
{
    std::vector<Request> out;
    const Json *arguments = member(record, "arguments");
    if (arguments && arguments->is_object()) {
        for (size_t i = 0; i < arguments->size(); ++i) {
            const Json *request = member(*arguments, "gen_args_" + std::to_string(i));
            const Json *context = request ? member(*request, "arg_0") : nullptr;
            if (context)
                out.push_back(requestOf(*context, member(*request, "arg_1")));
        }
    } else if (arguments && arguments->is_array()) {
        for (const Json &request : *arguments) {
            if (request.is_array() && !request.empty())
                out.push_back(requestOf(request[0], request.size() > 1 ? &request[1] : nullptr));
        }
    }
    return out;
}

/// What came back for a request: [log-likelihood, whether greedy], perhaps within a list of one.
const Json *responseOf(const Json &record, size_t request)
{
    const Json *all = member(record, "resps");
    if (!all || !all->is_array() || request >= all->size())
        return nullptr;
    const Json *one = &(*all)[request];
    while (one->is_array() && one->size() == 1 && (*one)[0].is_array())
        one = &(*one)[0];
    return one;
}

ChoiceLikelihood likelihoodOf(const Json *response)
{
    ChoiceLikelihood out;
    if (response && response->is_array() && !response->empty()) {
        out.logLikelihood = numberOf(&(*response)[0]).value_or(NAN);
        out.greedy = response->size() > 1 && numberOf(&(*response)[1]) == 1.0;
    }
    return out;
}

size_t commonBeginning(const std::vector<Request> &requests)
{
    size_t same = requests.front().context.size();
    for (const Request &request : requests) {
        const auto differ = std::ranges::mismatch(request.context, requests.front().context);
        same = std::min(same, size_t(differ.in1 - request.context.begin()));
    }
    return same;
}

/// The harness puts a blank between context and choice: it is none of the choice's characters (acc_norm divides by them), and where a context
/// ends in a blank it is asked with the continuation all the same (evaluation.md 3.1).
void moveBlank(SuiteItem &item)
{
    const bool all = std::ranges::all_of(item.choices, [](const std::string &choice) { return choice.size() > 1 && choice.front() == ' '; });
    if (!all)
        return;
    item.prompt += ' ';
    for (std::string &choice : item.choices)
        choice.erase(0, 1);
}

/// Several continuations of one context, or one of several contexts (Winogrande): what the requests have in common is the prompt.
void takeChoices(const Json &record, const std::vector<Request> &requests, AnsweredItem &out)
{
    // Mutual information asks each continuation again after nothing.
    std::vector<Request> asked, alone;
    std::vector<ChoiceLikelihood> unconditional;
    for (size_t i = 0; i < requests.size(); ++i) {
        const bool isAlone = requests[i].context.empty() && requests.size() % 2 == 0 && i >= requests.size() / 2;
        if (isAlone) {
            unconditional.push_back(likelihoodOf(responseOf(record, i)));
        } else {
            asked.push_back(requests[i]);
            out.answer.choices.push_back(likelihoodOf(responseOf(record, i)));
        }
    }
    const size_t same = commonBeginning(asked);
    out.item.asking = Asking::Choice;
    out.item.prompt = asked.front().context.substr(0, same);
    for (const Request &request : asked)
        out.item.choices.push_back(request.context.substr(same) + *request.continuation);
    moveBlank(out.item);
    for (size_t i = 0; i < unconditional.size() && i < out.answer.choices.size(); ++i)
        out.answer.choices[i].unconditional = unconditional[i].logLikelihood;
}

/// Whole documents (WikiText): the log-likelihood of all of it.
void takeText(const Json &record, const std::vector<Request> &requests, AnsweredItem &out)
{
    out.item.asking = Asking::Text;
    out.item.prompt = requests.front().context;
    const Json *response = responseOf(record, 0);
    if (response && response->is_array() && !response->empty())
        response = &(*response)[0];
    out.answer.text.logLikelihood = numberOf(response).value_or(NAN);
    out.answer.text.bytes = int64_t(out.item.prompt.size());
    // Its figures are pairs of the log-likelihood and what it is divided by.
    if (const Json *pair = member(record, "word_perplexity"); pair && pair->is_array() && pair->size() == 2)
        out.answer.text.words = countOf(&(*pair)[1], 0);
}

void takeGenerated(const Json &record, const std::vector<Request> &requests, AnsweredItem &out, LmEvalTold &told)
{
    out.item.prompt = requests.front().context;
    const std::vector<std::string> answers = textsOf(responseOf(record, 0));
    if (!answers.empty())
        out.answer.output = answers.front();
    if (answers.size() > 1)
        ++told.together;
    if (const Json *settings = requests.front().settings) {
        out.item.maxTokens = countOf(firstMember(*settings, {"max_gen_toks", "max_new_tokens", "max_tokens"}), 0);
        const bool sampled = numberOf(member(*settings, "do_sample")).value_or(1) != 0;
        const double temperature = numberOf(member(*settings, "temperature")).value_or(0);
        if (sampled && temperature > 0 && temperature < 100)
            told.temperature = temperature;
    }
}

/// The options as the document lists them: requests often hold only their letters.
std::vector<std::string> listedOptions(const Json &doc)
{
    const Json *choices = firstMember(doc, {"choices", "options", "endings"});
    if (choices && choices->is_object())
        choices = member(*choices, "text");
    return choices && choices->is_array() ? textsOf(choices) : std::vector<std::string>();
}

/// The right choice, told by its number or its text.
int rightChoice(const std::string &target, const std::vector<std::string> &choices)
{
    const Json number = target;
    const int64_t index = countOf(&number, -1);
    if (index >= 0 && size_t(index) < choices.size())
        return int(index);
    const auto trim = [](std::string_view text) {
        const size_t first = text.find_first_not_of(' ');
        return first == std::string_view::npos ? std::string_view() : text.substr(first);
    };
    for (size_t i = 0; i < choices.size(); ++i) {
        if (trim(choices[i]) == trim(target))
            return int(i);
    }
    return letterIndex(target, choices.size());
}

void takeGold(const Json &record, SuiteItem &item)
{
    const std::string target = textAt(record, "target");
    const Json *doc = member(record, "doc");
    const std::string question = doc ? questionOf(*doc) : item.prompt;
    std::vector<std::string> options = doc ? listedOptions(*doc) : std::vector<std::string>();
    if (item.asking == Asking::Choice) {
        item.answerIndex = rightChoice(target, item.choices);
        if (item.answerIndex >= 0)
            item.answers = {item.choices[size_t(item.answerIndex)]};
        else
            item.answers = {target};
        if (options.size() != item.choices.size())
            options = item.choices;
        const std::vector<std::string> right = item.answerIndex >= 0 ? std::vector{options[size_t(item.answerIndex)]} : item.answers;
        item.pairKey = pairKeyOf(question, right, options);
        return;
    }
    if (item.asking == Asking::Generate)
        item.answers = {target};
    item.pairKey = pairKeyOf(question, {finalAnswer(target)}, options);
}

std::optional<double> figureOf(const Json *value)
{
    // Matthews and F1 are given as (right, told) of each document.
    if (value && value->is_array() && value->size() == 2 && (*value)[0].is_number_integer() && (*value)[1].is_number_integer())
        return (*value)[0] == (*value)[1] ? 1 : 0;
    return numberOf(value);
}

std::vector<Figure> figuresOf(const Json &record)
{
    std::vector<std::string> names = textsOf(member(record, "metrics"));
    // Versions before 0.4.5 do not list them.
    if (names.empty())
        names = {"acc", "acc_norm", "exact_match", "em", "f1", "mcc", "pass@1", "contains"};
    std::vector<Figure> out;
    for (const std::string &name : names) {
        if (const Json *value = member(record, name))
            out.push_back({name, figureOf(value)});
    }
    return out;
}

std::string extractedOf(const Json &record, const AnsweredItem &answered)
{
    const auto &choices = answered.answer.choices;
    if (answered.item.asking == Asking::Choice) {
        const auto best = std::ranges::max_element(choices, {}, &ChoiceLikelihood::logLikelihood);
        return best == choices.end() ? std::string() : answered.item.choices[size_t(best - choices.begin())];
    }
    const Json *filtered = member(record, "filtered_resps");
    while (filtered && filtered->is_array() && !filtered->empty())
        filtered = &(*filtered)[0];
    return filtered && filtered->is_string() ? filtered->get<std::string>() : std::string();
}

std::string idOf(const Json &record)
{
    const std::string id = textAt(record, "doc_id"), hash = textAt(record, "doc_hash");
    return hash.empty() ? id : id + "-" + hash.substr(0, kHashDigits);
}

} // namespace

tl::expected<AnsweredItem, const char *> lmEvalSample(const Json &record, const std::string &filter, const std::string &metric, LmEvalTold &told)
{
    const std::vector<Request> requests = requestsOf(record);
    if (requests.empty())
        return tl::unexpected<const char *>(ASSAY_TEXT("Reason", "it has no arguments: what was asked is not known"));
    if (!member(record, "resps"))
        return tl::unexpected<const char *>(ASSAY_TEXT("Reason", "it has no resps: what was answered is not known"));
    AnsweredItem out;
    out.item.id = idOf(record);
    const bool choices = std::ranges::all_of(requests, [](const Request &one) { return one.continuation.has_value(); });
    if (choices)
        takeChoices(record, requests, out);
    else if (requests.front().settings)
        takeGenerated(record, requests, out, told);
    else
        takeText(record, requests, out);
    takeGold(record, out.item);
    const std::vector<Figure> figures = figuresOf(record);
    const Figure *figure = judging(figures, metric);
    if (told.scorer.empty() && figure)
        told.scorer = figure->name + "," + filter;
    out.judged = judgedByTool(figure, out.answer, extractedOf(record, out), figure ? figure->name + ", " + filter : filter);
    return out;
}

} // namespace assay::imports
