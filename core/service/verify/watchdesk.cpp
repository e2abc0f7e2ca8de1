// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/watchdesk.h"

#include "core/base/file.h"
#include "core/identify/watch/watchediting.h"
#include "core/service/background.h"
#include "core/service/slowthreads.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {

namespace {

constexpr uint64_t kMostBytes = 1 << 20;

Result<void> writeNew(const std::string &path, const WatchFile &file)
{
    const std::string text = watchFileText(file);
    if (const auto sound = readWatchFile(text, path); !sound)
        return tl::unexpected(sound.error());
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return failure(ErrorCode::FileUnwritable, {path, ASSAY_TEXT("Reason", "there is a file of this name")});
    return writeFileAtomically(path, std::string_view(text));
}

Result<void> renew(const std::string &path, const MonitorClock &clock, const std::string &why, const std::string &endpoint, std::optional<WatchCheck> check)
{
    auto file = readWatchFile(std::filesystem::path(path));
    if (!file)
        return tl::unexpected(file.error());
    auto monitor = Monitor::open(std::move(*file), whoIsHere(), clock);
    return monitor ? (*monitor)->renewBaseline(why, endpoint, check) : tl::unexpected(monitor.error());
}

/// The log first: it is what happened. The file only follows where it can.
Result<void> writeSwitch(const std::string &path, const VersionSwitch &made, int64_t now)
{
    const auto file = readWatchFile(std::filesystem::path(path));
    if (!file)
        return tl::unexpected(file.error());
    AuditNote note{made.who, "switch", made.endpoint + ": " + made.from + " to " + made.to, {}};
    note.details = {{"endpoint", made.endpoint}, {"from", made.from}, {"to", made.to}, {"why", made.why}, {"way-back", made.wayBack}};
    if (const auto written = appendAudit(file->audit, note, now); !written)
        return tl::unexpected(written.error());
    if (!file->sla.contains(made.to))
        return {};
    const auto text = readWholeFile(path, kMostBytes);
    const auto changed = text ? withVersion(*text, path, made.endpoint, made.to) : tl::unexpected(text.error());
    return changed ? writeFileAtomically(path, std::string_view(*changed)) : tl::unexpected(changed.error());
}

} // namespace

std::string OpenWatch::name() const
{
    return reading && !reading->file.name.empty() ? reading->file.name : std::filesystem::path(path).filename().string();
}

WatchDesk::WatchDesk(MonitorClock clock, QObject *parent) : QObject(parent), m_clock(std::move(clock)) {}

WatchDesk::~WatchDesk()
{
    blockSignals(true);
    pauseAll(); // all at once, then each is waited for
}

OpenWatch *WatchDesk::entry(const std::string &path)
{
    const auto found = std::ranges::find_if(m_watches, [&](const auto &watch) { return watch->path == path; });
    return found == m_watches.end() ? nullptr : found->get();
}

const OpenWatch *WatchDesk::find(const std::string &path) const
{
    return const_cast<WatchDesk *>(this)->entry(path);
}

void WatchDesk::tell(const OpenWatch &watch)
{
    emit changed(toQString(watch.path));
}

void WatchDesk::open(const std::string &path)
{
    if (!entry(path)) {
        auto watch = std::make_unique<OpenWatch>();
        watch->path = path;
        watch->runner = std::make_unique<WatchRunner>(path, m_clock);
        connect(watch->runner.get(), &WatchRunner::changed, this, [this, path] { runnerChanged(path); });
        connect(watch->runner.get(), &WatchRunner::recorded, this, [this, path](const WatchRecord &record) {
            read(path);
            if (record.change)
                emit alarmed(toQString(path), record);
        });
        connect(watch->runner.get(), &WatchRunner::told, this, [this, path](const Told &told) {
            if (OpenWatch *there = entry(path)) {
                there->told = told;
                tell(*there);
            }
        });
        m_watches.push_back(std::move(watch));
        emit listChanged();
    }
    read(path);
}

void WatchDesk::close(const std::string &path)
{
    const auto found = std::ranges::find_if(m_watches, [&](const auto &watch) { return watch->path == path; });
    if (found == m_watches.end())
        return;
    if (WatchRunner *runner = (*found)->runner.get(); (*found)->runs()) { // nobody waits for the call that it is giving up
        (void)(*found)->runner.release();
        runner->disconnect(this);
        runner->setParent(this);
        connect(runner, &WatchRunner::changed, runner, [runner] {
            if (runner->state() == WatchRunner::State::Paused)
                runner->deleteLater();
        });
        runner->stop();
    }
    m_watches.erase(found);
    emit listChanged();
}

void WatchDesk::read(const std::string &path)
{
    OpenWatch *watch = entry(path);
    if (!watch)
        return;
    watch->readAgain = watch->reads;
    if (watch->reads)
        return;
    watch->reads = true;
    const auto look = [path, now = m_clock.now()] {
        const MayHang patience;
        return readWatch(path, now);
    };
    inBackground(this, look, [this, path](Result<WatchReading> reading) {
        OpenWatch *there = entry(path);
        if (!there)
            return;
        there->reads = false;
        there->error = reading ? std::optional<Error>() : std::optional(reading.error());
        if (reading)
            there->reading = std::make_shared<const WatchReading>(std::move(*reading));
        tell(*there);
        if (there->readAgain)
            read(path);
    }, &slowThreads());
}

void WatchDesk::run(const std::string &path)
{
    OpenWatch *watch = entry(path);
    if (!watch)
        return;
    watch->goesOn = true;
    if (!watch->works)
        watch->runner->start();
}

void WatchDesk::pause(const std::string &path)
{
    if (OpenWatch *watch = entry(path)) {
        watch->goesOn = false;
        watch->runner->stop();
    }
}

void WatchDesk::pauseAll()
{
    for (const auto &watch : m_watches) {
        watch->goesOn = false;
        watch->runner->stop();
    }
}

void WatchDesk::runnerChanged(const std::string &path)
{
    OpenWatch *watch = entry(path);
    if (!watch)
        return;
    if (!watch->runs()) {
        if (watch->runner->error())
            watch->goesOn = false; // by itself: what is wrong stays so until somebody does something
        workNext(path);
        read(path);
    }
    tell(*watch);
}

/// A monitor that runs has the files: it is ended first, and goes on afterwards.
void WatchDesk::whilePaused(OpenWatch &watch, std::function<Result<void>()> work)
{
    watch.waiting.push_back(std::move(work));
    if (watch.runs())
        watch.runner->stop();
    else
        workNext(watch.path);
}

void WatchDesk::workNext(const std::string &path)
{
    OpenWatch *watch = entry(path);
    if (!watch || watch->works || watch->runs())
        return;
    if (watch->waiting.empty()) {
        if (watch->goesOn)
            watch->runner->start();
        return;
    }
    watch->works = true;
    auto work = std::move(watch->waiting.front());
    watch->waiting.erase(watch->waiting.begin());
    inBackground(this, std::move(work), [this, path](const Result<void> &done) {
        if (!done)
            emit failed(done.error());
        if (OpenWatch *there = entry(path)) {
            there->works = false;
            read(path);
            workNext(path);
        }
    }, &slowThreads());
}

void WatchDesk::create(const std::string &path, const WatchFile &file)
{
    inBackground(this, [path, file] { return writeNew(path, file); }, [this, path](const Result<void> &written) {
        if (written)
            open(path);
        else
            emit failed(written.error());
    }, &slowThreads());
}

void WatchDesk::renewBaseline(const std::string &path, const std::string &why, const std::string &endpoint, std::optional<WatchCheck> check)
{
    if (OpenWatch *watch = entry(path))
        whilePaused(*watch, [path, clock = m_clock, why, endpoint, check] { return renew(path, clock, why, endpoint, check); });
}

void WatchDesk::recordSwitch(const std::string &path, const VersionSwitch &made)
{
    if (OpenWatch *watch = entry(path))
        whilePaused(*watch, [path, made, now = m_clock.now()] { return writeSwitch(path, made, now); });
}

} // namespace assay
