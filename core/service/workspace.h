// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"
#include "core/model/facts.h"
#include "core/service/httpclient.h"
#include "core/service/keys.h"
#include "core/service/mailbox.h"
#include "core/service/runlibrary.h"
#include "core/service/subjectopening.h"

#include <QObject>
#include <QStringList>
#include <functional>
#include <map>
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
    bool nameChosen = false; ///< by the user; else the directory's
    Role role = Role::Other;
    bool roleChosen = false; ///< by the user; else guessed
    SubjectState state = SubjectState::Loading;
    std::shared_ptr<const Inspection> inspection; ///< when ready
    std::shared_ptr<const EndpointFacts> endpoint; ///< when ready, of an endpoint
    std::string fingerprint;                      ///< when ready: weightsFingerprint()
    std::optional<Error> error;                   ///< when failed
    std::optional<FetchStatus> fetching;          ///< when loading from a server that has been asked
    SubjectRef reference() const;
};

/// What tells one model's weights from another's, for joining runs: structureFingerprint() and a sample of
/// the weights' bytes, since a distilled model and its base often have the same structure. Reads at most some
/// hundred pieces of the files, none over a network; use it wherever a SubjectRef is made.
std::string weightsFingerprint(const Inspection &inspection, std::stop_token stop = {});

/// The open subjects. Opening happens on another thread; the order is the user's.
class Workspace : public QObject
{
    Q_OBJECT
public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override; ///< stops what is still being opened

    /// Where the keys of endpoints are that are opened from now on; usual: the key store, else ASSAY_KEY. A named variable that
    /// holds none is KeyMissing.
    void setKeyPlace(const KeyPlace &place) { m_keyPlace = place; }
    /// How the endpoint at an address is reached, of those that are opened from now on; usual: by the environment's proxy and the
    /// system's certificates.
    void setRoutes(std::function<Transport(const QString &url)> routes) { m_routes = std::move(routes); }
    /// Returns at once and asks no disk; the id. A path that is open already gives its id: links are told apart from
    /// what they lead to only by who looks, so pass what subjectPlace() found.
    int open(const QString &path);
    void close(int id);
    bool reopenClosed(); ///< undo of close
    void reload(int id);
    /// Of a subject that is loading: it is as it was before, or Failed with Cancelled, at once.
    void cancel(int id);
    void setRole(int id, Role role);
    void rename(int id, const QString &name); ///< an empty name gives the directory's again
    const Subject *find(int id) const;
    const std::vector<std::unique_ptr<Subject>> &subjects() const { return m_subjects; }
    bool loading() const;

    /// Joins the ready subjects with their newest runs; a subject that was measured in several dtypes comes once for each.
    Comparison comparison(const RunLibrary &runs, const DtypeChoice &dtypes = {}) const;

signals:
    void opened(int id);  ///< a row was added (Loading)
    void changed(int id); ///< state, role or name
    void progressed(int id); ///< Subject::fetching is news
    void closed(int id);
    void allSettled(); ///< no subject is Loading any more

private:
    struct Opened
    {
        OpenedSubject subject;
        std::string fingerprint;
    };
    struct Fetching;
    int add(Subject subject);
    Subject *findWritable(int id);
    void startOpening(Subject &subject);
    void openInBackground(int id, const std::string &path, const Secret &key, const std::stop_source &source);
    FetchProgress fetchProgress(int id, const std::stop_source &source);
    void takeProgress(int id, const std::stop_source &source, Fetching &fetching);
    void settle(int id, const std::stop_source &source, Result<Opened> result);
    void guessMissingRoles();
    void giveNames();
    void checkSettled();

    std::vector<std::unique_ptr<Subject>> m_subjects;
    std::vector<Subject> m_closed;
    std::map<int, std::stop_source> m_stops; ///< of the subjects that are being opened
    std::shared_ptr<Mailbox> m_mailbox;
    KeyStore m_keys;
    KeyPlace m_keyPlace;
    std::function<Transport(const QString &)> m_routes;
    int m_nextId = 1;
};

} // namespace assay
