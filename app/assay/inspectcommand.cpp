// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/filesums.h"
#include "app/assay/inspectendpoint.h"
#include "app/assay/inspectstatistics.h"
#include "app/assay/loadoptions.h"
#include "app/assay/opensubject.h"
#include "core/base/units.h"
#include "core/model/facts.h"
#include "core/model/tensorquery.h"
#include "core/service/fetchtext.h"
#include "core/service/servermemory.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

QString shapeText(const TensorRecord &tensor)
{
    QStringList parts;
    for (const int64_t size : tensor.shape)
        parts << QString::number(size);
    return u'[' + parts.join(QStringLiteral(", ")) + u']';
}

void printFacts(const ModelFacts &facts)
{
    QList<QStringList> rows;
    QString group;
    const Translate translate = qtTranslate();
    for (const FactRow &row : factRows(facts)) {
        const QString rowGroup = QCoreApplication::translate("Fact", row.group);
        rows.append({rowGroup == group ? QString() : rowGroup, QCoreApplication::translate("Fact", row.label),
                     toQString(row.shownValue(translate)),
                     toQString(row.exact == row.value ? std::string() : row.exact)});
        group = rowGroup;
    }
    for (const QString &line : alignedTable(rows))
        print(line);
}

void printFindings(const ModelFacts &facts)
{
    const Translate translate = qtTranslate();
    for (const Finding &finding : facts.findings) {
        const FindingDefinition &definition = definitionOf(finding.code);
        QString line = QStringLiteral("%1: %2 [%3]")
                           .arg(QCoreApplication::translate("Severity", severityName(definition.severity)),
                                toQString(finding.sentence(translate)), QString::fromLatin1(definition.id));
        if (!finding.where.empty())
            line += QStringLiteral(" ") + toQString(finding.where);
        print(line);
    }
}

/// What was asked for beside facts and findings.
struct Details
{
    bool tensors = false;
    std::vector<uint32_t> numbers; ///< of the tensors that the query leaves
    Checkpoint checkpoint;         ///< those tensors with the files they lie in
    std::optional<InspectedStatistics> statistics;
    std::vector<FileVerification> sums;
};

void select(const Inspection &inspection, const TensorQuery &query, Details &details)
{
    const Checkpoint &all = inspection.directory.checkpoint;
    details.numbers = query.select(all, inspection.facts.config);
    details.checkpoint.arena = all.arena;
    details.checkpoint.files = all.files;
    for (const uint32_t number : details.numbers)
        details.checkpoint.tensors.push_back(all.tensors[number]);
}

void printTensors(const Checkpoint &checkpoint)
{
    QList<QStringList> rows;
    for (const TensorRecord &tensor : checkpoint.tensors) {
        rows.append({toQString(tensor.name), toQString(tensor.dtypeText), shapeText(tensor),
                     toQString(groupedDigits(int64_t(tensor.elements))), toQString(formatBytes(double(tensor.bytes))),
                     toQString(checkpoint.files[tensor.file].name)});
    }
    for (const QString &line : alignedTable(rows, {false, false, false, true, true, false}))
        print(line);
}

nlohmann::json asJson(const Inspection &inspection, const Details &details)
{
    nlohmann::json json = factsToJson(inspection.facts, details.tensors ? &details.checkpoint : nullptr);
    if (details.statistics)
        addStatistics(*details.statistics, details.numbers, json);
    if (const auto fetched = inspection.directory.files->fetched())
        json["fetched"] = {{"bytes", fetched->bytes}, {"requests", fetched->requests}, {"repeated", fetched->repeated}};
    if (!details.sums.empty())
        json["files"] = verificationJson(inspection, details.sums);
    return json;
}

void printText(const Inspection &inspection, const Details &details)
{
    print(toQString(inspection.facts.name));
    printFacts(inspection.facts);
    if (const auto fetched = inspection.directory.files->fetched())
        note(fetchedText(*fetched));
    if (!inspection.facts.findings.empty())
        print({});
    printFindings(inspection.facts);
    if (details.tensors && !details.statistics) {
        print({});
        printTensors(details.checkpoint);
    }
    if (details.statistics) {
        print({});
        printStatistics(*details.statistics, inspection.directory.checkpoint);
    }
    if (!details.sums.empty()) {
        print({});
        printVerification(details.sums);
    }
}

int showModel(Inspection inspection, const TensorQuery &query, const Arguments &options)
{
    Details details;
    if (options.isSet(QStringLiteral("verify-files"))) {
        auto verified = verifyFiles(inspection);
        if (!verified)
            return fail(verified.error(), options.json());
        details.sums = std::move(*verified);
    }
    const int exitCode = int(findingsOf(details.sums).empty() ? ExitCode::Ok : ExitCode::Contradicted);
    const bool stats = options.isSet(QStringLiteral("stats"));
    details.tensors = stats || options.isSet(QStringLiteral("tensors")) || options.isSet(QStringLiteral("filter"));
    if (details.tensors)
        select(inspection, query, details);
    if (stats) {
        auto computed = inspectStatistics(inspection, details.numbers);
        if (!computed)
            return fail(computed.error(), options.json());
        auto &findings = inspection.facts.findings;
        findings.insert(findings.end(), computed->findings.begin(), computed->findings.end());
        details.statistics = std::move(*computed);
    }
    if (options.json())
        printJson(asJson(inspection, details));
    else
        printText(inspection, details);
    return exitCode;
}

int showEndpoint(const EndpointFacts &facts, const Arguments &options)
{
    for (const char *ofWeights : {"tensors", "stats", "verify-files", "filter"}) {
        if (options.isSet(QString::fromLatin1(ofWeights)))
            return failUsage(QCoreApplication::translate("Command", "--%1 needs a model's files; an endpoint shows none")
                                 .arg(QString::fromLatin1(ofWeights)), options.json());
    }
    if (options.json()) {
        nlohmann::json out = endpointToJson(facts);
        out["endpoint"]["memory"] = serverMemoryJson(facts);
        printJson(out);
    } else {
        printEndpoint(facts);
    }
    return int(ExitCode::Ok);
}

} // namespace

int runInspect(const QStringList &arguments)
{
    Arguments options("inspect", QCoreApplication::translate("Command", "Shows the facts and findings of a model, or what an endpoint tells of itself."),
                      QStringLiteral("SUBJECT"));
    options.addFlag(QStringLiteral("tensors"), QCoreApplication::translate("Command", "Lists every tensor."));
    options.addFlag(QStringLiteral("stats"), QCoreApplication::translate("Command", "Reads the weights: lists statistics of "
                                                                                     "the tensors' values and what they betray."));
    options.addFlag(QStringLiteral("verify-files"),
                    QCoreApplication::translate("Command", "Hashes the files and compares with what caches and lists of sums "
                                                           "declare; exit code 1 when one is wrong."));
    options.addOption(QStringLiteral("filter"), QStringLiteral("QUERY"),
                      QCoreApplication::translate("Command", "Lists the tensors that match, for example \"dtype:F8 "
                                                             "shape:[7168,*] >100MB -scale\"."));
    options.addKeyOption();
    addTransportOptions(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto transport = transportOf(options);
    if (!transport)
        return fail(transport.error(), options.json());
    const auto query = parseTensorQuery(options.value(QStringLiteral("filter")).toStdString());
    if (!query)
        return failUsage(toQString(query.error().sentence(qtTranslate())), options.json());
    const auto opened = openAnySubject(options.subjects().first(), options.keyPlace(), *transport);
    if (!opened)
        return fail(opened.error(), options.json());
    return opened->endpoint ? showEndpoint(*opened->endpoint, options) : showModel(*opened->inspection, *query, options);
}

} // namespace assay
