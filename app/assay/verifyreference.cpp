// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/verifyreference.h"

#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "app/assay/measuresession.h"
#include "core/service/endpointbackend.h"
#include "core/service/translation.h"
#include "core/service/verify/verifydistribution.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <set>

namespace assay {
namespace {

QString referenceOf(const Arguments &options)
{
    return options.value(QStringLiteral("reference"));
}

/// Those of the bundle's suites that are here by their names; whether they are the same is told by their fingerprints.
std::vector<std::shared_ptr<const Suite>> suitesOf(const ReferenceBundle &bundle)
{
    std::set<std::string> names;
    for (const BundleItem &item : bundle.items)
        names.insert(item.suite);
    std::vector<std::shared_ptr<const Suite>> out;
    for (const std::string &name : names) {
        if (auto suite = openSuite(toQString(name)))
            out.push_back(std::move(*suite));
    }
    return out;
}

} // namespace

bool referenceIsBundle(const Arguments &options)
{
    return QFileInfo(referenceOf(options)).isFile() && referenceOf(options).endsWith(QStringLiteral(".json"));
}

Result<void> addReferenceEvidence(const Arguments &options, const EndpointTarget &target, Verification &verification)
{
    const QString path = referenceOf(options);
    auto read = readBundle(std::filesystem::path(path.toStdString()));
    if (!read)
        return tl::unexpected(read.error());
    DistributionPlan plan;
    plan.bundle = std::make_shared<const ReferenceBundle>(std::move(read->bundle));
    plan.bundleName = QFileInfo(path).fileName().toStdString();
    plan.suites = suitesOf(*plan.bundle);
    plan.seed = verification.seed;
    const Spending cost = costOf(plan);
    note(QCoreApplication::translate("Command", "held against %1: at most %2 requests and %3 tokens of answers").arg(toQString(plan.bundleName)).arg(cost.requests).arg(cost.outputTokens));
    std::stop_source stop;
    const Interrupt interrupt([&stop] { stop.request_stop(); });
    EndpointBackend backend(target);
    const auto shown = [](const char *stage, double done, double total) {
        if (progressIsSeen())
            progress(QStringLiteral("%1 · %2/%3").arg(QCoreApplication::translate("Identity", stage)).arg(done).arg(total));
    };
    const auto found = verifyDistribution(backend, plan, shown, stop.get_token());
    endProgress();
    if (!found)
        return tl::unexpected(found.error());
    addDistribution(verification, *found, plan.bundleName);
    return {};
}

} // namespace assay
