// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/evaluateoptions.h"

#include "app/assay/loadoptions.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <array>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::BadUsage, {sentence.toStdString()});
}

QString number(int64_t value)
{
    return value > 0 ? QString::number(value) : QString();
}

TextCut cutOf(const EvaluationProtocol &card)
{
    return cutFromName(card.textCut).value_or(TextCut{0, 0});
}

/// What a card says of an option; empty: it was not given, or does nothing for this suite.
using CardValue = QString (*)(const EvaluationProtocol &);

/// Options that take a value, declared once.
struct Option
{
    const char *name, *value, *help;
    CardValue card; ///< null: it does not say how items are asked
};
constexpr std::array kOptions{
    Option{"batch", "n", QT_TRANSLATE_NOOP("Arguments", "Prompts that are generated together; more than one is faster, but may decide between nearly equal tokens otherwise."), [](const EvaluationProtocol &card) { return number(card.batch); }},
    Option{"samples", "k", QT_TRANSLATE_NOOP("Arguments", "Answers to each item that is generated; usual: 1."), [](const EvaluationProtocol &card) { return number(card.samples); }},
    Option{"temperature", "T", QT_TRANSLATE_NOOP("Arguments", "0, the usual one, is greedy."), [](const EvaluationProtocol &card) { return QString::number(card.temperature); }},
    Option{"top-p", "P", QT_TRANSLATE_NOOP("Arguments", "Samples among the likeliest tokens that have this probability together; usual: 1, all."), [](const EvaluationProtocol &card) { return QString::number(card.topP); }},
    Option{"seed", "n", QT_TRANSLATE_NOOP("Arguments", "Each sample of each item has a seed made of this; usual: 0."), [](const EvaluationProtocol &card) { return QString::number(qulonglong(card.seed)); }},
    Option{"template", "name", QT_TRANSLATE_NOOP("Arguments", "Which chat template, where a model has several."), [](const EvaluationProtocol &card) { return toQString(card.templateName); }},
    Option{"items", "n", QT_TRANSLATE_NOOP("Arguments", "Only the suite's first items."), [](const EvaluationProtocol &card) { return number(int64_t(card.suiteItems)); }},
    Option{"max-tokens", "n", QT_TRANSLATE_NOOP("Arguments", "Of each answer, instead of the suite's limit."), [](const EvaluationProtocol &card) { return number(card.maxTokens); }},
    Option{"context", "n", QT_TRANSLATE_NOOP("Arguments", "Of the windows that a text is cut into for its perplexity; usual: 512."), [](const EvaluationProtocol &card) { return number(cutOf(card).context); }},
    Option{"stride", "n", QT_TRANSLATE_NOOP("Arguments", "Scores every token of a text, so many in each window; else the second half of each window, as llama.cpp does."), [](const EvaluationProtocol &card) { return number(cutOf(card).stride); }},
    Option{"thinking", "on|off|low|medium|high", QT_TRANSLATE_NOOP("Arguments", "Asked where the dialect knows it."), [](const EvaluationProtocol &card) { return toQString(card.thinking); }},
    Option{"concurrency", "n", QT_TRANSLATE_NOOP("Arguments", "Requests in flight at an endpoint; usual: 16."), nullptr},
    Option{"retries", "n", QT_TRANSLATE_NOOP("Arguments", "Of 429, 503 and lost connections; each try is told. Usual: 4."), nullptr},
    Option{"limit-seconds", "S", QT_TRANSLATE_NOOP("Arguments", "Ends the run after this time."), nullptr},
    Option{"limit-requests", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run after so many requests, repeated ones included."), nullptr},
    Option{"limit-tokens", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could take more tokens, of prompts and answers."), nullptr},
    Option{"limit-money", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could cost more; needs --prices."), nullptr},
    Option{"prices", "in,out[,cached]", QT_TRANSLATE_NOOP("Arguments", "Per million tokens."), nullptr},
    Option{"currency", "name", QT_TRANSLATE_NOOP("Arguments", "Of the prices; usual: USD."), nullptr},
};
/// Those that every command with models has, and flags.
constexpr std::array kMoreOfCards{
    std::pair<const char *, CardValue>{"device", [](const EvaluationProtocol &card) { return toQString(card.device); }},
    std::pair<const char *, CardValue>{"dtype", [](const EvaluationProtocol &card) { return toQString(card.dtype); }},
    std::pair<const char *, CardValue>{"chat", [](const EvaluationProtocol &card) { return card.chat ? QStringLiteral("chat") : QString(); }},
};

/// Reads options that do nothing where they are not given, until the first error.
class Reader
{
public:
    explicit Reader(const Arguments &options) : m_options(options) {}
    void integer(const char *name, int64_t minimum, int64_t &value)
    {
        if (given(name))
            take(m_options.integer(QLatin1String(name), minimum), value);
    }
    void real(const char *name, bool (*allowed)(double), const char *range, double &value)
    {
        if (given(name))
            take(m_options.real(QLatin1String(name), allowed, say(range)), value);
    }
    void text(const char *name, std::string &value) const
    {
        if (given(name))
            value = m_options.value(QLatin1String(name)).toStdString();
    }
    bool given(const char *name) const { return m_options.isSet(QLatin1String(name)); }
    void fail(const QString &sentence)
    {
        if (!m_error)
            m_error = wrong(sentence).value();
    }
    const std::optional<Error> &error() const { return m_error; }

private:
    template <class T> void take(const Result<T> &read, T &value)
    {
        if (read)
            value = *read;
        else if (!m_error)
            m_error = read.error();
    }
    const Arguments &m_options;
    std::optional<Error> m_error;
};

void readPrices(Reader &reader, const Arguments &options, EvaluationPlan &plan)
{
    if (reader.given("prices")) {
        std::vector<double> prices;
        for (const QString &part : options.value(QStringLiteral("prices")).split(u',')) {
            bool valid = false;
            prices.push_back(part.trimmed().toDouble(&valid));
            if (!valid || !(prices.back() >= 0 && prices.back() < 1e12))
                prices.clear();
        }
        if (prices.size() < 2 || prices.size() > 3)
            return reader.fail(say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(QStringLiteral("prices"), say(QT_TRANSLATE_NOOP("Arguments", "two or three numbers: of prompts, of answers, of cached prompts"))));
        plan.prices = Prices{prices[0], prices[1], prices.size() > 2 ? prices[2] : prices[0], Prices().currency};
    }
    if (reader.given("currency") && plan.prices)
        plan.prices->currency = options.value(QStringLiteral("currency")).toStdString();
    if (plan.limits.money > 0 && !plan.prices)
        reader.fail(say(QT_TRANSLATE_NOOP("Arguments", "--limit-money needs --prices")));
}

/// What ends a run, how many requests are in flight, and what they cost.
Result<EvaluationPlan> withLimits(const Arguments &options, EvaluationPlan plan)
{
    Reader reader(options);
    const auto positive = [](double number) { return number > 0; };
    const char *range = QT_TRANSLATE_NOOP("Arguments", "a number above 0");
    reader.integer("concurrency", 1, plan.inFlight);
    reader.integer("retries", 0, plan.retries);
    reader.real("limit-seconds", positive, range, plan.limits.seconds);
    reader.integer("limit-requests", 1, plan.limits.requests);
    reader.integer("limit-tokens", 1, plan.limits.tokens);
    reader.real("limit-money", positive, range, plan.limits.money);
    readPrices(reader, options, plan);
    if (reader.error())
        return tl::unexpected<Error>(*reader.error());
    return plan;
}

/// The plan with what the options say.
Result<EvaluationPlan> readPlan(const Arguments &options, EvaluationPlan plan)
{
    Reader reader(options);
    int64_t seed = int64_t(plan.seed);
    reader.integer("batch", 1, plan.batch);
    reader.integer("samples", 1, plan.samples);
    reader.real("temperature", [](double number) { return number >= 0; }, QT_TRANSLATE_NOOP("Arguments", "a number from 0 on"), plan.temperature);
    reader.real("top-p", [](double number) { return number > 0 && number <= 1; }, QT_TRANSLATE_NOOP("Arguments", "a number above 0, at most 1"), plan.topP);
    reader.integer("seed", 0, seed);
    plan.seed = uint64_t(seed);
    reader.integer("items", 1, plan.items);
    reader.integer("max-tokens", 1, plan.maxTokens);
    reader.integer("context", 4, plan.text.context);
    reader.integer("stride", 1, plan.text.stride);
    plan.chat = plan.chat || reader.given("chat") || reader.given("template");
    reader.text("template", plan.templateName);
    reader.text("thinking", plan.thinking);
    constexpr std::array kLevels{"", "on", "off", "low", "medium", "high"};
    if (std::ranges::find(kLevels, plan.thinking) == kLevels.end())
        reader.fail(say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(QStringLiteral("thinking"), QStringLiteral("on|off|low|medium|high")));
    reader.text("device", plan.device);
    if (reader.error())
        return tl::unexpected<Error>(*reader.error());
    return withLimits(options, plan);
}

} // namespace

void addEvaluationOptions(Arguments &options)
{
    for (const Option &option : kOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help));
    options.addFlag(QStringLiteral("chat"), say(QT_TRANSLATE_NOOP("Arguments", "Puts prompts into the model's chat template as a user's message; an endpoint's chat API does so always.")));
    options.addFlag(QStringLiteral("letters"), say(QT_TRANSLATE_NOOP("Arguments", "Asks for the letter of a choice in words, which is another metric than the log-likelihood of choices.")));
}

Result<std::vector<EvaluationPlan>> evaluationPlans(const Arguments &options)
{
    const auto base = readPlan(options, {});
    if (!base)
        return tl::unexpected(base.error());
    std::vector<EvaluationPlan> plans;
    for (const std::string &dtype : options.dtypes()) {
        plans.push_back(*base);
        plans.back().dtype = dtype;
    }
    return plans;
}

Result<void> checkUnchanged(const char *option, const QString &before, const QString &now)
{
    if (before == now)
        return {};
    if (before.isEmpty())
        return wrong(say(QT_TRANSLATE_NOOP("Arguments", "the run began without --%1, which cannot be changed while it goes on")).arg(QLatin1String(option)));
    return wrong(say(QT_TRANSLATE_NOOP("Arguments", "the run began with --%1 %2, which cannot be changed while it goes on")).arg(QLatin1String(option), before));
}

Result<EvaluationPlan> resumedPlan(const Arguments &options, const Suite &suite, const EvaluationProtocol &card)
{
    auto plan = readPlan(options, planOf(card));
    if (!plan)
        return plan;
    if (options.isSet(QStringLiteral("dtype")))
        plan->dtype = options.value(QStringLiteral("dtype")).toStdString();
    const EvaluationProtocol now = protocolOf(suite, *plan);
    const auto check = [&](const char *name, CardValue value) {
        return value == nullptr || !options.isSet(QLatin1String(name)) ? Result<void>() : checkUnchanged(name, value(card), value(now));
    };
    for (const Option &option : kOptions) {
        if (const auto same = check(option.name, option.card); !same)
            return tl::unexpected<Error>(same.error());
    }
    for (const auto &[name, value] : kMoreOfCards) {
        if (const auto same = check(name, value); !same)
            return tl::unexpected<Error>(same.error());
    }
    return plan;
}

} // namespace assay
