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

/// The language's code that a setting means: itself, or for an empty one what the system speaks.
QString effectiveLanguage(const QString &setting);
/// Installs the translations and fonts of the language; widgets get QEvent::LanguageChange. Translations are
/// looked for in the resource folder :/i18n and in `translations` beside or under ../share/assay of the program.
void applyLanguage(const QString &setting);
/// The code that applyLanguage set last: "en" before.
QString currentLanguage();

} // namespace assay
