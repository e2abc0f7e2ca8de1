// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/benchsubjects.h"

#include "app/assay/loadoptions.h"
#include "app/assay/opensubject.h"
#include "core/endpoint/dialect.h"
#include "core/service/endpointsubject.h"
#include "core/service/translation.h"

#include <QCoreApplication>

namespace assay {
namespace {

Result<void> checkDialect(const Arguments &options)
{
    const QString id = options.value(QStringLiteral("dialect"));
    if (id.isEmpty() || findDialect(id.toStdString()))
        return {};
    QStringList ids;
    for (const Dialect &dialect : dialects())
        ids << QLatin1String(dialect.id);
    return failure(ErrorCode::BadUsage,
                   {QCoreApplication::translate("Arguments", "--%1 should be %2").arg(QStringLiteral("dialect"), ids.join(u'|')).toStdString()});
}

BenchEndpoint namedEndpoint(EndpointTarget target)
{
    EndpointFacts facts;
    facts.url = target.url;
    facts.model = target.model;
    return {{endpointSubject(target.url, target.model), target.model.empty() ? target.url : target.model, endpointFingerprint(facts)}, std::move(target)};
}

} // namespace

Result<EndpointTarget> resumedEndpoint(const Arguments &options, const RunHeader &run)
{
    const auto transport = transportOf(options);
    if (!transport)
        return tl::unexpected<Error>(transport.error());
    EndpointTarget target = endpointTarget(run.subject.path);
    target.dialect = run.environment.worker;
    target.transport = *transport;
    Result<Secret> key = findKey(toQString(target.url), options.keyPlace());
    if (!key)
        return tl::unexpected<Error>(key.error());
    target.key = std::move(*key);
    return target;
}

Result<std::optional<BenchEndpoint>> benchEndpoint(const Arguments &options, const QString &subject)
{
    const QString dialect = options.value(QStringLiteral("dialect")), model = options.value(QStringLiteral("model"));
    std::string name = subject.toStdString();
    if (addressKind(name) == AddressKind::Files)
        return std::nullopt;
    if (const Result<void> known = checkDialect(options); !known)
        return tl::unexpected<Error>(known.error());
    const auto transport = transportOf(options);
    if (!transport)
        return tl::unexpected<Error>(transport.error());
    EndpointTarget target = endpointTarget(name);
    if (!model.isEmpty())
        target.model = model.toStdString();
    const KeyPlace place = options.keyPlace();
    if (dialect.isEmpty() || target.model.empty()) {
        const auto opened = openAnySubject(toQString(endpointSubject(target.url, target.model)), place, *transport);
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        if (!opened->endpoint)
            return std::nullopt;
        target.dialect = opened->endpoint->dialect;
        target.model = opened->endpoint->model;
    }
    if (!dialect.isEmpty())
        target.dialect = dialect.toStdString();
    Result<Secret> key = findKey(toQString(target.url), place);
    if (!key)
        return tl::unexpected<Error>(key.error());
    target.key = std::move(*key);
    target.transport = *transport;
    return namedEndpoint(std::move(target));
}

} // namespace assay
