// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/longtext.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QPlainTextEdit>

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kLongest = 40000;  ///< bytes of a text that are shown

bool continues(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

} // namespace

QString harmless(std::string_view utf8)
{
    QString text = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    for (QChar &c : text) {
        const bool shown = c == u'\n' || c == u'\t' || (c.unicode() >= 0x20 && c.unicode() != 0x7f);
        const bool turns = (c.unicode() >= 0x202a && c.unicode() <= 0x202e) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
        if (!shown || turns)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

ShownPart partAround(std::string_view text, size_t middle)
{
    ShownPart part{middle > kLongest / 2 ? middle - kLongest / 2 : 0, 0};
    part.to = std::min(text.size(), part.from + kLongest);
    while (part.from > 0 && part.from < text.size() && continues(text[part.from]))
        --part.from;
    while (part.to < text.size() && continues(text[part.to]))
        ++part.to;
    return part;
}

QString leftOutBefore(const ShownPart &part)
{
    return part.from > 0 ? QCoreApplication::translate("assay::AnswerPane", "[%1 bytes before]").arg(part.from) + u'\n' : QString();
}

QString shownPart(std::string_view text, const ShownPart &part)
{
    QString shown = leftOutBefore(part) + harmless(text.substr(part.from, part.to - part.from));
    if (part.to < text.size())
        shown += u'\n' + QCoreApplication::translate("assay::AnswerPane", "[%1 bytes after]").arg(text.size() - part.to);
    return shown;
}

QPlainTextEdit *makeText(const QString &name, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setReadOnly(true);
    text->setAccessibleName(name);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setTabChangesFocus(true);
    return text;
}

} // namespace assay
