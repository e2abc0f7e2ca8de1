// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/loadoptions.h"

#include "core/bench/slo.h"
#include "core/service/tracefile.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

tl::unexpected<Error> wrong(const char *option, const QString &reason)
{
    return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(QLatin1String(option), reason).toStdString()});
}

/// Options that only take a value, declared once.
struct Option
{
    const char *name, *value, *help;
};
constexpr std::array kEndpointOptions{
    Option{"model", "name", QT_TRANSLATE_NOOP("Arguments", "Which of the endpoint's models; needed where it lists several.")},
    Option{"dialect", "id", QT_TRANSLATE_NOOP("Arguments", "How the endpoint is asked; else it is found by asking.")},
};
constexpr std::array kOptions{
    Option{"concurrency", "N,N", QT_TRANSLATE_NOOP("Arguments", "Closed loop: requests in flight, one level after the other.")},
    Option{"rate", "N,N", QT_TRANSLATE_NOOP("Arguments", "Open loop: arrivals per second, whatever is still open; of a trace how much faster.")},
    Option{"arrivals", "poisson|constant|FILE", QT_TRANSLATE_NOOP("Arguments", "When requests of an open loop come; a file holds a number of seconds on each line.")},
    Option{"max-in-flight", "N", QT_TRANSLATE_NOOP("Arguments", "Of an open loop: more wait, and their waiting counts.")},
    Option{"requests", "N", QT_TRANSLATE_NOOP("Arguments", "Counted requests of each level; else --runs times the concurrency or rate.")},
    Option{"seconds", "S", QT_TRANSLATE_NOOP("Arguments", "Length of each level.")},
    Option{"cache", "cold|warm", QT_TRANSLATE_NOOP("Arguments", "Cold: no prompt begins like another. Warm: the same again.")},
    Option{"retries", "N", QT_TRANSLATE_NOOP("Arguments", "Of 429, 503 and lost connections; each try is recorded.")},
    Option{"slo", "ttft=0.5,tpot=0.05|NAME", QT_TRANSLATE_NOOP("Arguments", "What a good request keeps, in seconds (ttft, ttfa, tpot, e2e, gap), or the name of a set; may be given several times.")},
    Option{"limit-money", "N", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could cost more; needs --prices.")},
    Option{"limit-tokens", "N", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could take more tokens, of prompts and answers.")},
    Option{"limit-requests", "N", QT_TRANSLATE_NOOP("Arguments", "Ends the run after so many requests, repeated ones included.")},
    Option{"limit-seconds", "S", QT_TRANSLATE_NOOP("Arguments", "Ends the run after this time.")},
    Option{"prices", "in,out[,cached]", QT_TRANSLATE_NOOP("Arguments", "Per million tokens.")},
    Option{"currency", "name", QT_TRANSLATE_NOOP("Arguments", "Of the prices; usual: USD.")},
    Option{"temperature", "T", QT_TRANSLATE_NOOP("Arguments", "Else the endpoint's own.")},
    Option{"thinking", "on|off|low|medium|high", QT_TRANSLATE_NOOP("Arguments", "Asked where the dialect knows it.")},
};
constexpr std::array kTransportOptions{
    Option{"http", "auto|1|2", QT_TRANSLATE_NOOP("Arguments", "Version of HTTP.")},
    Option{"proxy", "URL", QT_TRANSLATE_NOOP("Arguments", "Else the environment's.")},
    Option{"ca-file", "FILE", QT_TRANSLATE_NOOP("Arguments", "Certificates to trust instead of the system's.")},
};

/// "1,2,4" as positive numbers.
Result<std::vector<double>> numbersOf(const Arguments &options, const char *name)
{
    std::vector<double> out;
    for (const QString &part : options.value(QLatin1String(name)).split(u',')) {
        bool valid = false;
        const double number = part.trimmed().toDouble(&valid);
        if (!valid || !std::isfinite(number) || number < 0)
            return wrong(name, say(QT_TRANSLATE_NOOP("Arguments", "numbers from 0 on, with commas")));
        out.push_back(number);
    }
    return out;
}

/// The first error of several readings that each do nothing where their option is not given.
class Reader
{
public:
    explicit Reader(const Arguments &options) : m_options(options) {}
    void integer(const char *name, int64_t minimum, int64_t &value)
    {
        if (given(name))
            take(m_options.integer(QLatin1String(name), minimum), value);
    }
    void positive(const char *name, double &value)
    {
        if (given(name))
            take(m_options.real(QLatin1String(name), [](double number) { return number > 0; }, say(QT_TRANSLATE_NOOP("Arguments", "a number above 0"))), value);
    }
    template <class T> void take(Result<T> read, T &value)
    {
        if (read)
            value = std::move(*read);
        else if (!m_error)
            m_error = read.error();
    }
    bool given(const char *name) const { return m_options.isSet(QLatin1String(name)); }
    QString text(const char *name) const { return m_options.value(QLatin1String(name)); }
    const Arguments &options() const { return m_options; }
    const std::optional<Error> &error() const { return m_error; }
    void fail(const tl::unexpected<Error> &error)
    {
        if (!m_error)
            m_error = error.value();
    }

private:
    const Arguments &m_options;
    std::optional<Error> m_error;
};

void readArrivals(Reader &reader, EndpointLoad &load)
{
    if (reader.given("concurrency")) {
        load.rates.clear();
        reader.take(reader.options().integers(QStringLiteral("concurrency"), 1), load.concurrencies);
        if (load.concurrencies.empty())
            reader.fail(wrong("concurrency", say(QT_TRANSLATE_NOOP("Arguments", "whole numbers of at least %1, with commas")).arg(1)));
    }
    if (reader.given("arrivals")) {
        const QString arrivals = reader.text("arrivals");
        load.arrivals = arrivals == QLatin1String("poisson")    ? Arrivals::Poisson
                        : arrivals == QLatin1String("constant") ? Arrivals::Constant
                                                                : Arrivals::Trace;
        if (load.arrivals == Arrivals::Trace)
            reader.take(readTrace(arrivals), load.trace);
        if (load.rates.empty())
            load.rates = {1};
    }
    if (reader.given("rate")) {
        reader.take(numbersOf(reader.options(), "rate"), load.rates);
        if (std::ranges::find(load.rates, 0.0) != load.rates.end())
            reader.fail(wrong("rate", say(QT_TRANSLATE_NOOP("Arguments", "numbers above 0, with commas"))));
    }
    if (reader.given("rate") && reader.given("concurrency"))
        reader.fail(failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Arguments", "--concurrency is a closed loop and --rate an open one: give one of them")).toStdString()}));
}

/// "ttft=0.5,tpot=0.05", or the name of a set.
Result<Slo> readSlo(const QString &text)
{
    if (const auto slo = parseSlo(text.toStdString()))
        return *slo;
    QStringList names;
    for (const SloPreset &preset : sloPresets())
        names << toQString(preset.slo.name);
    return wrong("slo", say(QT_TRANSLATE_NOOP("Arguments", "limits in seconds such as ttft=0.5,tpot=0.05, or one of: %1")).arg(names.join(QStringLiteral(", "))));
}

void readPrices(Reader &reader, EndpointLoad &load)
{
    if (reader.given("prices")) {
        std::vector<double> prices;
        reader.take(numbersOf(reader.options(), "prices"), prices);
        if (prices.size() < 2 || prices.size() > 3)
            return reader.fail(wrong("prices", say(QT_TRANSLATE_NOOP("Arguments", "two or three numbers: of prompts, of answers, of cached prompts"))));
        load.prices = Prices{prices[0], prices[1], prices.size() > 2 ? prices[2] : prices[0], Prices().currency};
    }
    if (reader.given("currency") && load.prices)
        load.prices->currency = reader.text("currency").toStdString();
    if (load.limits.money > 0 && !load.prices)
        reader.fail(failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Arguments", "--limit-money needs --prices")).toStdString()}));
}

template <class T> void choose(Reader &reader, const char *name, std::initializer_list<std::pair<const char *, T>> choices, T &value)
{
    if (!reader.given(name))
        return;
    QStringList names;
    for (const auto &[text, choice] : choices) {
        names << QLatin1String(text);
        if (reader.text(name) == QLatin1String(text)) {
            value = choice;
            return;
        }
    }
    reader.fail(wrong(name, names.join(u'|')));
}

} // namespace

void addTransportOptions(Arguments &options)
{
    for (const Option &option : kTransportOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help));
}

void addEndpointOptions(Arguments &options)
{
    for (const Option &option : kEndpointOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help));
}

void addLoadOptions(Arguments &options)
{
    addEndpointOptions(options);
    for (const Option &option : kOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help));
    addTransportOptions(options);
    options.addFlag(QStringLiteral("until-saturated"), say(QT_TRANSLATE_NOOP("Arguments", "Leaves out levels beyond the one where the endpoint is saturated.")));
    options.addFlag(QStringLiteral("ignore-eos"), say(QT_TRANSLATE_NOOP("Arguments", "Answers of full length, where the dialect can ask for it.")));
    options.addFlag(QStringLiteral("no-texts"), say(QT_TRANSLATE_NOOP("Arguments", "Answers are measured and not kept.")));
    options.addKeyOption();
}

Result<EndpointLoad> loadOf(const Arguments &options, EndpointLoad load)
{
    Reader reader(options);
    readArrivals(reader, load);
    reader.integer("requests", 1, load.requests);
    reader.positive("seconds", load.seconds);
    reader.integer("max-in-flight", 1, load.mostInFlight);
    reader.integer("retries", 0, load.retries);
    choose(reader, "cache", {{"cold", CachePolicy::Cold}, {"warm", CachePolicy::Warm}}, load.cache);
    choose<std::string>(reader, "thinking", {{"on", "on"}, {"off", "off"}, {"low", "low"}, {"medium", "medium"}, {"high", "high"}}, load.thinking);
    if (reader.given("slo"))
        load.slos.clear();
    for (const QString &text : options.values(QStringLiteral("slo")))
        reader.take(readSlo(text), load.slos.emplace_back());
    reader.positive("limit-money", load.limits.money);
    reader.positive("limit-seconds", load.limits.seconds);
    reader.integer("limit-tokens", 1, load.limits.tokens);
    reader.integer("limit-requests", 1, load.limits.requests);
    readPrices(reader, load);
    if (reader.given("temperature")) {
        double temperature = 0;
        reader.take(options.real(QStringLiteral("temperature"), [](double number) { return number >= 0; }, say(QT_TRANSLATE_NOOP("Arguments", "a number from 0 on"))), temperature);
        load.temperature = temperature;
    }
    load.untilSaturated = load.untilSaturated || options.isSet(QStringLiteral("until-saturated"));
    load.ignoreEos = load.ignoreEos || options.isSet(QStringLiteral("ignore-eos"));
    load.keepTexts = load.keepTexts && !options.isSet(QStringLiteral("no-texts"));
    if (reader.error())
        return tl::unexpected<Error>(*reader.error());
    return load;
}

Result<Transport> transportOf(const Arguments &options)
{
    Reader reader(options);
    Transport transport;
    choose(reader, "http", {{"auto", HttpVersion::Auto}, {"1", HttpVersion::One}, {"2", HttpVersion::Two}}, transport.version);
    transport.proxy = reader.text("proxy").toStdString();
    transport.caFile = reader.text("ca-file").toStdString();
    if (reader.error())
        return tl::unexpected<Error>(*reader.error());
    return transport;
}

} // namespace assay
