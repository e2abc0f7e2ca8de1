// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"
#include "widgets/runs/runline.h"

#include <vector>

namespace assay {

/// All runs, one a row. A run without figures has them later: see setFigures().
class RunTableModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { When, Subject, Kind, Load, Place, State, Points, Requests, Errors, Headline };

    explicit RunTableModel(QObject *parent = nullptr);
    void setLines(std::vector<RunLine> lines);
    /// The run of this id is this now; a new one comes to the top.
    void update(RunLine line);
    void remove(const std::string &id);
    void setFigures(const std::string &id, const RunFigures &figures);
    const std::vector<RunLine> &lines() const { return m_lines; }
    int rowOf(const std::string &id) const; ///< -1: there is none
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    QVariant text(const RunLine &line, int column) const;
    QVariant sortValue(const RunLine &line, int column) const;
    std::vector<RunLine> m_lines;
};

} // namespace assay
