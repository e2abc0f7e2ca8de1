// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/exportfont.h"

#include <QFontDatabase>
#include <QRawFont>
#include <QSet>
#include <QStringList>

namespace assay {
namespace {

/// Installed families in order of preference; the last ones are whatever the system has.
QStringList candidates()
{
    static const QStringList kPreferred{
        QStringLiteral("DejaVu Sans"),        QStringLiteral("Noto Sans"),
        QStringLiteral("Liberation Sans"),    QStringLiteral("Noto Sans CJK SC"),
        QStringLiteral("Noto Sans SC"),       QStringLiteral("Source Han Sans SC"),
        QStringLiteral("WenQuanYi Zen Hei"),  QStringLiteral("WenQuanYi Micro Hei"),
        QStringLiteral("Microsoft YaHei"),    QStringLiteral("PingFang SC"),
    };
    const QStringList installed = QFontDatabase::families();
    QStringList found;
    for (const QString &family : kPreferred) {
        if (installed.contains(family))
            found << family;
    }
    found << QFontDatabase::systemFont(QFontDatabase::GeneralFont).family()
          << QFontDatabase::families(QFontDatabase::SimplifiedChinese);
    found.removeDuplicates();
    return found;
}

qsizetype missingCharacters(const QString &family, const QSet<char32_t> &characters)
{
    const QRawFont font = QRawFont::fromFont(QFont(family));
    qsizetype missing = 0;
    for (const char32_t character : characters) {
        if (!font.isValid() || !font.supportsCharacter(uint(character)))
            ++missing;
    }
    return missing;
}

} // namespace

QFont exportFont(const QString &text)
{
    QSet<char32_t> characters;
    for (const uint character : text.toUcs4()) {
        if (character > 0x20)
            characters.insert(character);
    }
    QString best;
    qsizetype fewest = characters.size() + 1;
    for (const QString &family : candidates()) {
        const qsizetype missing = missingCharacters(family, characters);
        if (missing < fewest) {
            fewest = missing;
            best = family;
        }
        if (fewest == 0)
            break;
    }
    QFont font = best.isEmpty() ? QFont() : QFont(best);
    font.setHintingPreference(QFont::PreferNoHinting);
    // Only glyphs that stand for one character each: a ligature, or the other digits that some CJK fonts put
    // beside Latin letters, would come out of a PDF as something else or not at all.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace assay
