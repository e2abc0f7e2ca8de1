// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectplan.h"

#include "core/model/architectures.h"

namespace assay {

bool isScript(const Inspection &inspection)
{
    return inspection.directory.checkpoint.format == "torchscript";
}

bool isEncoder(const Inspection &inspection)
{
    const ModelConfig &config = inspection.facts.config;
    const ArchitectureFamily *family = findFamily(config.architecture(), config.modelType);
    return family && !family->decoder;
}

bool answersSuites(const Inspection &inspection)
{
    return !isScript(inspection) && !isEncoder(inspection);
}

BenchPlan planFor(const Inspection &inspection, BenchPlan plan)
{
    const BenchPlan usual;
    plan.passes = isScript(inspection) || isEncoder(inspection);
    if (!isScript(inspection))
        plan.inputs.clear();
    if (plan.runs == kUsualRuns)
        plan.runs = plan.passes ? kPassRuns : usual.runs;
    if (plan.warmup == kUsualWarmup)
        plan.warmup = plan.passes ? kPassWarmup : usual.warmup;
    return plan;
}

} // namespace assay
