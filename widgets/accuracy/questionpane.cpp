// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/questionpane.h"

#include "core/service/translation.h"
#include "widgets/accuracy/longtext.h"
#include "widgets/accuracy/questions.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr qsizetype kLongestAnswer = 300; ///< characters of a right answer that are shown
constexpr size_t kMostAnswers = 20;       ///< of them, and of choices

QString shortened(std::string_view utf8)
{
    const QString text = harmless(utf8.substr(0, 4 * kLongestAnswer)).simplified();
    return text.size() > kLongestAnswer ? text.left(kLongestAnswer) + QStringLiteral("\u2026") : text;
}

} // namespace

Questions::Questions(std::shared_ptr<const Suite> suite) : m_suite(std::move(suite))
{
    m_places.reserve(m_suite->items.size());
    for (size_t i = 0; i < m_suite->items.size(); ++i)
        m_places.emplace(m_suite->items[i].id, uint32_t(i));
}

const SuiteItem *Questions::find(std::string_view id) const
{
    const auto place = m_places.find(id);
    return place == m_places.end() ? nullptr : &m_suite->items[place->second];
}

QuestionPane::QuestionPane(QWidget *parent) : QWidget(parent), m_line(new QLabel(this)), m_text(makeText(tr("Question"), this))
{
    auto *name = new QLabel(tr("Question"), this);
    QFont bold = font();
    bold.setBold(true);
    name->setFont(bold);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_line->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 6);
    layout->setSpacing(4);
    layout->addWidget(name);
    layout->addWidget(m_line);
    layout->addWidget(m_text, 1);
}

void QuestionPane::setItem(const SuiteItem &item)
{
    QStringList right;
    for (size_t i = 0; i < std::min(item.answers.size(), kMostAnswers); ++i)
        right << (item.answers[i].empty() ? tr("no answer") : shortened(item.answers[i]));
    if (item.answers.size() > kMostAnswers)
        right << QStringLiteral("\u2026");
    m_line->setText(right.isEmpty() ? QString() : tr("right: %1").arg(right.join(tr(", "))));
    m_line->setVisible(!right.isEmpty());
    // A question behind long examples stands at the end, and so does what is shown.
    const ShownPart part = partAround(item.prompt, item.prompt.size());
    QString text = item.image.empty() ? shownPart(item.prompt, part) : toQString(item.image.string());
    for (size_t i = 0; i < std::min(item.choices.size(), kMostAnswers); ++i) {
        const QString mark = int(i) == item.answerIndex ? QStringLiteral("\u2713") : QStringLiteral("\u2022");
        text += QStringLiteral("\n%1 %2").arg(mark, shortened(item.choices[i]));
    }
    m_text->setPlainText(text);
    m_text->moveCursor(part.from > 0 ? QTextCursor::End : QTextCursor::Start);
}

void QuestionPane::setMissing(const QString &why)
{
    m_line->setText(why);
    m_line->show();
    m_text->clear();
}

QString QuestionPane::shownText() const
{
    return m_text->toPlainText();
}

QString QuestionPane::line() const
{
    return m_line->text();
}

} // namespace assay
