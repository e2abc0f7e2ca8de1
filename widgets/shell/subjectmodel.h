// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/acknowledgements.h"
#include "core/service/jobqueue.h"
#include "core/service/workspace.h"

#include <QAbstractListModel>

namespace assay {

/// The open subjects as a list.
class SubjectModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum DataRole { IdRole = Qt::UserRole, FactsRole, FindingsRole, ProblemsRole, FailedRole, RoleRole, OrderRole };
    SubjectModel(Workspace *workspace, JobQueue *jobs, Acknowledgements *acknowledgements,
                 QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override; ///< renames
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QModelIndex indexOf(int id) const;

private:
    const Subject *subjectAt(const QModelIndex &index) const;
    QString line(const Subject &subject) const;
    int openFindings(const Subject &subject, Severity least) const;
    int orderOf(const Subject &subject) const;
    void refreshAll();
    Workspace *m_workspace;
    JobQueue *m_jobs;
    Acknowledgements *m_acknowledgements;
    std::vector<int> m_ids; ///< as the views know them
};

} // namespace assay
