// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace assay {

/// Files shipped with Assay: $ASSAY_RESOURCES, else beside the program (../share/assay, or the source tree's
/// resources when run from a build folder).
QString resourcePath(const QString &relative);
/// The three sample models: base, full, distilled.
QStringList sampleModels();
/// A suite by name ("reasoning"), or the file or folder itself (readAnySuite); empty when there is none.
QString findSuite(const QString &nameOrFile);
QStringList suiteNames();
/// Where runs are kept: $ASSAY_DATA, else the user's data folder; runs.sqlite in it.
QString storeFile();

} // namespace assay
