// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"

#include <QHash>
#include <QString>

#include <vector>

namespace assay {

/// The fields of config.json that findings contradict, under all names that a field goes by, with the
/// sentence.
QHash<QString, QString> contradictedFields(const std::vector<Finding> &findings);

} // namespace assay
