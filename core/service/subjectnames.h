// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace assay {

/// A name for each path: its last part, and as many of the folders above it as it takes to tell it from the
/// others ("full", or "v1/model" and "v2/model").
QStringList distinctNames(const QStringList &paths);

} // namespace assay
