// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/itemmaker.h"

#include "core/base/hash.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <cmath>
#include <charconv>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostOptions = 26; // letters

struct Options
{
    std::vector<std::string> texts;
    int gold = -1; ///< -1: not among them
};

int goldIndex(const SuiteDescription &description, const json &fields, const std::vector<std::string> &texts)
{
    if (description.gold == GoldIs::First)
        return 0;
    const std::string said = FieldTemplate("{x|trim}").fill({{"x", description.answer.fill(fields)}});
    if (said.empty())
        throw Damage(ASSAY_TEXT("Reason", "it has no right answer"));
    if (description.gold == GoldIs::Text) {
        const auto at = std::ranges::find(texts, said);
        return at == texts.end() ? -1 : int(at - texts.begin());
    }
    if (description.gold == GoldIs::Letter) {
        const char letter = char(said.front() & ~0x20);
        return said.size() == 1 && letter >= 'A' && letter <= 'Z' ? letter - 'A' : -1;
    }
    int index = -1;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), index);
    if (error != std::errc() || end != said.data() + said.size() || index < 0 || index > int(kMostOptions))
        return -1;
    return description.gold == GoldIs::IndexFromOne ? index - 1 : index;
}

/// Sorted before they are shuffled: the order in the file decides nothing, so the same question is asked the same way by every copy of
/// it (evaluation.md 8, unseeded shuffles).
void shuffle(Options &options, const std::string &question)
{
    std::vector<size_t> order(options.texts.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::sort(order, {}, [&](size_t i) { return options.texts[i]; });
    const std::vector<size_t> drawn = orderBy(question, order.size());
    Options out;
    for (const size_t place : drawn) {
        if (int(order[place]) == options.gold)
            out.gold = int(out.texts.size());
        out.texts.push_back(options.texts[order[place]]);
    }
    options = std::move(out);
}

Options optionsOf(const SuiteDescription &description, const json &fields, const std::string &question)
{
    Options options{description.options.fill(fields)};
    if (options.texts.size() < 2 || options.texts.size() > kMostOptions)
        throw Damage(ASSAY_TEXT("Reason", "it has %1 options, not 2 to 26"), {std::to_string(options.texts.size())});
    if (std::ranges::find(options.texts, std::string()) != options.texts.end())
        throw Damage(ASSAY_TEXT("Reason", "one of its options is empty"));
    if (std::set<std::string>(options.texts.begin(), options.texts.end()).size() != options.texts.size())
        throw Damage(ASSAY_TEXT("Reason", "two of its options are the same"));
    options.gold = goldIndex(description, fields, options.texts);
    if (options.gold < 0 || options.gold >= int(options.texts.size()))
        throw Damage(ASSAY_TEXT("Reason", "its right answer is none of its options"));
    if (description.shuffled)
        shuffle(options, question);
    return options;
}

/// What is chosen from: the options' letters where the prompt lists them, else the options.
void chooseFrom(const SuiteDescription &description, const Options &options, MadeItem &out)
{
    SuiteItem &item = out.item;
    item.answerIndex = options.gold;
    item.choices = options.texts;
    if (description.letters && item.asking == Asking::Choice) {
        for (size_t i = 0; i < item.choices.size(); ++i)
            item.choices[i] = std::string(1, char('A' + i));
    }
    const std::string prefix = item.asking == Asking::Choice ? description.choicePrefix : std::string();
    for (std::string &choice : item.choices)
        choice.insert(0, prefix);
    item.answers = {item.choices[size_t(options.gold)]};
    out.shownAnswer = description.letters ? description.choicePrefix + char('A' + options.gold) : description.choicePrefix + options.texts[size_t(options.gold)];
}

void answerWith(const SuiteDescription &description, const json &fields, MadeItem &out)
{
    SuiteItem &item = out.item;
    if (!description.answers.empty())
        item.answers = description.answers.fill(fields);
    else if (!description.answer.empty())
        item.answers = {description.answer.fill(fields)};
    const bool none = item.answers.empty() || (description.answers.empty() && item.answers.front().empty());
    if (none && !item.code)
        throw Damage(ASSAY_TEXT("Reason", "it has no right answer"));
    out.shownAnswer = item.answers.empty() ? std::string() : " " + item.answers.front();
}

void placeOnAxes(const SuiteDescription &description, const json &fields, SuiteItem &item)
{
    // A place that is not told is told by its absence on the chart; the question stands.
    for (const auto &[name, text] : description.axes) {
        try {
            const std::string number = text.fill(fields);
            double value = NAN;
            const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
            if (error == std::errc() && end == number.data() + number.size() && std::isfinite(value))
                item.axes[name] = value;
        } catch (const Damage &) {
        }
    }
    for (const auto &[name, text] : description.labels) {
        try {
            item.labels[name] = text.fill(fields);
        } catch (const Damage &) {
        }
    }
}

/// Without a template, and where the field is missing, the fallback.
std::string idOf(const SuiteDescription &description, const json &fields, const std::string &fallback)
{
    std::string id;
    try {
        id = description.id.fill(fields);
    } catch (const Damage &) {
    }
    return id.empty() ? fallback : id;
}

void imageOf(const json &fields, MadeItem &out)
{
    out.item.image = fields.at("_image").get<std::string>();
    out.item.answerIndex = fields.at("_class").get<int>();
    out.item.answers = {fields.at("_label").get<std::string>()};
}

} // namespace

std::string letteredOptions(const std::vector<std::string> &options)
{
    std::string out;
    for (size_t i = 0; i < options.size(); ++i)
        out += char('A' + i) + std::string(". ") + options[i] + "\n";
    return out;
}

std::vector<size_t> orderBy(const std::string &text, size_t n)
{
    const std::string digits = sha256(text).substr(0, 16);
    uint64_t seed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), seed, 16);
    std::mt19937_64 random(seed); // its numbers are the standard's, unlike those of distributions
    std::vector<size_t> order(n);
    std::iota(order.begin(), order.end(), size_t(0));
    for (size_t i = n; i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
    return order;
}

MadeItem itemFrom(const SuiteDescription &description, json &fields, const std::string &fallbackId)
{
    MadeItem out;
    SuiteItem &item = out.item;
    item.id = idOf(description, fields, fallbackId);
    item.asking = description.asking;
    item.task = description.task.fill(fields);
    item.cluster = description.cluster.fill(fields);
    placeOnAxes(description, fields, item);
    if (item.asking == Asking::Image) {
        imageOf(fields, out);
        return out;
    }
    const std::string question = description.question.fill(fields);
    if (description.code[2])
        item.code = CodeTest{description.code[0]->fill(fields), description.code[1]->fill(fields), description.code[2]->fill(fields)};
    if (item.code && item.code->test.empty())
        throw Damage(ASSAY_TEXT("Reason", "its test is empty"));
    std::vector<std::string> options;
    if (!description.options.empty()) {
        const Options made = optionsOf(description, fields, question);
        chooseFrom(description, made, out);
        options = made.texts;
        fields["_options"] = letteredOptions(options);
        item.pairKey = pairKeyOf(question.empty() ? description.prompt.fill(fields) : question, {options[size_t(made.gold)]}, options);
    } else if (item.asking != Asking::Text) {
        answerWith(description, fields, out);
    }
    item.prompt = description.prompt.fill(fields);
    if (item.prompt.empty())
        throw Damage(ASSAY_TEXT("Reason", "its question is empty"));
    if (item.pairKey.empty())
        item.pairKey = pairKeyOf(question.empty() ? item.prompt : question, item.answers);
    return out;
}

} // namespace assay
