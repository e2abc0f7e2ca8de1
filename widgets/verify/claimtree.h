// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimediting.h"
#include "widgets/common/groupmodel.h"

#include <optional>
#include <vector>

namespace assay {

/// A claim sheet while it is written: its claims by group, each with what is wrong with it or what it will be held to.
class ClaimTree : public GroupModel
{
    Q_OBJECT
public:
    enum Column { Field, Claimed, Version, Reading, Columns };

    explicit ClaimTree(QObject *parent = nullptr);
    const ClaimSheet &sheet() const { return m_sheet; }
    void setSheet(ClaimSheet sheet);
    /// Everything of the sheet but its claims.
    void setHead(const ClaimSheet &head);
    size_t add(Claim claim); ///< gives its place
    void setClaim(size_t place, Claim claim);
    void remove(std::vector<size_t> places);

    std::optional<size_t> placeOf(const QModelIndex &index) const; ///< nothing of a group
    QModelIndex indexOf(size_t place) const;
    const ClaimReading &reading(size_t place) const { return m_readings[place]; }
    int problems() const; ///< entries that are no claims

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void edited();

protected:
    int groupCount() const override { return int(m_groups.size()); }
    int rowsOf(int group) const override { return int(m_groups[size_t(group)].size()); }
    QString titleOf(int group) const override;
    QVariant rowData(int group, int row, int column, int role) const override;

private:
    void regroup();
    size_t groupOf(const Claim &claim) const;
    QString cell(size_t place, int column) const;
    ClaimSheet m_sheet;
    std::vector<const char *> m_names; ///< of the groups, as claimFields() have them; the last is of fields that are in none
    std::vector<std::vector<size_t>> m_groups;
    std::vector<ClaimReading> m_readings;
};

} // namespace assay
