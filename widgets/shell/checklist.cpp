// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/checklist.h"

#include <algorithm>

namespace assay {

CheckList::CheckList(const QString &accessibleName, int mostRows, QWidget *parent) : QListWidget(parent), m_mostRows(mostRows)
{
    setAccessibleName(accessibleName);
    const int side = std::max(16, fontMetrics().height());
    setIconSize(QSize(side, side));
    setSelectionMode(QAbstractItemView::NoSelection);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fitRows();
}

QListWidgetItem *CheckList::add(const QString &text, const QString &tip, const QVariant &value, bool ticked)
{
    auto *item = new QListWidgetItem(text, this);
    item->setToolTip(tip);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    item->setData(Qt::UserRole, value);
    fitRows();
    return item;
}

std::vector<QVariant> CheckList::ticked() const
{
    std::vector<QVariant> values;
    for (int row = 0; row < count(); ++row) {
        if (item(row)->checkState() == Qt::Checked)
            values.push_back(item(row)->data(Qt::UserRole));
    }
    return values;
}

void CheckList::fitRows()
{
    const int row = std::max({sizeHintForRow(0), fontMetrics().height(), iconSize().height()});
    setFixedHeight(std::clamp(count(), 1, m_mostRows) * row + 2 * frameWidth() + 2);
}

} // namespace assay
