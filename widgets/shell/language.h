// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace assay {

struct Language
{
    const char *code; ///< "en", "zh_CN"
    const char *name; ///< in itself: "English"
};
/// The languages that the window speaks.
const std::vector<Language> &languages();

/// Installs translations and fonts of the language (empty: the system's); widgets get QEvent::LanguageChange.
void applyLanguage(const QString &setting);
/// Chooses fonts whose shapes are right for the language's code.
void applyLanguageFont(const QString &code);
/// The code that is shown: "en" before applyLanguage.
QString currentLanguage();

} // namespace assay
