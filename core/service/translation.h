// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QStringList>

namespace assay {

/// Core's Translate by way of QCoreApplication::translate.
Translate qtTranslate();
/// The error's sentence in the user's language.
QString errorText(const Error &error);
/// A pattern with its %1, ... and the forms that depend on a count filled in: see fillIn in core/base/text.h.
QString filled(const QString &pattern, const QStringList &arguments);
/// UTF-8 to QString and back.
inline QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

} // namespace assay
