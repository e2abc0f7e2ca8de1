// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/differencemodel.h"

#include "core/service/translation.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QGuiApplication>

namespace assay {
namespace {

QString sectionText(DifferenceSection section)
{
    return QCoreApplication::translate("Difference", sectionTitle(section));
}

} // namespace

void DifferenceModel::setDifference(Difference difference)
{
    beginResetModel();
    m_difference = std::move(difference);
    m_groups.clear();
    for (int section = 0; section < kDifferenceSections; ++section) {
        QString last;
        for (const DifferenceRow &row : m_difference.sections[size_t(section)]) {
            const QString own = sectionText(DifferenceSection(section)), group = toQString(row.group);
            const QString title = group.isEmpty() || group == own ? own : QCoreApplication::translate("Difference", "%1: %2").arg(own, group);
            if (m_groups.empty() || title != last)
                m_groups.push_back({title, {}});
            last = title;
            m_groups.back().rows.push_back(&row);
        }
    }
    endResetModel();
}

int DifferenceModel::columnCount(const QModelIndex &) const
{
    return int(m_difference.names.size()) + 2;
}

QVariant DifferenceModel::rowData(int group, int place, int column, int role) const
{
    const DifferenceRow &row = *m_groups[size_t(group)].rows[size_t(place)];
    if (role == kDifferentRole)
        return row.state != RowState::Same;
    const bool label = column == 0, state = size_t(column) == m_difference.names.size() + 1;
    if (label || state) {
        if (role == Qt::DisplayRole)
            return label ? toQString(row.label) : toQString(row.stateText(m_difference.names, qtTranslate()));
        if (role == Qt::ToolTipRole)
            return label ? toQString(row.tooltip.empty() ? row.label : row.tooltip) : QVariant();
        return {};
    }
    const DifferenceCell &cell = row.cells[size_t(column) - 1];
    switch (role) {
    case Qt::DisplayRole:
        return toQString(cell.text);
    case Qt::ToolTipRole:
        return toQString(cell.detail.empty() ? cell.text : cell.detail);
    case Qt::ForegroundRole:
        return row.state == RowState::Same || !cell.present ? QVariant(mutedColor(QGuiApplication::palette())) : QVariant();
    default:
        return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("What");
    if (size_t(section) <= m_difference.names.size())
        return toQString(m_difference.names[size_t(section) - 1]);
    return tr("Agreement");
}

} // namespace assay
