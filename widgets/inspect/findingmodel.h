// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/acknowledgements.h"
#include "widgets/common/columns.h"

#include <vector>

namespace assay {

/// "problem", "warning", "info" in the user's language.
QString severityText(Severity severity);

/// Where the finding is: a file, tensor or field, or the word for a part of the model in the user's language.
QString shownPlace(const Finding &finding);

/// Whether a stands before b: problems, then warnings, then remarks.
bool graver(const Finding &a, const Finding &b);

/// Findings, the gravest first, each with who has acknowledged it.
class FindingModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Grade, Sentence, Evidence, Why, Where, Acknowledged };
    struct Row
    {
        Finding finding;
        std::optional<Acknowledgement> acknowledgement;
    };
    explicit FindingModel(QObject *parent = nullptr);
    void setFindings(std::vector<Finding> findings);
    void setRows(std::vector<Row> rows);
    const Row &row(int row) const { return m_rows[size_t(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    QString text(const Row &row, int column) const;
    std::vector<Row> m_rows;
};

} // namespace assay
