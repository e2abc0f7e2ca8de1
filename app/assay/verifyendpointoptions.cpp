// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/verifyendpointoptions.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "core/service/verify/plannedtimes.h"
#include "core/service/verify/verifyendpoint.h"

#include <QCoreApplication>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

struct Option
{
    const char *name, *value, *help;
};
constexpr Option kOptions[] = {
    {"raw", "file", QT_TRANSLATE_NOOP("Arguments", "Of an endpoint: the file of JSON lines that keeps every request and answer, keys blanked. What it holds of a run that was broken off is not asked again.")},
    {"limit-seconds", "S", QT_TRANSLATE_NOOP("Arguments", "Ends the run after this time.")},
    {"limit-requests", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run after so many requests, repeated ones included.")},
    {"limit-tokens", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could take more tokens, of prompts and answers.")},
    {"limit-money", "n", QT_TRANSLATE_NOOP("Arguments", "Ends the run before it could cost more; needs --prices.")},
    {"prices", "in,out[,cached]", QT_TRANSLATE_NOOP("Arguments", "Per million tokens.")},
    {"currency", "name", QT_TRANSLATE_NOOP("Arguments", "Of the prices; usual: USD.")},
    {"hardware", "name", QT_TRANSLATE_NOOP("Arguments", "What the endpoint is said to run on, \"8x H800\", or its bandwidth, \"3350 GB/s\": tokens that come faster than it reads the claimed weights count against the claim. Asked from the standard size on.")},
};

tl::unexpected<Error> wrong(const QString &text)
{
    return failure(ErrorCode::BadUsage, {text.toStdString()});
}

bool isPositive(double value)
{
    return value > 0 && value <= 1e12;
}

Result<Prices> pricesOf(const Arguments &options)
{
    std::vector<double> prices;
    bool valid = true;
    for (const QString &part : options.value(QStringLiteral("prices")).split(u',')) {
        bool number = false;
        prices.push_back(part.trimmed().toDouble(&number));
        valid = valid && number && prices.back() >= 0 && prices.back() < 1e12;
    }
    if (!valid || prices.size() < 2 || prices.size() > 3)
        return wrong(say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(QStringLiteral("prices"), say(QT_TRANSLATE_NOOP("Arguments", "two or three numbers: of prompts, of answers, of cached prompts"))));
    Prices made{prices[0], prices[1], prices.size() > 2 ? prices[2] : prices[0], Prices().currency};
    if (options.isSet(QStringLiteral("currency")))
        made.currency = options.value(QStringLiteral("currency")).toStdString();
    return made;
}

Result<void> takeNumber(const Arguments &options, const char *name, double &value)
{
    if (!options.isSet(QLatin1String(name)))
        return {};
    const auto read = options.real(QLatin1String(name), isPositive, say(QT_TRANSLATE_NOOP("Arguments", "a number above 0")));
    if (!read)
        return tl::unexpected<Error>(read.error());
    value = *read;
    return {};
}

Result<void> takeCount(const Arguments &options, const char *name, int64_t &value)
{
    if (!options.isSet(QLatin1String(name)))
        return {};
    const auto read = options.integer(QLatin1String(name), 1);
    if (!read)
        return tl::unexpected<Error>(read.error());
    value = *read;
    return {};
}

} // namespace

void addVerifyEndpointOptions(Arguments &options)
{
    for (const Option &option : kOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help));
}

Result<void> takeVerifyEndpointOptions(const Arguments &options, EndpointVerificationPlan &plan)
{
    if (options.isSet(QStringLiteral("prices"))) {
        auto prices = pricesOf(options);
        if (!prices)
            return tl::unexpected<Error>(prices.error());
        plan.prices = std::move(*prices);
    }
    for (const auto &taken : {takeNumber(options, "limit-seconds", plan.limits.seconds), takeNumber(options, "limit-money", plan.limits.money),
                              takeCount(options, "limit-requests", plan.limits.requests), takeCount(options, "limit-tokens", plan.limits.tokens)})
        if (!taken)
            return taken;
    if (plan.limits.money > 0 && !plan.prices)
        return wrong(say(QT_TRANSLATE_NOOP("Arguments", "--limit-money needs --prices")));
    plan.hardware = options.value(QStringLiteral("hardware")).toStdString();
    if (!plan.hardware.empty() && !plannedTimes(plan).value_or(TimesPlan()).floorSeconds)
        return wrong(say(QT_TRANSLATE_NOOP("Arguments", "--hardware names nothing whose bandwidth is known, the claimed model's active parameters are not known, or the size is quick")));
    plan.rawFile = options.isSet(QStringLiteral("raw")) ? std::filesystem::path(options.value(QStringLiteral("raw")).toStdString())
                                                        : defaultRawFile(utcNow(), plan.seed);
    return {};
}

QString worstCaseText(const EndpointVerificationPlan &plan)
{
    const VerificationCost cost = costOf(plan);
    QString text = say(QT_TRANSLATE_NOOP("Arguments", "at most %1 requests, %2 tokens of prompts, %3 of answers"))
                       .arg(toQString(groupedDigits(cost.requests)), toQString(groupedDigits(cost.promptTokens)), toQString(groupedDigits(cost.outputTokens)));
    if (cost.money)
        text += QStringLiteral(", %1 %2").arg(*cost.money, 0, 'g', 3).arg(toQString(plan.prices->currency));
    if (cost.ofReference > 0)
        text += say(QT_TRANSLATE_NOOP("Arguments", "; %1 of the requests go to the reference")).arg(toQString(groupedDigits(cost.ofReference)));
    if (cost.localAnswers > 0)
        text += say(QT_TRANSLATE_NOOP("Arguments", "; before that the reference writes at most %1 answers here, where none are kept from an earlier run")).arg(toQString(groupedDigits(cost.localAnswers)));
    return text;
}

} // namespace assay
