// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/tiercard.h"

#include "core/compare/identity/identitytext.h"
#include "core/service/translation.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kIndent = 18;

QString say(const char *text)
{
    return toQString(qtTranslate()("Identity", text));
}

/// Never colour alone.
QString symbolOf(Judged judged)
{
    switch (judged) {
    case Judged::For: return QStringLiteral("\u2713");
    case Judged::Against: return QStringLiteral("\u2717");
    case Judged::Unsettled: return QStringLiteral("?");
    case Judged::Untested: break;
    }
    return QStringLiteral("\u2013");
}

} // namespace

Judged judgedOf(const Evidence &evidence)
{
    switch (evidence.kind) {
    case Evidence::Kind::Match:
    case Evidence::Kind::Consistent: return Judged::For;
    case Evidence::Kind::Contradiction: return Judged::Against;
    case Evidence::Kind::Ratio:
        if (!evidence.logRatio || *evidence.logRatio == 0)
            return Judged::Unsettled;
        return *evidence.logRatio > 0 ? Judged::For : Judged::Against;
    case Evidence::Kind::Test: return Judged::Unsettled; // what a p-value is worth only Holm says, over all of them
    case Evidence::Kind::Note: break;
    }
    return Judged::Untested;
}

TierCard::TierCard(const TierDefinition &tier, const std::vector<Evidence> &all, QWidget *parent) : QFrame(parent), m_column(new QVBoxLayout(this))
{
    setFrameShape(QFrame::StyledPanel);
    setObjectName(QStringLiteral("tier.") + QLatin1String(tier.id));
    m_column->setContentsMargins(12, 8, 12, 8);
    m_column->setSpacing(3);
    const QString title = QStringLiteral("%1  %2").arg(QLatin1String(tier.id), say(tier.label));
    setAccessibleName(title);
    QLabel *heading = addLine(title, 0);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    addMuted(tr("Looks at: %1").arg(say(tier.observes)), 0);
    for (const Evidence &one : all) {
        if (one.tier == tier.tier)
            addEvidence(one);
    }
    if (m_shown == 0)
        addMuted(tr("Not looked at here."), 0);
    addMuted(tr("Cannot see: %1").arg(say(tier.blind)), 0);
    colour();
}

QLabel *TierCard::addLine(const QString &text, int indent)
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setIndent(indent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus); // cards have many lines; Tab goes on to what can be used
    m_column->addWidget(label);
    return label;
}

void TierCard::addMuted(const QString &text, int indent)
{
    m_muted.push_back(addLine(text, indent));
}

void TierCard::addEvidence(const Evidence &evidence)
{
    ++m_shown;
    const Translate translate = qtTranslate();
    const Judged judged = judgedOf(evidence);
    QString kind = toQString(evidenceKindText(evidence.kind, translate));
    if (evidence.registered)
        kind = tr("%1, registered").arg(kind);
    if (!evidence.channel.empty())
        kind = tr("%1, channel %2").arg(kind, toQString(evidence.channel));
    QLabel *head = addLine(QStringLiteral("%1 %2 (%3)").arg(symbolOf(judged), toQString(evidence.what.sentence(translate)), kind), 0);
    head->setToolTip(toQString(evidence.test).toHtmlEscaped());
    m_judged.emplace_back(head, judged);
    if (const std::string strength = strengthText(evidence, translate); !strength.empty())
        addLine(toQString(strength), kIndent);
    for (const Told &benign : evidence.benign)
        addMuted(tr("Harmless explanation: %1").arg(toQString(benign.sentence(translate))), kIndent);
    if (!evidence.raw.empty()) {
        QStringList ids;
        for (const std::string &id : evidence.raw)
            ids << toQString(id);
        constexpr qsizetype kMostIds = 6;
        const QString more = ids.size() > kMostIds ? tr(" and %1 more").arg(ids.size() - kMostIds) : QString();
        addMuted(tr("Kept raw: %1").arg(ids.mid(0, kMostIds).join(QStringLiteral(", ")) + more), kIndent);
    }
}

void TierCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void TierCard::colour()
{
    const auto ink = [this](QLabel *label, const QColor &color) {
        QPalette inked = palette();
        inked.setColor(QPalette::WindowText, color);
        label->setPalette(inked);
    };
    for (QLabel *label : m_muted)
        ink(label, mutedColor(palette()));
    for (const auto &[label, judged] : m_judged)
        ink(label, judged == Judged::Untested ? palette().color(QPalette::WindowText) : judgedColor(judged, palette()));
}

} // namespace assay
