// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

class QTreeView;

namespace assay {

/// Widths of columns that together fill no more than `available`, as long as each may be as narrow as `least`: none is wider than it
/// wants, those that want little have it, and the others share what is left alike.
std::vector<int> sharedWidths(const std::vector<int> &wanted, int least, int available);

/// Keeps all columns of the claims table in sight: what is too long for its column is elided, and the tooltip has it whole. The verdict has
/// what it needs, always.
class ClaimWidths : public QObject
{
public:
    explicit ClaimWidths(QTreeView *view);
    void fit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTreeView *m_view;
    int m_fitted = 0; ///< the viewport's width then; what the user makes wider by hand stays until the window's width changes
};

} // namespace assay
