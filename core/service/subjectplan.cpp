// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectplan.h"

#include "core/model/architectures.h"

#include <algorithm>

namespace assay {
namespace {

/// What generates nothing, and the command that runs it.
struct SilentKind
{
    const char *what, *command;
};
constexpr SilentKind kScript{ASSAY_TEXT("Reason", "a program of its own"), "assay bench --input"};
constexpr SilentKind kEncoder{ASSAY_TEXT("Reason", "an encoder"), "assay embed"};
constexpr SilentKind kClassifier{ASSAY_TEXT("Reason", "a classifier"), "assay classify"};
constexpr SilentKind kMasked{ASSAY_TEXT("Reason", "a masked language model"), "assay fill"};

const SilentKind &encoderKind(const std::string &architecture)
{
    switch (taskOf(architecture)) {
    case ModelTask::Classifier: return kClassifier;
    case ModelTask::MaskedLanguageModel: return kMasked;
    default: return kEncoder;
    }
}

} // namespace

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

Result<void> checkAnswersSuites(const Inspection &inspection)
{
    if (answersSuites(inspection))
        return {};
    const ModelConfig &config = inspection.facts.config;
    const std::string architecture = config.architecture().empty() ? config.modelType : config.architecture();
    const SilentKind &kind = isScript(inspection) ? kScript : encoderKind(architecture);
    return failure(ErrorCode::WrongTask, {isScript(inspection) ? "TorchScript" : architecture, kind.what,
                                          ASSAY_TEXT("Reason", "answer the items of a suite"), kind.command});
}

Result<void> checkAnswersSuite(const Inspection &inspection, const Suite &suite)
{
    const bool images = std::ranges::any_of(suite.items, [](const SuiteItem &item) { return item.asking == Asking::Image; });
    if (!images)
        return checkAnswersSuites(inspection);
    if (isScript(inspection))
        return {};
    const ModelConfig &config = inspection.facts.config;
    return failure(ErrorCode::WrongTask, {config.architecture().empty() ? config.modelType : config.architecture(), ASSAY_TEXT("Reason", "a model of texts"),
                                          ASSAY_TEXT("Reason", "classify images"), "assay evaluate --suite"});
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
