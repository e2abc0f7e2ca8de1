// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"
#include "core/model/facts.h"
#include "core/service/runlibrary.h"

#include <QObject>
#include <QStringList>
#include <memory>
#include <stop_token>
#include <vector>

namespace assay {

enum class SubjectState { Loading, Ready, Failed };

/// One open subject.
struct Subject
{
    int id = 0;
    QString path;
    QString name;
    Role role = Role::Other;
    bool roleChosen = false; ///< by the user; else guessed
    SubjectState state = SubjectState::Loading;
    std::shared_ptr<const Inspection> inspection; ///< when ready
    std::optional<Error> error;                   ///< when failed
    SubjectRef reference() const;
};

/// The open subjects. Opening happens on another thread; the order is the user's.
class Workspace : public QObject
{
    Q_OBJECT
public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override; ///< stops what is still being opened

    int open(const QString &path); ///< returns at once; the id. A path that is open already gives its id.
    void close(int id);
    bool reopenClosed(); ///< undo of close
    void reload(int id);
    void setRole(int id, Role role);
    void rename(int id, const QString &name);
    const Subject *find(int id) const;
    const std::vector<std::unique_ptr<Subject>> &subjects() const { return m_subjects; }
    bool loading() const;

    /// Joins the ready subjects with their newest runs.
    Comparison comparison(const RunLibrary &runs) const;

signals:
    void opened(int id);  ///< a row was added (Loading)
    void changed(int id); ///< state, role or name
    void closed(int id);
    void allSettled();    ///< no subject is Loading any more

private:
    void settle(int id, Result<Inspection> result);
    void guessMissingRoles();
    std::vector<std::unique_ptr<Subject>> m_subjects;
    std::vector<Subject> m_closed;
    std::map<int, std::stop_source> m_stops;
    int m_nextId = 1;
};

} // namespace assay
