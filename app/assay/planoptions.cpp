// SPDX-License-Identifier: GPL-3.0-or-later
// Where a plan begins, and where it is kept: presets and files.
#include "app/assay/loadoptions.h"
#include "core/bench/presets.h"
#include "core/bench/run.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

constexpr uint64_t kMostPlanBytes = 64u << 20;

Result<BenchPlan> readPlan(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {path.toStdString(), file.errorString().toStdString()});
    const QByteArray text = file.read(qint64(kMostPlanBytes));
    const nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object())
        return failure(ErrorCode::PlanDamaged, {path.toStdString(), say(QT_TRANSLATE_NOOP("Arguments", "it is no JSON object")).toStdString()});
    auto plan = benchPlanFromJson(json);
    if (!plan) {
        const auto &arguments = plan.error().arguments;
        return failure(ErrorCode::PlanDamaged, {path.toStdString(), arguments.empty() ? std::string() : arguments.back()});
    }
    return plan;
}

} // namespace

void addPresetOptions(Arguments &options)
{
    QStringList ids;
    for (const PlanPreset &preset : planPresets())
        ids << QLatin1String(preset.id);
    options.addOption(QStringLiteral("preset"), ids.join(u'|'), say(QT_TRANSLATE_NOOP("Arguments", "A plan to begin with; other options change it.")));
    options.addOption(QStringLiteral("plan"), QStringLiteral("FILE"), say(QT_TRANSLATE_NOOP("Arguments", "A plan that --save-plan has written; other options change it.")));
    options.addOption(QStringLiteral("save-plan"), QStringLiteral("FILE"), say(QT_TRANSLATE_NOOP("Arguments", "Writes the plan and measures nothing.")));
}

Result<BasePlans> basePlans(const Arguments &options)
{
    if (options.isSet(QStringLiteral("plan"))) {
        auto plan = readPlan(options.value(QStringLiteral("plan")));
        if (!plan)
            return tl::unexpected<Error>(plan.error());
        BasePlans plans{*plan, *plan};
        plans.local.load.reset();
        return plans;
    }
    BasePlans plans{usualPlan(), BenchPlan()};
    if (options.isSet(QStringLiteral("preset"))) {
        const PlanPreset *preset = findPreset(options.value(QStringLiteral("preset")).toStdString());
        if (preset == nullptr) {
            QStringList ids;
            for (const PlanPreset &known : planPresets())
                ids << QLatin1String(known.id);
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(QStringLiteral("preset"), ids.join(u'|')).toStdString()});
        }
        plans = {preset->local, preset->endpoint};
    }
    return plans;
}

Result<void> savePlan(const QString &path, const BenchPlan &plan)
{
    QSaveFile file(path);
    const std::string text = toJson(plan).dump(2) + "\n";
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return failure(ErrorCode::FileUnwritable, {path.toStdString(), file.errorString().toStdString()});
    return {};
}

} // namespace assay
