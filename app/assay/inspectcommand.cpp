// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/filesums.h"
#include "core/base/units.h"
#include "core/model/facts.h"
#include "core/model/tensorquery.h"
#include "core/service/subjectfiles.h"
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

/// What the query leaves of the tensors, with the files they lie in.
Checkpoint selected(const Inspection &inspection, const TensorQuery &query)
{
    const Checkpoint &all = inspection.directory.checkpoint;
    Checkpoint some;
    some.arena = all.arena;
    some.files = all.files;
    for (const uint32_t number : query.select(all, inspection.facts.config))
        some.tensors.push_back(all.tensors[number]);
    return some;
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

} // namespace

int runInspect(const QStringList &arguments)
{
    Arguments options("inspect", QCoreApplication::translate("Command", "Shows the facts and findings of a model."),
                      QStringLiteral("SUBJECT"));
    options.addFlag(QStringLiteral("tensors"), QCoreApplication::translate("Command", "Lists every tensor."));
    options.addFlag(QStringLiteral("verify-files"),
                    QCoreApplication::translate("Command", "Hashes the files and compares with what caches and lists of sums "
                                                           "declare; exit code 1 when one is wrong."));
    options.addOption(QStringLiteral("filter"), QStringLiteral("QUERY"),
                      QCoreApplication::translate("Command", "Lists the tensors that match, for example \"dtype:F8 "
                                                             "shape:[7168,*] >100MB -scale\"."));
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto query = parseTensorQuery(options.value(QStringLiteral("filter")).toStdString());
    if (!query)
        return failUsage(toQString(query.error().sentence(qtTranslate())), options.json());
    const auto files = openSubjectFiles(options.subjects().first().toStdString());
    auto inspection = files ? inspectModel(*files) : tl::unexpected(files.error());
    if (!inspection)
        return fail(inspection.error(), options.json());
    std::vector<FileVerification> sums;
    if (options.isSet(QStringLiteral("verify-files"))) {
        auto verified = verifyFiles(*inspection);
        if (!verified)
            return fail(verified.error(), options.json());
        sums = std::move(*verified);
    }
    const int exitCode = int(findingsOf(sums).empty() ? ExitCode::Ok : ExitCode::Contradicted);
    const bool tensors = options.isSet(QStringLiteral("tensors")) || options.isSet(QStringLiteral("filter"));
    const Checkpoint checkpoint = tensors ? selected(*inspection, *query) : Checkpoint();
    if (options.json()) {
        nlohmann::json json = factsToJson(inspection->facts, tensors ? &checkpoint : nullptr);
        if (const auto fetched = (*files)->fetched())
            json["fetched"] = {{"bytes", fetched->bytes}, {"requests", fetched->requests}};
        if (!sums.empty())
            json["files"] = verificationJson(*inspection, sums);
        printJson(json);
        return exitCode;
    }
    print(toQString(inspection->facts.name));
    printFacts(inspection->facts);
    if (const auto fetched = (*files)->fetched())
        note(QCoreApplication::translate("Command", "%1 fetched in %2 requests")
                 .arg(toQString(formatBytes(double(fetched->bytes))))
                 .arg(fetched->requests));
    if (!inspection->facts.findings.empty())
        print({});
    printFindings(inspection->facts);
    if (tensors) {
        print({});
        printTensors(checkpoint);
    }
    if (!sums.empty()) {
        print({});
        printVerification(sums);
    }
    return exitCode;
}

} // namespace assay
