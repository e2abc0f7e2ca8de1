// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/claimtree.h"

#include "core/service/translation.h"
#include "widgets/common/columns.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, ClaimTree::Columns> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Field"), QT_TRANSLATE_NOOP("Column", "What is claimed of the model")},
    {QT_TRANSLATE_NOOP("Column", "Claimed"), QT_TRANSLATE_NOOP("Column", "The value with its unit, as the sheet has it")},
    {QT_TRANSLATE_NOOP("Column", "Version"), QT_TRANSLATE_NOOP("Column", "Which of the sheet's models it is about; without one, the subject")},
    {QT_TRANSLATE_NOOP("Column", "What it will be held to"), QT_TRANSLATE_NOOP("Column", "How the value is read, or why it cannot be")},
}};

} // namespace

ClaimTree::ClaimTree(QObject *parent) : GroupModel(parent)
{
    for (const ClaimField &field : claimFields()) {
        if (m_names.empty() || std::string_view(m_names.back()) != field.group)
            m_names.push_back(field.group);
    }
    m_names.push_back(QT_TRANSLATE_NOOP("Claim", "Other"));
    m_groups.resize(m_names.size());
}

void ClaimTree::setSheet(ClaimSheet sheet)
{
    beginResetModel();
    m_sheet = std::move(sheet);
    m_readings.clear();
    for (size_t place = 0; place < m_sheet.claims.size(); ++place)
        m_readings.push_back(readingOf(m_sheet.claims[place], m_sheet, place));
    regroup();
    endResetModel();
}

void ClaimTree::setHead(const ClaimSheet &head)
{
    std::vector<Claim> claims = std::move(m_sheet.claims);
    m_sheet = head;
    m_sheet.claims = std::move(claims);
    emit edited();
}

size_t ClaimTree::add(Claim claim)
{
    claim.id = freeClaimId(m_sheet);
    beginResetModel();
    m_sheet.claims.push_back(std::move(claim));
    const size_t place = m_sheet.claims.size() - 1;
    m_readings.push_back(readingOf(m_sheet.claims[place], m_sheet, place));
    regroup();
    endResetModel();
    emit edited();
    return place;
}

void ClaimTree::setClaim(size_t place, Claim claim)
{
    const bool moved = groupOf(claim) != groupOf(m_sheet.claims[place]);
    if (moved)
        beginResetModel();
    m_sheet.claims[place] = std::move(claim);
    m_readings[place] = readingOf(m_sheet.claims[place], m_sheet, place);
    if (moved) {
        regroup();
        endResetModel();
    } else {
        const QModelIndex at = indexOf(place);
        emit dataChanged(at, at.siblingAtColumn(Columns - 1));
    }
    emit edited();
}

void ClaimTree::remove(std::vector<size_t> places)
{
    std::ranges::sort(places, std::greater<>());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const size_t place : places)
        m_sheet.claims.erase(m_sheet.claims.begin() + std::ptrdiff_t(place));
    setSheet(std::move(m_sheet));
    emit edited();
}

void ClaimTree::regroup()
{
    for (auto &group : m_groups)
        group.clear();
    for (size_t place = 0; place < m_sheet.claims.size(); ++place)
        m_groups[groupOf(m_sheet.claims[place])].push_back(place);
}

size_t ClaimTree::groupOf(const Claim &claim) const
{
    const ClaimField *field = findClaimField(claim.field);
    const auto named = std::ranges::find_if(m_names, [&](const char *name) { return field && std::string_view(name) == field->group; });
    return named == m_names.end() ? m_names.size() - 1 : size_t(named - m_names.begin());
}

std::optional<size_t> ClaimTree::placeOf(const QModelIndex &index) const
{
    if (!index.isValid() || !index.parent().isValid())
        return std::nullopt;
    return m_groups[size_t(index.parent().row())][size_t(index.row())];
}

QModelIndex ClaimTree::indexOf(size_t place) const
{
    for (size_t group = 0; group < m_groups.size(); ++group) {
        const auto found = std::ranges::find(m_groups[group], place);
        if (found != m_groups[group].end())
            return index(int(found - m_groups[group].begin()), 0, index(int(group), 0));
    }
    return {};
}

int ClaimTree::problems() const
{
    return int(std::ranges::count_if(m_readings, [](const ClaimReading &one) { return !one.problem.empty(); }));
}

int ClaimTree::columnCount(const QModelIndex &) const
{
    return Columns;
}

QVariant ClaimTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(kColumns, section, role) : QVariant();
}

QString ClaimTree::titleOf(int group) const
{
    return QStringLiteral("%1 (%2)").arg(toQString(qtTranslate()("Claim", m_names[size_t(group)]))).arg(m_groups[size_t(group)].size());
}

QString ClaimTree::cell(size_t place, int column) const
{
    const Claim &claim = m_sheet.claims[place];
    ClaimRow row;
    switch (column) {
    case Field: {
        const ClaimField *field = findClaimField(claim.field);
        const bool known = field && !std::string_view(field->id).starts_with("response");
        return known ? toQString(qtTranslate()("Claim", field->label)) : toQString(validUtf8(claim.field));
    }
    case Claimed:
        row.claim = claim;
        return claim.claimed.is_null() ? QString() : toQString(row.claimedText(qtTranslate()));
    case Version: return toQString(validUtf8(claim.version));
    default: break;
    }
    const ClaimReading &reading = m_readings[place];
    return reading.problem.empty() ? toQString(reading.reading.sentence(qtTranslate())) : QStringLiteral("\u2717 ") + toQString(reading.problem.sentence(qtTranslate()));
}

QVariant ClaimTree::rowData(int group, int row, int column, int role) const
{
    const size_t place = m_groups[size_t(group)][size_t(row)];
    switch (role) {
    case Qt::DisplayRole: return cell(place, column).replace(u'\n', u' ');
    case Qt::ToolTipRole: return cell(place, column).toHtmlEscaped(); // plain text: sheets come from strangers
    case Qt::ForegroundRole:
        return column == Reading && !m_readings[place].problem.empty() ? QVariant(severityColor(Severity::Problem, QGuiApplication::palette())) : QVariant();
    default: return {};
    }
}

} // namespace assay
