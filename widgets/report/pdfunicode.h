// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFont>
#include <QString>

namespace assay {

/// Corrects which characters a PDF of QPdfWriter says its glyphs stand for. Qt takes the lowest code point that
/// shows a glyph: in CJK fonts often a radical (U+2F50) instead of the character that was written (U+6BD4), so that
/// searching would not find it. text: everything that was drawn with the font.
void nameCharacters(QByteArray &pdf, const QFont &font, const QString &text);

} // namespace assay
