// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/language.h"

#include "core/service/languages.h"

#include <QApplication>
#include <QFont>

namespace assay {
namespace {

QString &shownLanguage()
{
    static QString code = QStringLiteral("en");
    return code;
}

} // namespace

const std::vector<Language> &languages()
{
    static const std::vector<Language> all{{"en", "English"}, {"zh_CN", "简体中文"}};
    return all;
}

void applyLanguage(const QString &setting)
{
    shownLanguage() = installLanguage(setting);
    applyLanguageFont(shownLanguage());
}

void applyLanguageFont(const QString &code)
{
    // Left alone, Chinese text may come in Japanese shapes: the system's locale chooses between the fonts.
    QFont font = QApplication::font();
    QStringList families = font.families().mid(0, 1);
    if (code == QLatin1String("zh_CN"))
        families << QStringLiteral("Noto Sans CJK SC") << QStringLiteral("Noto Sans SC")
                 << QStringLiteral("Microsoft YaHei");
    font.setFamilies(families);
    QApplication::setFont(font);
}

QString currentLanguage()
{
    return shownLanguage();
}

} // namespace assay
