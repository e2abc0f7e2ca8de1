// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace assay {

/// Core's Translate by way of QCoreApplication::translate.
Translate qtTranslate();
/// The error's sentence in the user's language.
QString errorText(const Error &error);
/// UTF-8 to QString and back.
inline QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

} // namespace assay
