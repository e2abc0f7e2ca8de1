// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/monitoralerts.h"

#include "core/endpoint/exchange.h"
#include "core/endpoint/urlparts.h"
#include "core/identify/watch/utctime.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <algorithm>

namespace assay {

namespace {

using nlohmann::json;

QString qText(const std::string &text)
{
    return QString::fromStdString(text);
}

Told post(const WatchFile &file, const std::string &body, std::stop_token stop, bool &delivered)
{
    const std::string &url = file.alerts.webhook;
    const auto parts = urlParts(url);
    EndpointTarget target;
    target.url = url;
    target.transport.connectLimit = target.transport.headerLimit = target.transport.stallLimit = target.transport.totalLimit = file.alerts.webhookSeconds;
    ExchangeRequest request{"POST", parts ? parts->path : std::string(), body};
    request.bodyLimit = 4096;
    request.sendKey = false;
    const ExchangeAnswer answer = exchange(target, request, std::move(stop));
    delivered = answer.failure == Failure::None && answer.status >= 200 && answer.status < 300;
    if (delivered)
        return {ASSAY_TEXT("Identity", "the webhook took the alert")};
    const std::string why = definitionOf(answer.failure).label + (answer.detail.empty() ? std::string() : ": " + answer.detail);
    return {ASSAY_TEXT("Identity", "the webhook did not take the alert: %1"), {why}};
}

Told runCommand(const WatchFile &file, const std::string &body)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const WatchEndpoint &endpoint : file.endpoints)
        environment.remove(qText(endpoint.keyVariable));
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    QStringList words;
    for (const std::string &word : file.alerts.command)
        words << qText(word);
    process.start(words.front(), words.mid(1));
    const int limit = int(std::max(1.0, file.alerts.webhookSeconds) * 1000);
    if (!process.waitForStarted(limit))
        return {ASSAY_TEXT("Identity", "the alert's command could not be started: %1"), {process.errorString().toStdString()}};
    process.write(body.data(), qint64(body.size()));
    process.closeWriteChannel();
    if (!process.waitForFinished(limit)) {
        process.kill();
        process.waitForFinished(limit);
        return {ASSAY_TEXT("Identity", "the alert's command took too long and was ended")};
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {ASSAY_TEXT("Identity", "the alert's command ended with %1"), {std::to_string(process.exitCode())}};
    return {ASSAY_TEXT("Identity", "the alert's command took the alert")};
}

} // namespace

json alertJson(const WatchFile &file, const WatchRecord &change)
{
    const auto endpoint = std::find_if(file.endpoints.begin(), file.endpoints.end(), [&](const WatchEndpoint &one) { return one.name == change.endpoint; });
    json out{{"schema", "assay-alert/1"},
             {"watch", file.name},
             {"endpoint", change.endpoint},
             {"model", endpoint == file.endpoints.end() ? std::string() : endpoint->model},
             {"version", endpoint == file.endpoints.end() ? std::string() : endpoint->version},
             {"check", change.outcome == WatchRecord::Outcome::Limits ? "limits" : watchCheckId(change.check)},
             {"at", utcText(change.at)},
             {"since", utcText(change.since)},
             {"what", change.what.sentence()}};
    if (change.statistic)
        out["statistic"] = *change.statistic;
    if (change.evidence)
        out["evidence"] = *change.evidence;
    return out;
}

AlertDelivery deliverAlert(const WatchFile &file, const WatchRecord &change, std::stop_token stop)
{
    const std::string body = alertJson(file, change).dump(-1, ' ', true, json::error_handler_t::replace);
    AlertDelivery delivery;
    delivery.delivered = true;
    if (!file.alerts.webhook.empty())
        delivery.told.push_back(post(file, body, std::move(stop), delivery.delivered));
    if (!file.alerts.command.empty() && change.alertTries == 0)
        delivery.told.push_back(runCommand(file, body));
    return delivery;
}

} // namespace assay
