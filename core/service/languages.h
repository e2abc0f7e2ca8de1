// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace assay {

/// Installs the translation for a language ("zh_CN", "en"; empty: the system's) into the application; calling
/// it again replaces the one before. Gives the language that is shown.
QString installLanguage(const QString &language);

} // namespace assay
