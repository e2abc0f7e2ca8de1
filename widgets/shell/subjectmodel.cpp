// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/subjectmodel.h"

#include "core/base/units.h"
#include "core/endpoint/dialect.h"
#include "core/service/translation.h"
#include "widgets/common/rolechip.h"

#include <QUrl>
#include <algorithm>

namespace assay {
namespace {

/// "7.62 B, BF16, 14.2 GiB": what tells subjects apart at a glance.
QString factsLine(const ModelFacts &facts)
{
    QStringList parts;
    if (facts.parameters.main > 0)
        parts << toQString(formatCount(double(facts.parameters.main)));
    const auto largest =
        std::max_element(facts.dtypes.begin(), facts.dtypes.end(),
                         [](const auto &a, const auto &b) { return a.second.bytes < b.second.bytes; });
    if (largest != facts.dtypes.end())
        parts << toQString(largest->first);
    if (facts.weightBytes > 0)
        parts << toQString(formatBytes(double(facts.weightBytes)));
    return parts.join(QStringLiteral(" \u00b7 "));
}

/// "vLLM, api.example.com": who is asked how.
QString endpointLine(const EndpointFacts &facts)
{
    QStringList parts;
    if (const Dialect *dialect = findDialect(facts.dialect))
        parts << QString::fromLatin1(dialect->label);
    parts << QUrl(toQString(facts.url)).authority();
    return parts.join(QStringLiteral(" \u00b7 "));
}

} // namespace

SubjectModel::SubjectModel(Workspace *workspace, JobQueue *jobs, Acknowledgements *acknowledgements,
                           QObject *parent)
    : QAbstractListModel(parent), m_workspace(workspace), m_jobs(jobs), m_acknowledgements(acknowledgements)
{
    for (const auto &subject : workspace->subjects())
        m_ids.push_back(subject->id);
    connect(workspace, &Workspace::opened, this, [this](int id) {
        beginInsertRows({}, int(m_ids.size()), int(m_ids.size()));
        m_ids.push_back(id);
        endInsertRows();
    });
    connect(workspace, &Workspace::closed, this, [this](int id) {
        const QModelIndex index = indexOf(id);
        if (!index.isValid())
            return;
        beginRemoveRows({}, index.row(), index.row());
        m_ids.erase(m_ids.begin() + index.row());
        endRemoveRows();
        refreshAll();
    });
    connect(workspace, &Workspace::changed, this, &SubjectModel::refreshAll);
    connect(workspace, &Workspace::progressed, this, &SubjectModel::refreshAll);
    connect(jobs, &JobQueue::changed, this, &SubjectModel::refreshAll);
    connect(jobs, &JobQueue::finished, this, &SubjectModel::refreshAll);
    connect(acknowledgements, &Acknowledgements::changed, this, &SubjectModel::refreshAll);
}

void SubjectModel::refreshAll()
{
    // A role changes the colours of others of that role; the list is short.
    if (!m_ids.empty())
        emit dataChanged(index(0), index(int(m_ids.size()) - 1));
}

int SubjectModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

QModelIndex SubjectModel::indexOf(int id) const
{
    const auto at = std::find(m_ids.begin(), m_ids.end(), id);
    return at == m_ids.end() ? QModelIndex() : index(int(at - m_ids.begin()));
}

const Subject *SubjectModel::subjectAt(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? m_workspace->find(m_ids[size_t(index.row())])
                                                             : nullptr;
}

QString SubjectModel::line(const Subject &subject) const
{
    for (const auto &job : m_jobs->jobs()) {
        if (job->state() == JobState::Running && job->subjectName() == subject.name)
            return QStringLiteral("%1: %2").arg(job->title(), job->stage());
    }
    if (subject.state == SubjectState::Failed)
        return subject.error && subject.error->code == ErrorCode::Cancelled ? tr("cancelled") : tr("could not be opened");
    if (subject.fetching)
        return tr("Reading... %1").arg(toQString(formatBytes(double(subject.fetching->fetched.bytes))));
    if (subject.state == SubjectState::Loading || !subject.inspection)
        return tr("Reading...");
    if (subject.endpoint)
        return endpointLine(*subject.endpoint);
    const QString facts = factsLine(subject.inspection->facts);
    return facts.isEmpty() ? tr("no tensors") : facts;
}

/// The findings of at least this severity that nobody has acknowledged.
int SubjectModel::openFindings(const Subject &subject, Severity least) const
{
    if (!subject.inspection)
        return 0;
    const auto open = m_acknowledgements->open(subject.fingerprint, subject.inspection->facts.findings);
    return int(std::count_if(open.begin(), open.end(), [least](const Finding &finding) {
        return definitionOf(finding.code).severity >= least;
    }));
}

int SubjectModel::orderOf(const Subject &subject) const
{
    int order = 0;
    for (const auto &other : m_workspace->subjects()) {
        if (other->id == subject.id)
            break;
        order += other->role == subject.role ? 1 : 0;
    }
    return order;
}

QVariant SubjectModel::data(const QModelIndex &index, int role) const
{
    const Subject *subject = subjectAt(index);
    if (!subject)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return subject->name;
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n%2\n%3")
            .arg(subject->name, subject->path, subject->error ? errorText(*subject->error) : line(*subject));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(subject->name, roleText(subject->role), line(*subject));
    case IdRole:
        return subject->id;
    case FactsRole:
        return line(*subject);
    case FindingsRole:
        return openFindings(*subject, Severity::Warning);
    case ProblemsRole:
        return openFindings(*subject, Severity::Problem) > 0;
    case FailedRole:
        return subject->state == SubjectState::Failed;
    case RoleRole:
        return int(subject->role);
    case OrderRole:
        return orderOf(*subject);
    default:
        return {};
    }
}

bool SubjectModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Subject *subject = subjectAt(index);
    if (!subject || role != Qt::EditRole)
        return false;
    m_workspace->rename(subject->id, value.toString().trimmed());
    return true;
}

Qt::ItemFlags SubjectModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace assay
