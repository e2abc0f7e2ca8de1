// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/subjectdelegate.h"

#include "widgets/common/rolechip.h"
#include "widgets/common/theme.h"
#include "widgets/shell/subjectmodel.h"

#include <QApplication>
#include <QPainter>

namespace assay {
namespace {

constexpr int kMargin = 6, kChip = 26;

QFont nameFont(const QStyleOptionViewItem &option)
{
    QFont font = option.font;
    font.setBold(true);
    return font;
}

QRect textArea(const QStyleOptionViewItem &option)
{
    return option.rect.adjusted(2 * kMargin + kChip, kMargin, -kMargin, -kMargin);
}

/// The count of findings at the right of the name; gives the width it took.
int paintFindings(QPainter *painter, const QStyleOptionViewItem &option, const QRect &line, int findings,
                  Severity gravest)
{
    if (findings == 0)
        return 0;
    const QString text = QString::number(findings);
    const QFontMetrics metrics(option.font);
    const int width = metrics.horizontalAdvance(text) + 10;
    const QRect badge(line.right() - width, line.top(), width, line.height());
    const QColor color = severityColor(gravest, option.palette);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(badge, 6, 6);
    painter->setPen(textColorOn(color));
    painter->setFont(option.font);
    painter->drawText(badge, Qt::AlignCenter, text);
    return width + kMargin;
}

} // namespace

void SubjectDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect chip(option.rect.left() + kMargin, option.rect.center().y() - kChip / 2, kChip, kChip);
    paintRoleChip(*painter, chip, Role(index.data(SubjectModel::RoleRole).toInt()),
                  index.data(SubjectModel::OrderRole).toInt());

    const bool selected = option.state & QStyle::State_Selected;
    const bool failed = index.data(SubjectModel::FailedRole).toBool();
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = selected ? text
                         : failed ? severityColor(Severity::Problem, option.palette)
                                  : mutedColor(option.palette);
    const QRect area = textArea(option);
    const QFontMetrics nameMetrics(nameFont(option)), factMetrics(option.font);
    const QRect nameLine(area.topLeft(), QSize(area.width(), nameMetrics.height()));
    const int taken =
        paintFindings(painter, option, nameLine, index.data(SubjectModel::FindingsRole).toInt(),
                      index.data(SubjectModel::ProblemsRole).toBool() ? Severity::Problem : Severity::Warning);
    painter->setFont(nameFont(option));
    painter->setPen(text);
    painter->drawText(
        nameLine, Qt::AlignVCenter,
        nameMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, nameLine.width() - taken));
    painter->setFont(option.font);
    painter->setPen(quiet);
    painter->drawText(
        QRect(area.left(), nameLine.bottom() + 2, area.width(), factMetrics.height()), Qt::AlignVCenter,
        factMetrics.elidedText(index.data(SubjectModel::FactsRole).toString(), Qt::ElideRight, area.width()));
    painter->restore();
}

QSize SubjectDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160,
            QFontMetrics(nameFont(option)).height() + QFontMetrics(option.font).height() + 2 * kMargin + 2};
}

void SubjectDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                           const QModelIndex &) const
{
    QRect area = textArea(option);
    area.setHeight(editor->sizeHint().height());
    editor->setGeometry(area);
}

} // namespace assay
