// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace assay {

/// The folders of models that a path means: of a file its folder, of a folder without a model of its own those
/// right below it that have one, in the order of their names. Never empty: what holds none stands for itself,
/// so that opening it says what is wrong.
QStringList modelFolders(const QString &path);

} // namespace assay
