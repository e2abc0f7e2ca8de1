// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tokenizersource.h"

#include "core/service/chatprompt.h"

#include <QCoreApplication>

namespace assay {
namespace {

Result<std::shared_ptr<const Tokenizer>> openTokenizer(const ModelDirectory &directory)
{
    if (!directory.files)
        return failure(ErrorCode::TokenizerMissing, {directory.name});
    auto tokenizer = Tokenizer::open(*directory.files);
    if (!tokenizer && tokenizer.error().code == ErrorCode::TokenizerMissing)
        return failure(ErrorCode::TokenizerMissing, {directory.name});
    return tokenizer;
}

std::vector<VocabularyRow> vocabularyOf(const Tokenizer &tokenizer)
{
    std::vector<VocabularyRow> rows;
    for (int64_t id = 0; id < tokenizer.vocabularySize(); ++id) {
        const std::string piece = tokenizer.piece(id);
        if (piece.empty())
            continue;
        rows.push_back({id, tokenizer.kind(id), shownToken(tokenizer.bytesOf(id, false)),
                        QString::fromStdString(piece)});
    }
    return rows;
}

QString shownCharacter(char32_t c)
{
    switch (c) {
    case U' ':
        return QStringLiteral("\u00b7");
    case U'\n':
        return QStringLiteral("\u21b5");
    case U'\r':
        return QStringLiteral("\u2190");
    case U'\t':
        return QStringLiteral("\u2192");
    default:
        break;
    }
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Separator_Line ||
        category == QChar::Separator_Paragraph || category == QChar::Other_PrivateUse)
        return QStringLiteral("\\u{%1}").arg(uint(c), 0, 16);
    return QString::fromUcs4(&c, 1);
}

} // namespace

TokenizerSource loadTokenizer(const ModelDirectory &directory)
{
    TokenizerSource source;
    source.templates = readChatTemplates(directory);
    const auto tokenizer = openTokenizer(directory);
    source.specials = specialTokenTexts(directory, tokenizer ? tokenizer->get() : nullptr);
    if (!tokenizer) {
        source.error = tokenizer.error();
        return source;
    }
    source.tokenizer = *tokenizer;
    source.vocabulary = std::make_shared<const std::vector<VocabularyRow>>(vocabularyOf(**tokenizer));
    return source;
}

QString shownToken(const std::string &bytes)
{
    QString shown;
    for (size_t at = 0; at < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        const size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        const std::string piece = bytes.substr(at, length);
        if (piece.size() == length && validUtf8(piece) == piece) {
            shown += shownCharacter(QString::fromStdString(piece).toUcs4().value(0));
            at += length;
        } else {
            shown += QStringLiteral("\\x%1").arg(uint(lead), 2, 16, QLatin1Char('0')).toUpper().replace(
                QLatin1String("\\X"), QLatin1String("\\x"));
            ++at;
        }
    }
    return shown;
}

QString tokenKindText(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Plain:
        return QCoreApplication::translate("TokenKind", "plain");
    case TokenKind::Added:
        return QCoreApplication::translate("TokenKind", "added");
    case TokenKind::Special:
        return QCoreApplication::translate("TokenKind", "special");
    }
    return {};
}

} // namespace assay
