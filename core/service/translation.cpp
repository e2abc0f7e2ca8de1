// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/translation.h"

#include <QCoreApplication>

namespace assay {

Translate qtTranslate()
{
    return [](const char *context, const char *source) {
        return QCoreApplication::translate(context, source).toStdString();
    };
}

QString filled(const QString &pattern, const QStringList &arguments)
{
    std::vector<std::string> all;
    for (const QString &argument : arguments)
        all.push_back(argument.toStdString());
    return toQString(fillIn(pattern.toStdString(), all));
}

QString errorText(const Error &error)
{
    return toQString(error.sentence(qtTranslate()));
}

} // namespace assay
