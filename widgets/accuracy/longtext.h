// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

class QPlainTextEdit;
class QWidget;

namespace assay {

/// Text of a model may hold anything; what cannot be shown becomes a mark, so that nothing is hidden and nothing is drawn astray.
QString harmless(std::string_view utf8);

/// A part of a text that is not cut within a character.
struct ShownPart
{
    size_t from = 0, to = 0;
};
/// So much around this place as can be laid out at once: ten megabytes would stop the window.
ShownPart partAround(std::string_view text, size_t middle);
/// The same text with what is left out said in bytes, before and after.
QString shownPart(std::string_view text, const ShownPart &part);
/// What stands before it in shownPart(): empty when nothing is left out.
QString leftOutBefore(const ShownPart &part);

/// A field for text that is read.
QPlainTextEdit *makeText(const QString &name, QWidget *parent);

} // namespace assay
