// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/sampledtext.h"

#include "app/assay/console.h"
#include "core/bench/metrics.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QStringList>

namespace assay {

QString sampledText(const SampledRun &run)
{
    const size_t k = run.most();
    if (k == 0)
        return {};
    const auto rate = [](const Estimate &estimate) { return toQString(formatEstimate(Unit::Rate, estimate)); };
    QStringList parts{QStringLiteral("avg@k ") + rate(run.average())};
    parts << QStringLiteral("pass@%1 %2").arg(k).arg(rate(run.passAt(k))) << QStringLiteral("pass^%1 %2").arg(k).arg(rate(run.allOf(k)));
    if (!run.consensus.empty())
        parts << QStringLiteral("cons@k ") + rate(run.agreed());
    if (const size_t few = tooFewSamples(run.counts, k); few > 0)
        parts << QCoreApplication::translate("Command", "%1 items have fewer than %2 samples").arg(few).arg(k);
    return parts.join(QStringLiteral("; "));
}

} // namespace assay
