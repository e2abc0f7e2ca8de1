// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/dialogueview.h"

#include "core/service/background.h"
#include "core/service/chatprompt.h"
#include "core/service/translation.h"
#include "core/tokenizer/jinja.h"
#include "widgets/common/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextCursor>
#include <QVBoxLayout>

namespace assay {
namespace {

using nlohmann::ordered_json;

/// What is said in it is the same in every language: the model reads it, and two models are compared by it.
ordered_json sampleMessages(bool system)
{
    ordered_json messages = ordered_json::array();
    if (system)
        messages.push_back({{"role", "system"}, {"content", "You answer briefly."}});
    messages.push_back({{"role", "user"}, {"content", "What is the capital of France?"}});
    messages.push_back({{"role", "assistant"}, {"content", "Paris."}});
    messages.push_back({{"role", "user"}, {"content", "And of Italy?"}});
    return messages;
}

/// Where the text holds tokens that are no plain ones, found one behind the other.
std::vector<TextSpan> marksOf(const Tokenizer &tokenizer, const std::string &text)
{
    std::vector<TextSpan> marks;
    size_t at = 0;
    int units = 0; // of UTF-16 up to there
    for (const int64_t id : tokenizer.encode(text, false)) {
        if (tokenizer.kind(id) == TokenKind::Plain)
            continue;
        const std::string piece = tokenizer.piece(id);
        const size_t place = piece.empty() ? std::string::npos : text.find(piece, at);
        if (place == std::string::npos)
            continue;
        units += int(QString::fromStdString(text.substr(at, place - at)).size());
        const int length = int(QString::fromStdString(piece).size());
        marks.push_back({units, length});
        units += length;
        at = place + piece.size();
    }
    return marks;
}

} // namespace

SampleDialogue sampleDialogue(const TokenizerSource &source, const ChatTemplate &chatTemplate)
{
    ChatRequest request;
    request.messages = sampleMessages(true);
    auto text = renderChat(chatTemplate.text, source.specials, request, localTime());
    if (!text && text.error().code == ErrorCode::TemplateFailed) {
        request.messages = sampleMessages(false);
        if (auto without = renderChat(chatTemplate.text, source.specials, request, localTime()))
            text = std::move(without);
    }
    if (!text)
        return {{}, {}, text.error()};
    auto marks = source.tokenizer ? marksOf(*source.tokenizer, *text) : std::vector<TextSpan>();
    return {QString::fromStdString(*text), std::move(marks), {}};
}

DialogueView::DialogueView(QWidget *parent)
    : QWidget(parent), m_heading(new QLabel(tr("A sample dialogue in it"), this)), m_problem(new QLabel(this)), m_text(new QPlainTextEdit(this))
{
    m_problem->setObjectName(QStringLiteral("dialogueProblem"));
    m_heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_problem->setWordWrap(true);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(QStringLiteral("dialogue"));
    m_text->setReadOnly(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("A sample dialogue in the chat template"));
    m_text->setTabChangesFocus(true);
    m_heading->setBuddy(m_text);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_heading);
    layout->addWidget(m_problem, 1);
    layout->addWidget(m_text, 1);
    clear();
}

void DialogueView::clear()
{
    ++m_number;
    fill({});
    setVisible(false);
}

void DialogueView::showTemplate(const TokenizerSource &source, const ChatTemplate &chatTemplate)
{
    const int number = ++m_number;
    setVisible(true);
    inBackground(
        this, [source, chatTemplate] { return sampleDialogue(source, chatTemplate); },
        [this, number](const SampleDialogue &dialogue) {
            if (number == m_number)
                fill(dialogue);
        });
}

void DialogueView::fill(const SampleDialogue &dialogue)
{
    m_problem->setVisible(dialogue.error.has_value());
    m_problem->setText(dialogue.error ? errorText(*dialogue.error) : QString());
    m_text->setVisible(!dialogue.error);
    m_text->setPlainText(dialogue.text);
    m_marks = dialogue.marks;
    tint();
}

/// Colours of the palette, so that they follow light and dark.
void DialogueView::tint()
{
    QList<QTextEdit::ExtraSelection> all;
    QTextCharFormat format;
    format.setBackground(mixedColor(palette().color(QPalette::Highlight), palette().color(QPalette::Base), isDark(palette()) ? 0.6 : 0.75));
    format.setForeground(palette().color(QPalette::Text));
    for (const TextSpan &mark : m_marks) {
        QTextCursor cursor(m_text->document());
        cursor.setPosition(mark.start);
        cursor.setPosition(mark.start + mark.length, QTextCursor::KeepAnchor);
        all.append({cursor, format});
    }
    m_text->setExtraSelections(all);
}

void DialogueView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

} // namespace assay
