// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/facttile.h"

#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/factmodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kMargin = 8;
}

FactTile::FactTile(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &FactTile::showEvidence);
}

void FactTile::setFact(const TileFact &fact)
{
    m_fact = fact;
    setText(fact.value);
    setAccessibleName(QStringLiteral("%1: %2, %3").arg(fact.title, fact.value, fact.detail));
    setAccessibleDescription(fact.evidence);
    // What the tile has no room for is here, too.
    const QString whole = fact.detail.isEmpty() ? QStringLiteral("%1: %2").arg(fact.title, fact.value) : QStringLiteral("%1: %2, %3").arg(fact.title, fact.value, fact.detail);
    setToolTip(tr("%1\n%2\n%3: %4\nPress to see and copy the evidence.").arg(whole, fact.exact, provenanceText(fact.provenance), fact.evidence));
    updateGeometry();
    update();
}

QFont FactTile::valueFont() const
{
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.35);
    big.setBold(true);
    return big;
}

QFont FactTile::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

QSize FactTile::sizeHint() const
{
    const QFontMetrics small(smallFont()), big(valueFont());
    const int width = std::max({small.horizontalAdvance(m_fact.title), big.horizontalAdvance(m_fact.value),
                                small.horizontalAdvance(m_fact.detail)});
    return {width + 2 * kMargin, 2 * small.height() + big.height() + 2 * kMargin};
}

QSize FactTile::minimumSizeHint() const
{
    return {QFontMetrics(valueFont()).horizontalAdvance(m_fact.value) + 2 * kMargin, sizeHint().height()};
}

void FactTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = hasFocus() || underMouse();
    painter.setPen(
        QPen(lit ? palette().color(QPalette::Highlight) : lineColor(palette()), hasFocus() ? 2 : 1));
    painter.setBrush(palette().color(isDown() ? QPalette::AlternateBase : QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    QRect inner = rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const auto line = [&painter, &inner](const QFont &face, const QColor &color, const QString &text) {
        painter.setFont(face);
        painter.setPen(color);
        const QFontMetrics metrics(face);
        painter.drawText(inner.x(), inner.y() + metrics.ascent(),
                         metrics.elidedText(text, Qt::ElideRight, inner.width()));
        inner.setTop(inner.top() + metrics.height());
    };
    line(smallFont(), mutedColor(palette()), m_fact.title);
    line(valueFont(), palette().color(QPalette::Text), m_fact.value);
    line(smallFont(), mutedColor(palette()), m_fact.detail);
}

void FactTile::showEvidence()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    popup->setAccessibleName(tr("Evidence"));
    const QString all =
        QStringLiteral("%1: %2\n%3: %4")
            .arg(m_fact.title, m_fact.exact, provenanceText(m_fact.provenance), m_fact.evidence);
    auto *text = new QLabel(all, popup);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *copy = new QPushButton(themedIcon("copy"), tr("Copy"), popup);
    connect(copy, &QPushButton::clicked, popup, [all] { QGuiApplication::clipboard()->setText(all); });
    auto *layout = new QVBoxLayout(popup);
    layout->addWidget(text);
    layout->addWidget(copy, 0, Qt::AlignRight);
    popup->move(mapToGlobal(QPoint(0, height() + 2)));
    popup->show();
    copy->setFocus();
}

} // namespace assay
