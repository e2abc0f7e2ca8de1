// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/verdictbanner.h"

#include "core/compare/identity/identitytext.h"
#include "core/service/translation.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace assay {
namespace {

constexpr double kWordScale = 1.5, kSymbolScale = 2.2, kTint = 0.12;
constexpr int kEdge = 4;

QLabel *textLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void scaleFont(QLabel *label, double factor)
{
    QFont font = label->font();
    font.setPointSizeF(QFont(label->parentWidget()->font()).pointSizeF() * factor);
    font.setBold(true);
    label->setFont(font);
}

} // namespace

Judged judgedOf(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Verified:
    case VerdictKind::Consistent: return Judged::For;
    case VerdictKind::Contradicted: return Judged::Against;
    case VerdictKind::Inconclusive: return Judged::Unsettled;
    case VerdictKind::NotTested: break;
    }
    return Judged::Untested;
}

Judged judgedOf(ClaimVerdict verdict)
{
    switch (verdict) {
    case ClaimVerdict::Supported: return Judged::For;
    case ClaimVerdict::Contradicted:
    case ClaimVerdict::Impossible:
    case ClaimVerdict::SelfContradictory: return Judged::Against;
    case ClaimVerdict::NotTested: break;
    }
    return Judged::Untested;
}

VerdictBanner::VerdictBanner(QWidget *parent)
    : QFrame(parent), m_symbol(new QLabel(this)), m_word(textLabel(this)), m_about(textLabel(this)), m_sentence(textLabel(this)), m_rate(textLabel(this))
{
    setFrameShape(QFrame::NoFrame);
    m_symbol->setAlignment(Qt::AlignCenter);
    m_word->setWordWrap(false);
    m_word->setObjectName(QStringLiteral("verdictWord"));
    m_sentence->setObjectName(QStringLiteral("verdictSentence"));
    m_rate->setObjectName(QStringLiteral("verdictRate"));
    scaleFont(m_symbol, kSymbolScale);
    scaleFont(m_word, kWordScale);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12 + kEdge, 8, 12, 8);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_symbol, 0, 0, 2, 1, Qt::AlignCenter);
    grid->addWidget(m_word, 0, 1);
    grid->addWidget(m_about, 0, 2, Qt::AlignVCenter);
    grid->addWidget(m_sentence, 1, 1, 1, 2);
    grid->addWidget(m_rate, 2, 1, 1, 2);
    grid->setColumnStretch(2, 1);
}

void VerdictBanner::setVerification(const Verification &verification)
{
    const Translate translate = qtTranslate();
    const Verdict &verdict = verification.verdict;
    m_judged = judgedOf(verdict.kind);
    m_symbol->setText(toQString(verdictSymbol(verdict.kind)));
    m_word->setText(toQString(translate("Identity", verdictName(verdict.kind))));
    m_about->setText(tr("%1, claimed as %2").arg(toQString(verification.subject), toQString(claimTitle(verification))));
    m_sentence->setText(toQString(verdict.sentence.sentence(translate)));
    m_sentence->setVisible(!verdict.sentence.empty());
    m_rate->setText(toQString(errorRateText(verification, translate)));
    setAccessibleName(word() + QStringLiteral(": ") + sentence());
    setAccessibleDescription(errorRate());
    colour();
}

QString VerdictBanner::word() const
{
    return m_word->text();
}

QString VerdictBanner::sentence() const
{
    return m_sentence->text();
}

QString VerdictBanner::errorRate() const
{
    return m_rate->text();
}

void VerdictBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
    if (event->type() == QEvent::FontChange) {
        scaleFont(m_symbol, kSymbolScale);
        scaleFont(m_word, kWordScale);
    }
}

void VerdictBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor ink = judgedColor(m_judged, palette());
    painter.fillRect(rect(), mixedColor(palette().color(QPalette::Window), ink, kTint));
    painter.fillRect(QRect(0, 0, kEdge, height()), ink);
}

void VerdictBanner::colour()
{
    QPalette inked = palette();
    inked.setColor(QPalette::WindowText, judgedColor(m_judged, palette()));
    m_symbol->setPalette(inked);
    m_word->setPalette(inked);
    update();
}

} // namespace assay
