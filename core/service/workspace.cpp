// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workspace.h"

#include "core/service/endpointsubject.h"
#include "core/service/fidelitylibrary.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/remoteaddress.h"
#include "core/service/slowthreads.h"
#include "core/service/subjectfiles.h"
#include "core/service/subjectnames.h"
#include "core/service/translation.h"

#include <QFile>
#include <algorithm>
#include <utility>

namespace assay {
namespace {

/// What a subject's name is taken from: its path; for a model of a cache, a hub or a store with the model's own name
/// at the end, as their folders are called after commits and revisions; of an endpoint its model.
QString namingPath(const Subject &subject)
{
    if (subject.endpoint && !subject.endpoint->model.empty())
        return toQString(originOf(subject.endpoint->url)) + u'/' + toQString(subject.endpoint->model);
    const std::string path = subject.path.toStdString();
    if (!subject.inspection && addressKind(path) == AddressKind::Endpoint) { // "v1" says nothing
        const EndpointTarget target = endpointTarget(path);
        return toQString(originOf(target.url)) + (target.model.empty() ? QString() : u'/' + toQString(target.model));
    }
    if (!subject.inspection || !subject.inspection->directory.files)
        return subject.path;
    const FileSet &files = *subject.inspection->directory.files;
    const QString own = toQString(files.name());
    const bool named = files.chosenFile().empty() || own.contains(u':');
    return named && !own.isEmpty() && !subject.path.endsWith(u'/' + own) ? subject.path + u'/' + own : subject.path;
}

} // namespace

SubjectRef Subject::reference() const
{
    return {path.toStdString(), name.toStdString(), fingerprint};
}

Workspace::Workspace(QObject *parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

Workspace::~Workspace()
{
    m_mailbox->close();
    for (auto &[id, stop] : m_stops)
        stop.request_stop();
}

int Workspace::open(const QString &path)
{
    Subject subject;
    subject.path = subjectSpelling(path);
    for (const auto &other : m_subjects) {
        if (other->path == subject.path)
            return other->id;
    }
    return add(std::move(subject));
}

int Workspace::add(Subject subject)
{
    subject.id = m_nextId++;
    subject.state = SubjectState::Loading;
    m_subjects.push_back(std::make_unique<Subject>(std::move(subject)));
    const int id = m_subjects.back()->id;
    giveNames();
    startOpening(*m_subjects.back());
    emit opened(id);
    return id;
}

void Workspace::startOpening(Subject &subject)
{
    const int id = subject.id;
    std::stop_source &known = m_stops[id];
    known.request_stop(); // of an opening that this one replaces
    known = std::stop_source();
    const std::stop_source source = known;
    subject.fetching.reset();
    const std::string path = QFile::encodeName(subject.path).toStdString();
    if (!asksEndpointFirst(path)) {
        openInBackground(id, path, {}, source);
        return;
    }
    if (!m_keyPlace.variable.isEmpty()) {
        if (const auto key = keyFromEnvironment(m_keyPlace.variable))
            openInBackground(id, path, *key, source);
        else
            m_mailbox->post([this, id, source, error = key.error()] { settle(id, source, tl::unexpected(error)); });
        return;
    }
    m_keys.read(subject.path, [this, id, path, source](const Result<Secret> &key) {
        if (source.stop_requested())
            return;
        const bool stored = key && !key->empty();
        openInBackground(id, path, stored ? *key : keyFromEnvironment(QLatin1String(kKeyVariable)).value_or(Secret()), source);
    });
}

void Workspace::openInBackground(int id, const std::string &path, const Secret &key, const std::stop_source &source)
{
    const Transport route = m_routes && isRemoteSubject(path) ? m_routes(toQString(path)) : Transport();
    slowThreads().start([this, mailbox = m_mailbox, id, source, path, key, route, progress = fetchProgress(id, source)] {
        const MayHang patience;
        Result<Opened> result = openSubject(path, key, source.get_token(), progress, route).map([&](OpenedSubject subject) {
            std::string fingerprint = subject.endpoint ? endpointFingerprint(*subject.endpoint)
                                                       : weightsFingerprint(*subject.inspection, source.get_token());
            return Opened{std::move(subject), std::move(fingerprint)};
        });
        mailbox->post([this, id, source, result = std::move(result)] { settle(id, source, result); });
    });
}

/// What the fetching thread says last, until the window has taken it.
struct Workspace::Fetching
{
    std::mutex mutex;
    FetchStatus status;
    bool posted = false;
};

FetchProgress Workspace::fetchProgress(int id, const std::stop_source &source)
{
    return [this, mailbox = m_mailbox, id, source, fetching = std::make_shared<Fetching>()](const FetchStatus &status) {
        const std::lock_guard lock(fetching->mutex);
        fetching->status = status;
        if (!std::exchange(fetching->posted, true)) // one letter at a time: the window may be slower
            mailbox->post([this, id, source, fetching] { takeProgress(id, source, *fetching); });
    };
}

void Workspace::takeProgress(int id, const std::stop_source &source, Fetching &fetching)
{
    const auto stop = m_stops.find(id);
    Subject *subject = findWritable(id);
    {
        const std::lock_guard lock(fetching.mutex);
        fetching.posted = false;
        if (subject == nullptr || stop == m_stops.end() || stop->second != source)
            return; // settled, closed or opened anew meanwhile
        subject->fetching = fetching.status;
    }
    emit progressed(id);
}

void Workspace::cancel(int id)
{
    const auto stop = m_stops.find(id);
    Subject *subject = findWritable(id);
    if (subject == nullptr || stop == m_stops.end())
        return;
    stop->second.request_stop();
    m_stops.erase(stop); // what it still says finds nobody
    subject->fetching.reset();
    subject->state = subject->inspection ? SubjectState::Ready : SubjectState::Failed;
    if (!subject->inspection)
        subject->error = Error{ErrorCode::Cancelled, {}, {}};
    emit changed(id);
    checkSettled();
}

void Workspace::settle(int id, const std::stop_source &source, Result<Opened> result)
{
    const auto stop = m_stops.find(id);
    Subject *subject = findWritable(id);
    if (subject == nullptr || stop == m_stops.end() || stop->second != source)
        return; // closed or opened anew meanwhile
    m_stops.erase(stop);
    subject->fetching.reset();
    subject->inspection = result ? result->subject.inspection : nullptr;
    subject->endpoint = result ? result->subject.endpoint : nullptr;
    subject->fingerprint = result ? result->fingerprint : std::string();
    subject->error = result ? std::nullopt : std::optional<Error>(result.error());
    subject->state = result ? SubjectState::Ready : SubjectState::Failed;
    giveNames();
    guessMissingRoles();
    emit changed(id);
    checkSettled();
}

void Workspace::checkSettled()
{
    if (!loading())
        emit allSettled();
}

void Workspace::guessMissingRoles()
{
    std::vector<Subject *> unchosen;
    std::vector<std::string> names;
    std::vector<uint64_t> parameters;
    bool fullChosen = false;
    for (const auto &subject : m_subjects) {
        fullChosen = fullChosen || (subject->roleChosen && subject->role == Role::Full);
        if (subject->roleChosen || !subject->inspection)
            continue;
        unchosen.push_back(subject.get());
        names.push_back(subject->name.toStdString());
        parameters.push_back(subject->inspection->facts.parameters.total);
    }
    const std::vector<Role> roles = guessRoles(names, parameters);
    for (size_t i = 0; i < unchosen.size() && i < roles.size(); ++i) {
        // The user's word on which one is full is not doubled by a guess.
        const Role role = roles[i] == Role::Full && fullChosen ? Role::Other : roles[i];
        if (unchosen[i]->role == role)
            continue;
        unchosen[i]->role = role;
        emit changed(unchosen[i]->id);
    }
}

void Workspace::giveNames()
{
    QStringList paths;
    for (const auto &subject : m_subjects)
        paths.append(namingPath(*subject));
    const QStringList names = distinctNames(paths);
    for (size_t i = 0; i < m_subjects.size(); ++i) {
        Subject &subject = *m_subjects[i];
        if (subject.nameChosen || subject.name == names[qsizetype(i)])
            continue;
        const bool hadName = !subject.name.isEmpty();
        subject.name = names[qsizetype(i)];
        if (hadName)
            emit changed(subject.id);
    }
}

void Workspace::close(int id)
{
    const auto found = std::find_if(m_subjects.begin(), m_subjects.end(),
                                    [&](const auto &subject) { return subject->id == id; });
    if (found == m_subjects.end())
        return;
    if (const auto stop = m_stops.find(id); stop != m_stops.end()) {
        stop->second.request_stop();
        m_stops.erase(stop);
    }
    const bool wasLoading = (*found)->state == SubjectState::Loading;
    m_closed.push_back(std::move(**found));
    m_subjects.erase(found);
    emit closed(id);
    giveNames();
    guessMissingRoles();
    if (wasLoading)
        checkSettled();
}

bool Workspace::reopenClosed()
{
    while (!m_closed.empty()) {
        Subject subject = std::move(m_closed.back());
        m_closed.pop_back();
        const bool open = std::any_of(m_subjects.begin(), m_subjects.end(),
                                      [&](const auto &other) { return other->path == subject.path; });
        if (open)
            continue;
        // The files may have changed: only what the user said of it is kept.
        subject.inspection.reset();
        subject.endpoint.reset();
        subject.fingerprint.clear();
        subject.error.reset();
        subject.fetching.reset();
        add(std::move(subject));
        return true;
    }
    return false;
}

void Workspace::reload(int id)
{
    if (Subject *subject = findWritable(id)) {
        subject->state = SubjectState::Loading;
        startOpening(*subject);
        emit changed(id);
    }
}

void Workspace::setRole(int id, Role role)
{
    if (Subject *subject = findWritable(id)) {
        subject->role = role;
        subject->roleChosen = true;
        guessMissingRoles();
        emit changed(id);
    }
}

void Workspace::rename(int id, const QString &name)
{
    if (Subject *subject = findWritable(id)) {
        subject->nameChosen = !name.trimmed().isEmpty();
        subject->name = name.trimmed();
        giveNames();
        emit changed(id);
    }
}

Subject *Workspace::findWritable(int id)
{
    const auto found = std::find_if(m_subjects.begin(), m_subjects.end(),
                                    [&](const auto &subject) { return subject->id == id; });
    return found == m_subjects.end() ? nullptr : found->get();
}

const Subject *Workspace::find(int id) const
{
    return const_cast<Workspace *>(this)->findWritable(id);
}

bool Workspace::loading() const
{
    return std::any_of(m_subjects.begin(), m_subjects.end(),
                       [](const auto &subject) { return subject->state == SubjectState::Loading; });
}

Comparison Workspace::comparison(const RunLibrary &runs, const DtypeChoice &dtypes) const
{
    Comparison comparison;
    bool full = false;
    for (const auto &subject : m_subjects) {
        if (subject->state != SubjectState::Ready)
            continue;
        const SubjectRef reference = subject->reference();
        if (subject->role == Role::Full && !full) {
            full = true;
            comparison.reference = comparison.subjects.size();
        }
        std::shared_ptr<const ModelFacts> facts(subject->inspection, &subject->inspection->facts);
        for (SubjectRuns &each : runs.latestRuns(reference, dtypes))
            comparison.subjects.push_back({subject->role, reference, facts, std::move(each.bench), std::move(each.evaluations),
                                           std::move(each.dtype)});
    }
    comparison.fidelity = runs.fidelity().runs();
    std::vector<std::string> paths;
    for (const auto &subject : comparison.subjects)
        paths.push_back(subject.subject.path);
    for (const auto &subject : m_subjects) {
        if (subject->state == SubjectState::Ready && subject->endpoint)
            paths.push_back(subject->endpoint->url); // verifications of endpoints are kept by their address, without a model
    }
    comparison.verifications = runs.verifications().latest(paths);
    return comparison;
}

} // namespace assay
