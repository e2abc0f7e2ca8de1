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

QString errorText(const Error &error)
{
    return toQString(error.sentence(qtTranslate()));
}

} // namespace assay
