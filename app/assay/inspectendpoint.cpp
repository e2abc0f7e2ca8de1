// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/inspectendpoint.h"

#include "app/assay/console.h"
#include "core/bench/metrics.h"
#include "core/endpoint/dialect.h"
#include "core/service/endpointsubject.h"
#include "core/service/translation.h"

#include <QCoreApplication>

namespace assay {
namespace {

constexpr qsizetype kLongestValue = 100; ///< characters: a chat template is pages long

QString shortened(const std::string &text)
{
    QString line = toQString(text).simplified();
    return line.size() <= kLongestValue ? line : line.left(kLongestValue - 1) + QChar(0x2026);
}

QString listed(const std::vector<std::string> &texts)
{
    QStringList all;
    for (const std::string &text : texts)
        all << toQString(text);
    return all.join(QStringLiteral(", "));
}

void printHead(const EndpointFacts &facts)
{
    const Dialect *dialect = findDialect(facts.dialect);
    QList<QStringList> rows{
        {QCoreApplication::translate("Command", "Endpoint"), toQString(facts.url)},
        {QCoreApplication::translate("Command", "Software"),
         facts.server.empty() ? QCoreApplication::translate("Command", "not told") : toQString(facts.server)},
        {QCoreApplication::translate("Command", "Asked in the dialect"), dialect ? QString::fromLatin1(dialect->label) : QString()},
        {QCoreApplication::translate("Command", "Models"), shortened(listed(facts.models).toStdString())},
    };
    if (facts.roundTrip)
        rows.append({QCoreApplication::translate("Command", "Fastest answer"), toQString(formatValue(Unit::Seconds, *facts.roundTrip))});
    for (const QString &line : alignedTable(rows))
        print(line);
}

} // namespace

void printEndpoint(const EndpointFacts &facts)
{
    print(toQString(facts.model.empty() ? facts.url : facts.model));
    printHead(facts);
    if (modelIsUnlisted(facts))
        print(QCoreApplication::translate("Command", "! It does not list the model %1.").arg(toQString(facts.model)));
    const std::vector<FactRow> claims = claimRows(facts);
    if (!claims.empty()) {
        print({});
        print(QCoreApplication::translate("Command", "It says of itself (whoever runs it writes this):"));
    }
    QList<QStringList> rows;
    for (const FactRow &row : claims)
        rows.append({QStringLiteral("  ") + QCoreApplication::translate("Fact", row.label), shortened(row.shownValue(qtTranslate())), shortened(row.shownEvidence(qtTranslate()))});
    for (const QString &line : alignedTable(rows))
        print(line);
    for (const auto &[a, b] : disagreements(facts))
        print(QCoreApplication::translate("Command", "It contradicts itself: %1 is %2 (%3) and %4 (%5)")
                  .arg(QCoreApplication::translate("Fact", a.definition->label), shortened(a.value), shortened(a.source), shortened(b.value),
                       shortened(b.source)));
    QStringList untold;
    for (const std::string &id : facts.untold)
        untold << QCoreApplication::translate("Fact", findClaim(id)->label);
    if (!untold.isEmpty())
        print(QCoreApplication::translate("Command", "It does not tell: %1").arg(untold.join(QStringLiteral(", "))));
}

} // namespace assay
