// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/language.h"

#include <QApplication>
#include <QFont>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <array>
#include <memory>

namespace assay {
namespace {

struct Installed
{
    QString code = QStringLiteral("en");
    std::array<std::unique_ptr<QTranslator>, 2> translators; ///< ours, Qt's
};

Installed &installed()
{
    static Installed state;
    return state;
}

QStringList translationFolders()
{
    const QString program = QCoreApplication::applicationDirPath();
    return {QStringLiteral(":/i18n"), program + QStringLiteral("/translations"),
            program + QStringLiteral("/../translations"), program + QStringLiteral("/../share/assay/translations")};
}

std::unique_ptr<QTranslator> loaded(const QString &name, const QStringList &folders)
{
    auto translator = std::make_unique<QTranslator>();
    for (const QString &folder : folders) {
        if (translator->load(name, folder))
            return translator;
    }
    return nullptr;
}

/// Without this, Chinese text may come in Japanese shapes: fonts are then chosen by the system's locale.
void applyFont(const QString &code)
{
    QFont font = QApplication::font();
    QStringList families = font.families().mid(0, 1);
    if (code == QLatin1String("zh_CN"))
        families << QStringLiteral("Noto Sans CJK SC") << QStringLiteral("Noto Sans SC") << QStringLiteral("Microsoft YaHei");
    font.setFamilies(families);
    QApplication::setFont(font);
}

} // namespace

const std::vector<Language> &languages()
{
    static const std::vector<Language> all{{"en", "English"}, {"zh_CN", "简体中文"}};
    return all;
}

QString effectiveLanguage(const QString &setting)
{
    for (const Language &language : languages()) {
        if (setting == QLatin1String(language.code))
            return setting;
    }
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

void applyLanguage(const QString &setting)
{
    Installed &state = installed();
    for (auto &translator : state.translators) {
        if (translator)
            QCoreApplication::removeTranslator(translator.get());
        translator.reset();
    }
    state.code = effectiveLanguage(setting);
    applyFont(state.code);
    if (state.code == QLatin1String("en"))
        return;
    state.translators = {loaded(QStringLiteral("assay_") + state.code, translationFolders()),
                         loaded(QStringLiteral("qtbase_") + state.code,
                                {QLibraryInfo::path(QLibraryInfo::TranslationsPath)})};
    for (auto &translator : state.translators) {
        if (translator)
            QCoreApplication::installTranslator(translator.get());
    }
}

QString currentLanguage()
{
    return installed().code;
}

} // namespace assay
