// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tokenflow.h"

#include "core/service/translation.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace assay {
namespace {

constexpr int kMargin = 6, kPadding = 4, kGap = 2, kRowGap = 4;
constexpr size_t kMeasuredAtOnce = 4000; // some milliseconds
constexpr int kMostWidth = 400;

} // namespace

TokenFlow::TokenFlow(QWidget *parent) : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Tokens of the text"));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &TokenFlow::measureSome);
}

void TokenFlow::setTokens(std::vector<FlowToken> tokens)
{
    m_tokens = std::move(tokens);
    m_widths.clear();
    m_widths.reserve(m_tokens.size());
    setAccessibleDescription(filled(tr("%1 {1:token|tokens}"), {QString::number(m_tokens.size())}));
    measureSome();
}

QFont TokenFlow::idFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    return small;
}

int TokenFlow::rowHeight() const
{
    return QFontMetrics(font()).height() + QFontMetrics(idFont()).height() + 2 + kRowGap;
}

int TokenFlow::measured(const FlowToken &token)
{
    const auto known = m_widthOfId.constFind(token.id);
    if (known != m_widthOfId.constEnd())
        return *known;
    const int text = QFontMetrics(font()).horizontalAdvance(token.text);
    const int id = QFontMetrics(idFont()).horizontalAdvance(QString::number(token.id));
    const int width = std::min(std::max(text, id) + 2 * kPadding, kMostWidth);
    m_widthOfId.insert(token.id, width);
    return width;
}

void TokenFlow::measureSome()
{
    const size_t end = std::min(m_tokens.size(), m_widths.size() + kMeasuredAtOnce);
    while (m_widths.size() < end)
        m_widths.push_back(measured(m_tokens[m_widths.size()]));
    wrap();
    if (m_widths.size() < m_tokens.size())
        m_next.start(0);
}

void TokenFlow::wrap()
{
    const int right = viewport()->width() - kMargin;
    m_places.resize(m_widths.size());
    m_rows.assign(m_widths.empty() ? 0 : 1, 0);
    int x = kMargin;
    bool newRow = false;
    for (size_t i = 0; i < m_widths.size(); ++i) {
        if (newRow || (x > kMargin && x + m_widths[i] > right)) {
            x = kMargin;
            m_rows.push_back(i);
        }
        m_places[i] = {x, int(m_rows.size()) - 1};
        x += m_widths[i] + kGap;
        newRow = m_tokens[i].endsLine;
    }
    const int height = int(m_rows.size()) * rowHeight() + 2 * kMargin;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    viewport()->update();
}

QRect TokenFlow::boxOf(size_t index) const
{
    const Place &place = m_places[index];
    const int top = kMargin + place.row * rowHeight() - verticalScrollBar()->value();
    return {place.x, top, m_widths[index], rowHeight() - kRowGap};
}

void TokenFlow::paintToken(QPainter &painter, size_t index, const QRect &box) const
{
    // Blue and orange of the Okabe-Ito set, thinned with the paper; neighbours also stand apart by a gap.
    const QColor ink = roleColor(index % 2 ? Role::Base : Role::Full);
    const FlowToken &token = m_tokens[index];
    const QFontMetrics metrics(font());
    QRect upper = box;
    upper.setHeight(metrics.height() + 2);
    painter.fillRect(upper, mixedColor(ink, palette().color(QPalette::Base), isDark(palette()) ? 0.6 : 0.72));
    painter.setPen(palette().color(QPalette::Text));
    if (token.special)
        painter.drawRect(upper.adjusted(0, 0, -1, -1));
    painter.setFont(font());
    painter.drawText(upper, Qt::AlignCenter, metrics.elidedText(token.text, Qt::ElideRight, box.width() - 2));
    painter.setFont(idFont());
    painter.setPen(mutedColor(palette()));
    QRect lower = box;
    lower.setTop(upper.bottom());
    painter.drawText(lower, Qt::AlignCenter, QString::number(token.id));
}

void TokenFlow::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const int first = std::max(0, (verticalScrollBar()->value() - kMargin) / rowHeight());
    if (size_t(first) >= m_rows.size())
        return;
    for (size_t i = m_rows[size_t(first)]; i < m_places.size(); ++i) {
        const QRect box = boxOf(i);
        if (box.top() > viewport()->height())
            break;
        paintToken(painter, i, box);
    }
}

int TokenFlow::tokenAt(const QPoint &position) const
{
    const int row = (position.y() + verticalScrollBar()->value() - kMargin) / rowHeight();
    if (row < 0 || size_t(row) >= m_rows.size())
        return -1;
    for (size_t i = m_rows[size_t(row)]; i < m_places.size() && m_places[i].row == row; ++i) {
        if (boxOf(i).contains(position))
            return int(i);
    }
    return -1;
}

void TokenFlow::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    wrap();
}

void TokenFlow::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_widthOfId.clear();
        m_widths.clear();
        measureSome();
    }
}

void TokenFlow::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(copyText());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void TokenFlow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(themedIcon("copy"), tr("Copy ids and tokens"));
    copy->setEnabled(!m_tokens.empty());
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(copyText()); });
    menu->popup(event->globalPos());
}

bool TokenFlow::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int index = tokenAt(help->pos());
    if (index < 0) {
        QToolTip::hideText();
        return true;
    }
    const FlowToken &token = m_tokens[size_t(index)];
    const QString text = tr("Token %1 of %2: id %3").arg(index + 1).arg(m_tokens.size()).arg(token.id);
    QToolTip::showText(help->globalPos(), QStringLiteral("%1\n%2").arg(text, token.text), viewport());
    return true;
}

QString TokenFlow::copyText() const
{
    QString text = tr("Id") + u'\t' + tr("Token") + u'\n';
    for (const FlowToken &token : m_tokens)
        text += QString::number(token.id) + u'\t' + token.text + u'\n';
    return text;
}

} // namespace assay
