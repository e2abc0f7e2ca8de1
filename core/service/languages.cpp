// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <memory>

namespace assay {

QString installLanguage(const QString &language)
{
    static std::unique_ptr<QTranslator> own;
    static std::unique_ptr<QTranslator> qtOwn;
    own = std::make_unique<QTranslator>();
    qtOwn = std::make_unique<QTranslator>();
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return QStringLiteral("en");
    if (!own->load(locale, QStringLiteral("assay"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        return QStringLiteral("en");
    QCoreApplication::installTranslator(own.get());
    if (qtOwn->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtOwn.get());
    return locale.name();
}

} // namespace assay
