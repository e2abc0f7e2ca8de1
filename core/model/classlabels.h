// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modelconfig.h"

namespace assay {

/// What a classifier's logits are.
enum class ClassProblem {
    SingleLabel, ///< softmax over all labels: one holds
    MultiLabel,  ///< sigmoid of each: any number of them hold
    Regression,  ///< the logits are the values
};

/// The labels of a classifier, in the order of its logits.
struct ClassLabels
{
    std::vector<std::string> names;
    ClassProblem problem = ClassProblem::SingleLabel;
};

/// id2label and problem_type of a config with this many labels. A label without a name is LABEL_0, LABEL_1, ...; without
/// a known problem_type one label is MultiLabel and several are SingleLabel, as transformers' pipeline has it. Names are
/// cut at 200 bytes; when they are longer than 8 MiB together, the last ones are LABEL_i.
ClassLabels readClassLabels(const ModelConfig &config, int64_t count);

/// A problem_type as config.json writes it.
const char *nameOf(ClassProblem problem);
/// What is made of a classifier's logits, computed in double.
std::vector<double> classValues(const std::vector<float> &logits, ClassProblem problem);

} // namespace assay
