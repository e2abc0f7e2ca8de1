// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pdfunicode.h"

#include <QHash>
#include <QRawFont>
#include <QSet>
#include <algorithm>

namespace assay {
namespace {

using Renaming = QHash<QByteArray, QByteArray>; ///< four hexadecimal digits each

QByteArray hex(char16_t character)
{
    return QByteArray::number(uint(character), 16).rightJustified(4, '0').toUpper();
}

/// Code points by which Qt would call characters of the text.
Renaming wrongNames(const QFont &font, const QString &text)
{
    const QRawFont raw = QRawFont::fromFont(font);
    const QSet<QChar> written(text.begin(), text.end());
    QHash<quint32, QList<char16_t>> byGlyph;
    for (const QChar character : written) {
        const QList<quint32> glyphs = raw.glyphIndexesForString(QString(character));
        if (!character.isSurrogate() && glyphs.size() == 1 && glyphs[0] != 0)
            byGlyph[glyphs[0]] << character.unicode();
    }
    QString all;
    for (uint code = 1; code < 0xfffe; ++code) {
        if (!QChar::isSurrogate(code))
            all += QChar(char16_t(code));
    }
    const QList<quint32> glyphs = raw.glyphIndexesForString(all);
    Renaming names;
    for (qsizetype i = 0; i < std::min(glyphs.size(), all.size()); ++i) {
        const auto found = byGlyph.find(glyphs[i]);
        if (found == byGlyph.end())
            continue;
        // The lowest is Qt's choice. When the text has it too, there is no telling them apart.
        if (!found->contains(all[i].unicode()))
            names.insert(hex(all[i].unicode()), hex(found->first()));
        byGlyph.erase(found);
    }
    return names;
}

/// One line of a bfrange section: "<from> <to> <name>" or "<from> <to> [<name> <name> ...]".
void renameLine(char *line, qsizetype size, const Renaming &names)
{
    int token = 0;
    for (qsizetype i = 0; i + 5 < size; ++i) {
        if (line[i] != '<' || line[i + 5] != '>')
            continue;
        if (token++ >= 2) {
            const auto found = names.find(QByteArray(line + i + 1, 4).toUpper());
            if (found != names.end())
                std::copy(found->begin(), found->end(), line + i + 1);
        }
        i += 5;
    }
}

} // namespace

void nameCharacters(QByteArray &pdf, const QFont &font, const QString &text)
{
    const Renaming names = wrongNames(font, text);
    if (names.isEmpty())
        return;
    // The maps are written uncompressed, and every name has four digits: nothing moves.
    static const QByteArray kMap("/CMapName /Adobe-Identity-UCS def"), kBegin("beginbfrange"), kEnd("endcmap");
    for (qsizetype map = pdf.indexOf(kMap); map >= 0; map = pdf.indexOf(kMap, map + 1)) {
        const qsizetype end = pdf.indexOf(kEnd, map);
        for (qsizetype at = pdf.indexOf(kBegin, map); at >= 0 && at < end;) {
            const qsizetype next = pdf.indexOf('\n', at + 1);
            if (next < 0)
                break;
            renameLine(pdf.data() + at, next - at, names);
            at = next;
        }
    }
}

} // namespace assay
