// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/difference/differencemodel.h"

#include "core/service/translation.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QFont>
#include <QGuiApplication>

namespace assay {
namespace {

constexpr quintptr kGroup = ~quintptr(0);

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
            const QString title = group.isEmpty() || group == own ? own : own + QStringLiteral(": ") + group;
            if (m_groups.empty() || title != last)
                m_groups.push_back({title, {}});
            last = title;
            m_groups.back().rows.push_back(&row);
        }
    }
    endResetModel();
}

int DifferenceModel::rowTotal() const
{
    size_t rows = 0;
    for (const Group &group : m_groups)
        rows += group.rows.size();
    return int(rows);
}

QModelIndex DifferenceModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : kGroup);
}

QModelIndex DifferenceModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == kGroup)
        return {};
    return createIndex(int(child.internalId()), 0, kGroup);
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.internalId() != kGroup || parent.column() != 0)
        return 0;
    return int(m_groups[size_t(parent.row())].rows.size());
}

int DifferenceModel::columnCount(const QModelIndex &) const
{
    return int(m_difference.names.size()) + 2;
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() != kGroup)
        return rowData(*m_groups[size_t(index.internalId())].rows[size_t(index.row())], index.column(), role);
    if (role == Qt::DisplayRole && index.column() == 0)
        return m_groups[size_t(index.row())].title;
    if (role == Qt::FontRole) {
        QFont font = QGuiApplication::font();
        font.setBold(true);
        return font;
    }
    return {};
}

QVariant DifferenceModel::rowData(const DifferenceRow &row, int column, int role) const
{
    if (role == kStateRole)
        return int(row.state);
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

DifferenceFilter::DifferenceFilter(QObject *parent) : QSortFilterProxyModel(parent) {}

void DifferenceFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void DifferenceFilter::setDifferencesOnly(bool only)
{
    m_differencesOnly = only;
    invalidateFilter();
}

int DifferenceFilter::shownRows() const
{
    int rows = 0;
    for (int group = 0; group < rowCount(); ++group)
        rows += rowCount(index(group, 0));
    return rows;
}

bool DifferenceFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (parent.isValid())
        return acceptsChild(parent, row);
    const QModelIndex group = sourceModel()->index(row, 0, parent);
    for (int child = 0; child < sourceModel()->rowCount(group); ++child) {
        if (acceptsChild(group, child))
            return true;
    }
    return false;
}

bool DifferenceFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (!left.parent().isValid()) // groups keep their order
        return sortOrder() == Qt::AscendingOrder ? left.row() < right.row() : left.row() > right.row();
    return QString::localeAwareCompare(left.data().toString(), right.data().toString()) < 0;
}

bool DifferenceFilter::acceptsChild(const QModelIndex &parent, int row) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_differencesOnly && index.data(DifferenceModel::kStateRole).toInt() == int(RowState::Same))
        return false;
    if (m_text.isEmpty() || parent.data().toString().contains(m_text, Qt::CaseInsensitive))
        return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
        if (index.siblingAtColumn(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace assay
