// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "widgets/common/columns.h"

#include <vector>

namespace assay {

/// "problem", "warning", "info" in the user's language.
QString severityText(Severity severity);

/// Whether a stands before b: problems, then warnings, then remarks.
bool graver(const Finding &a, const Finding &b);

/// Findings, the gravest first.
class FindingModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Grade, Sentence, Why, Where };
    explicit FindingModel(QObject *parent = nullptr);
    void setFindings(std::vector<Finding> findings);
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    std::vector<Finding> m_findings;
};

} // namespace assay
