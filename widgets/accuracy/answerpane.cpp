// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answerpane.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/evaluate/scorers/thinking.h"
#include "core/service/translation.h"
#include "widgets/accuracy/longtext.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kChip = 16;

QString choicesText(const Answer &answer)
{
    QStringList lines;
    for (size_t i = 0; i < answer.choices.size(); ++i) {
        const ChoiceLikelihood &choice = answer.choices[i];
        lines << QCoreApplication::translate("assay::AnswerPane", "choice %1: log-likelihood %2, %3 tokens")
                     .arg(i + 1)
                     .arg(toQString(threeDigits(choice.logLikelihood)))
                     .arg(choice.tokens);
    }
    return lines.join(u'\n');
}

} // namespace

AnswerPane::AnswerPane(QWidget *parent)
    : QWidget(parent), m_chip(new QLabel(this)), m_name(new QLabel(this)), m_line(new QLabel(this)), m_fold(new QToolButton(this)),
      m_thinking(makeText(tr("Thinking"), this)), m_text(makeText(tr("Answer"), this))
{
    m_name->setTextFormat(Qt::PlainText);
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_line->setFocusPolicy(Qt::NoFocus);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_thinking->hide();
    auto *head = new QHBoxLayout;
    head->addWidget(m_chip);
    head->addWidget(m_name, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 6);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_line);
    layout->addWidget(m_fold);
    layout->addWidget(m_thinking, 2);
    layout->addWidget(m_text, 3);
    connect(m_fold, &QToolButton::toggled, this, [this](bool shown) {
        m_fold->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        m_thinking->setVisible(shown);
    });
}

void AnswerPane::setSubject(const ComparedColumn &subject)
{
    m_subject = subject;
    m_chip->setPixmap(roleIcon(subject.role, subject.order).pixmap(kChip, kChip));
    m_name->setText(toQString(subject.name));
    m_text->setAccessibleName(tr("Answer of %1").arg(toQString(subject.name)));
    m_thinking->setAccessibleName(tr("Thinking of %1").arg(toQString(subject.name)));
}

void AnswerPane::setAnswer(std::optional<ItemResult> row)
{
    m_row = std::move(row);
    fill();
}

/// "right, score 1, rule: last number; stop, 120 tokens, 1.3 s"
QString AnswerPane::lineOf(const ItemResult &row) const
{
    const Judgement &judged = row.judged;
    QStringList parts{QCoreApplication::translate("Outcome", outcomeName(judged.outcome))};
    if (judged.undecided)
        parts << tr("undecided: to be looked at");
    if (std::isfinite(judged.score))
        parts << tr("score %1").arg(toQString(threeDigits(judged.score)));
    if (!judged.extracted.empty())
        parts << tr("extracted: %1").arg(harmless(std::string_view(judged.extracted).substr(0, 200)).simplified());
    if (!judged.rule.empty())
        parts << tr("rule: %1").arg(toQString(judged.rule));
    if (!row.given.finish.empty())
        parts << tr("ended: %1").arg(toQString(row.given.finish));
    if (row.given.outputTokens > 0)
        parts << tr("%1 tokens").arg(row.given.outputTokens);
    if (row.given.seconds > 0)
        parts << toQString(formatSeconds(row.given.seconds));
    if (!row.given.error.empty())
        parts << harmless(row.given.error);
    return parts.join(QStringLiteral("; "));
}

void AnswerPane::fill()
{
    m_line->setText(m_row ? lineOf(*m_row) : tr("This subject has no answer to the item."));
    m_text->setExtraSelections({});
    m_text->clear();
    m_thinking->clear();
    m_fold->setVisible(false);
    m_thinking->setVisible(false);
    if (m_row)
        fillText();
}

void AnswerPane::fillText()
{
    const Answer &given = m_row->given;
    const std::string_view output = given.output;
    if (output.empty() && !given.choices.empty())
        return m_text->setPlainText(choicesText(given));
    // Without an end of the thinking all of the output is shown: there is no answer to show instead.
    const size_t start = given.reasoning.empty() ? answerStart(given).value_or(0) : 0;
    const std::string_view thinking = given.reasoning.empty() ? output.substr(0, start) : std::string_view(given.reasoning);
    const bool thought = !thinking.empty();
    m_fold->setVisible(thought);
    m_fold->setText(tr("Thinking (%1 bytes)").arg(toQString(groupedDigits(int64_t(thinking.size())))));
    m_thinking->setVisible(thought && m_fold->isChecked());
    if (thought)
        m_thinking->setPlainText(shownPart(thinking, partAround(thinking, thinking.size()))); // the end is where it decides
    const Judgement &judged = m_row->judged;
    const bool inside = judged.length > 0 && judged.from >= start && judged.from <= output.size() && judged.length <= output.size() - judged.from;
    const std::string_view answer = output.substr(start);
    const ShownPart part = partAround(answer, inside ? judged.from - start : 0);
    const std::string_view shown = answer.substr(part.from, part.to - part.from);
    m_text->setPlainText(shownPart(answer, part));
    if (!inside || judged.from - start < part.from || judged.from - start > part.to)
        return;
    const auto units = [&](size_t from, size_t to) { // bytes as QString counts
        return harmless(shown.substr(from, to - from)).size();
    };
    const size_t at = judged.from - start - part.from;
    markExtraction(leftOutBefore(part).size() + units(0, at), units(at, std::min(shown.size(), at + judged.length)));
}

void AnswerPane::markExtraction(qsizetype from, qsizetype length)
{
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(m_text->document());
    mark.cursor.setPosition(int(from));
    mark.cursor.setPosition(int(from + length), QTextCursor::KeepAnchor);
    const QColor color = mixedColor(palette().color(QPalette::Base), roleColor(Role::Base), 0.55);
    mark.format.setBackground(color);
    mark.format.setForeground(textColorOn(color));
    mark.format.setFontUnderline(true); // never colour alone
    m_text->setExtraSelections({mark});
    QTextCursor at(m_text->document());
    at.setPosition(int(from));
    m_text->setTextCursor(at);
    m_text->ensureCursorVisible();
}

void AnswerPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

QString AnswerPane::shownText() const
{
    return m_text->toPlainText();
}

QString AnswerPane::shownMark() const
{
    const auto marks = m_text->extraSelections();
    return marks.isEmpty() ? QString() : marks.front().cursor.selectedText();
}

QString AnswerPane::judgementLine() const
{
    return m_line->text();
}

bool AnswerPane::thinkingShown() const
{
    return !m_thinking->isHidden();
}

void AnswerPane::showThinking(bool shown)
{
    m_fold->setChecked(shown);
}

} // namespace assay
