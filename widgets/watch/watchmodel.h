// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"

#include <string>

namespace assay {

class WatchDesk;
struct OpenWatch;

/// What a watch is doing: "paused", "asking", "running", "cannot be read", ...
QString watchStateText(const OpenWatch &watch);
/// The state with why it is so, where there is more to say.
QString watchStateDetail(const OpenWatch &watch);

/// The watches that are open, a row each.
class WatchModel : public ColumnTableModel
{
    Q_OBJECT
public:
    WatchModel(WatchDesk *desk, QObject *parent);
    int rowCount(const QModelIndex &parent = {}) const override;
    int rowOf(const std::string &path) const; ///< -1: not there
    std::string pathAt(int row) const;
    void listChanged();
    void rowChanged(const std::string &path);

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    WatchDesk *m_desk;
};

} // namespace assay
