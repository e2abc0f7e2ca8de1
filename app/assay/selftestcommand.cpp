// SPDX-License-Identifier: GPL-3.0-or-later
// assay bench --self-test: how exactly the client of endpoints records, by load.
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/base/units.h"
#include "core/service/selftest.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {

namespace {

QString spreadText(const ErrorSpread &spread)
{
    return QStringLiteral("%1 / %2 / %3").arg(toQString(formatSeconds(spread.median)), toQString(formatSeconds(spread.p99)), toQString(formatSeconds(spread.most)));
}

QString verdictOf(const SelfTestResult &result)
{
    if (result.lost + result.invented + result.failed + result.altered > 0)
        return QCoreApplication::translate("Command", "%1 lost, %2 invented, %3 failed, %4 altered")
            .arg(result.lost)
            .arg(result.invented)
            .arg(result.failed)
            .arg(result.altered);
    return result.proven() ? QCoreApplication::translate("Command", "proven") : QCoreApplication::translate("Command", "too late");
}

QStringList rowOf(const SelfTestResult &result)
{
    const QString load = result.level.inStep ? QCoreApplication::translate("Command", "%1 x %2/s in step") : QStringLiteral("%1 x %2/s");
    return {load.arg(result.level.streams).arg(result.level.rate),
            toQString(formatCount(double(result.written))),
            spreadText(result.ttft),
            spreadText(result.tpot),
            spreadText(result.chunk),
            toQString(formatSeconds(result.clientPerPiece())),
            verdictOf(result)};
}

void printReport(const SelfTestReport &report)
{
    QList<QStringList> rows{{QCoreApplication::translate("Command", "Load"), QCoreApplication::translate("Command", "Chunks"),
                             QCoreApplication::translate("Command", "TTFT error (median / p99 / most)"),
                             QCoreApplication::translate("Command", "TPOT error"), QCoreApplication::translate("Command", "Chunk time error"),
                             QCoreApplication::translate("Command", "CPU per chunk"), QCoreApplication::translate("Command", "Verdict")}};
    for (const SelfTestResult &result : report.results)
        rows.append(rowOf(result));
    for (const QString &line : alignedTable(rows))
        print(line);
    const double rate = report.provenRate();
    print(rate > 0 ? QCoreApplication::translate("Command", "Proven up to %1 chunks a second: nothing lost, 99 of 100 moments within %2.")
                         .arg(toQString(formatCount(rate)), toQString(formatSeconds(kProvenError)))
                   : QCoreApplication::translate("Command", "No load was proven: this machine is too busy for figures of endpoints."));
}

} // namespace

int runSelfTestCommand(const QStringList &arguments)
{
    Arguments options("bench --self-test", QCoreApplication::translate("Command", "Tests the client of endpoints against a server of Assay's own."), {});
    options.addFlag(QStringLiteral("self-test"), QCoreApplication::translate("Command", "how exactly the client of endpoints measures, by load"));
    if (!options.parse(arguments, 0, 0))
        return options.exitCode();
    Result<SelfTestReport> report;
    std::stop_source source;
    runInterruptible(source, [&] {
        report = runSelfTest(selfTestLevels(), [](const SelfTestResult &result) {
            progress(QCoreApplication::translate("Command", "%1 streams, %2 chunks a second").arg(result.level.streams).arg(result.level.piecesPerSecond()));
        }, source.get_token());
    }, [] {});
    endProgress();
    if (!report)
        return fail(report.error(), options.json());
    if (options.json())
        printJson(toJson(*report));
    else
        printReport(*report);
    if (auto kept = keepSelfTest(*report); !kept)
        return fail(kept.error());
    return 0;
}

} // namespace assay
