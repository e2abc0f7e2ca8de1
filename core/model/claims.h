// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/structurematch.h"

namespace assay {

/// What a model's name claims, held against what the model is: its family, its size (namesize.cpp), and whether it is
/// a distilled version under the full model's name.
std::vector<Finding> checkName(const ModelFacts &facts, const StructureMatch &structure, const CountedModel &model,
                               bool complete);

} // namespace assay
