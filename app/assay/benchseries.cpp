// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/benchseries.h"

#include "app/assay/benchsubjects.h"
#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "core/base/units.h"
#include "core/bench/pointtext.h"
#include "core/bench/series.h"
#include "core/service/resources.h"
#include "core/service/serieslock.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QEventLoop>
#include <QTimer>
#include <QUuid>
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using Runs = std::vector<std::shared_ptr<const BenchRun>>;

constexpr int kLookInterval = 1000; // ms: a machine that slept sees at once that a session is due
constexpr double kUsualEvery = 3600;
constexpr int64_t kMostSessions = 10'000;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// "90", "90s", "15m", "1h", "1d" in seconds.
std::optional<double> durationOf(const QString &text)
{
    static const std::map<QChar, double> kUnits{{u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86400}};
    const auto unit = text.isEmpty() ? kUnits.end() : kUnits.find(text.back());
    bool valid = false;
    const double number = (unit == kUnits.end() ? text : text.chopped(1)).toDouble(&valid);
    const double seconds = number * (unit == kUnits.end() ? 1 : unit->second);
    return valid && seconds > 0 && seconds <= 366 * 86400.0 ? std::optional(seconds) : std::nullopt;
}

bool brokenOff(const BenchRun &run)
{
    return run.header.state == RunState::Interrupted || run.header.state == RunState::Cancelled;
}

/// The newest run of each endpoint, by session; a session that was measured anew counts as that.
std::map<std::string, std::shared_ptr<const BenchRun>> lastRuns(const Runs &runs)
{
    std::map<std::string, std::shared_ptr<const BenchRun>> last;
    for (const auto &run : runs) {
        auto &known = last[run->header.subject.path];
        if (!known || known->header.series->session < run->header.series->session ||
            (known->header.series->session == run->header.series->session && brokenOff(*known)))
            known = run;
    }
    return last;
}

int64_t nextSession(const BenchRun &last)
{
    return last.header.series->session + (brokenOff(last) ? 0 : 1);
}

/// Whether no other process measures it, between its sessions neither.
Result<void> freeSeries(const std::string &id, const Runs &runs)
{
    const auto unlocked = SeriesLock::look(storeFile(), id);
    if (unlocked && std::ranges::any_of(runs, [](const auto &run) { return run->header.state == RunState::Running; }))
        return tl::unexpected<Error>(measuredElsewhere());
    return unlocked;
}

/// Waits until a moment, seconds since 1970; false: the user broke it off.
bool waitUntil(int64_t due)
{
    QEventLoop loop;
    QTimer look;
    const auto isDue = [due] { return QDateTime::currentSecsSinceEpoch() >= due; };
    if (isDue())
        return true;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isDue())
            loop.exit(0);
    });
    const Interrupt interrupt([&loop] { loop.exit(1); });
    look.start(kLookInterval);
    return loop.exec() == 0;
}

void sayDue(const BenchSeries &series, int64_t session, int64_t due)
{
    note(say(QT_TRANSLATE_NOOP("Command", "Session %1 of %2 begins at %3 (UTC). Until then nothing is sent; assay bench --resume goes on if this ends."))
             .arg(session + 1)
             .arg(series.sessions)
             .arg(QDateTime::fromSecsSinceEpoch(due, Qt::UTC).toString(Qt::ISODate)));
}

/// Sessions of one endpoint that ended well, and the others.
struct EndpointSessions
{
    std::shared_ptr<const BenchRun> joined; ///< null: fewer than two
    Runs runs;
    int64_t failed = 0;
};

std::map<std::string, EndpointSessions> byEndpoint(const RunLibrary &library, const std::string &id)
{
    std::map<std::string, EndpointSessions> out;
    for (const auto &run : runsOfSeries(library, id))
        out[run->header.subject.path].runs.push_back(run);
    for (auto &[path, sessions] : out) {
        sessions.joined = joinSeries(sessions.runs);
        sessions.failed = std::ranges::count_if(sessions.runs, [](const auto &run) { return run->header.state == RunState::Failed; });
    }
    return out;
}

/// What of a level is told by session and hour.
constexpr std::array kTold{"ttft", "tpot", "e2e", "throughput", "error_rate"};

QList<QStringList> hourRows(const BenchRun &joined, const BenchPoint &point)
{
    QList<QStringList> rows;
    for (const char *key : kTold) {
        const MetricDefinition *metric = findMetric(key);
        const std::vector<HourValues> hours = metric ? valuesByHour(joined, point, key) : std::vector<HourValues>();
        for (const HourValues &hour : hours) {
            const auto [least, most] = std::ranges::minmax(hour.values);
            const QString label = toQString(qtTranslate()("Metric", metric->label));
            rows.append({&hour == &hours.front() ? QStringLiteral("  ") + label : QString(), QStringLiteral("%1:00").arg(hour.hour, 2, 10, QLatin1Char('0')),
                         QString::number(hour.values.size()), toQString(formatValue(metric->unit, medianEstimate(hour.values).value)),
                         QStringLiteral("%1 - %2").arg(toQString(formatValue(metric->unit, least)), toQString(formatValue(metric->unit, most)))});
        }
    }
    return rows;
}

nlohmann::json pointJson(const BenchRun &joined, const BenchPoint &point)
{
    nlohmann::json metrics = nlohmann::json::object();
    for (const MetricValue &value : summarize(joined, point)) {
        nlohmann::json entry{{"value", value.estimate.value}, {"n", value.estimate.n}, {"sessions", value.samples}};
        if (value.estimate.hasInterval)
            entry["interval"] = {value.estimate.low, value.estimate.high};
        for (const HourValues &hour : valuesByHour(joined, point, value.key()))
            entry["by_hour"].push_back({{"hour", hour.hour}, {"values", hour.values}});
        metrics[value.key()] = std::move(entry);
    }
    return {{"point", describePoint(point)}, {"metrics", std::move(metrics)}};
}

} // namespace

void addSeriesOptions(Arguments &options)
{
    options.addOption(QStringLiteral("repeat"), QStringLiteral("N"),
                      say(QT_TRANSLATE_NOOP("Command", "Endpoints: so many sessions, since hosted ones vary by the hour; each is stored as it is measured, limits hold for each, and --resume goes on.")));
    options.addOption(QStringLiteral("every"), QStringLiteral("1h"),
                      say(QT_TRANSLATE_NOOP("Command", "From the beginning of one session to that of the next: 90s, 15m, 1h, 1d; usual: 1h.")));
}

Result<std::optional<BenchSeries>> seriesOf(const Arguments &options)
{
    const auto wrong = [](const char *name, const QString &what) {
        return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Arguments", "--%1 should be %2").arg(QLatin1String(name), what).toStdString()});
    };
    if (!options.isSet(QStringLiteral("repeat"))) {
        if (options.isSet(QStringLiteral("every")))
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--every needs --repeat")).toStdString()});
        return std::nullopt;
    }
    BenchSeries series;
    const auto sessions = options.integer(QStringLiteral("repeat"), 1);
    if (!sessions || *sessions > kMostSessions)
        return wrong("repeat", say(QT_TRANSLATE_NOOP("Command", "a whole number from 1 to %1")).arg(kMostSessions));
    series.sessions = *sessions;
    series.every = kUsualEvery;
    if (options.isSet(QStringLiteral("every"))) {
        const auto every = durationOf(options.value(QStringLiteral("every")));
        if (!every)
            return wrong("every", say(QT_TRANSLATE_NOOP("Command", "a time such as 90s, 15m, 1h or 1d")));
        series.every = *every;
    }
    if (series.sessions == 1)
        return std::nullopt;
    series.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    return series;
}

Runs runsOfSeries(const RunLibrary &library, const std::string &id)
{
    Runs runs = library.benchRuns();
    std::erase_if(runs, [&](const auto &run) { return !run->header.series || run->header.series->id != id; });
    std::ranges::stable_sort(runs, {}, [](const auto &run) { return run->header.series->session; });
    return runs;
}

Result<std::optional<BenchSeries>> resumableSeries(const RunLibrary &library, const Arguments &options, const std::string &idBegin)
{
    std::optional<Error> held;
    for (const auto &run : library.benchRuns()) {
        const auto &place = run->header.series;
        if (!place || !(run->header.id.starts_with(idBegin) || place->id.starts_with(idBegin)))
            continue;
        const Runs runs = runsOfSeries(library, place->id);
        if (const auto free = freeSeries(place->id, runs); !free) {
            held = free.error();
            continue;
        }
        BenchSeries series{place->id, place->sessions, place->every, {}, run->header.startedAt, {}};
        bool anyBroken = false;
        for (const auto &[path, last] : lastRuns(runs)) {
            anyBroken = anyBroken || brokenOff(*last);
            const auto began = secondsOfMoment(last->header.startedAt);
            series.due = std::max(series.due.value_or(0), began.value_or(0) + int64_t(place->every));
            if (nextSession(*last) >= place->sessions)
                continue;
            const auto target = resumedEndpoint(options, last->header);
            if (!target)
                return tl::unexpected<Error>(target.error());
            series.endpoints.push_back({last->header.subject, *target, last->plan, nextSession(*last)});
        }
        if (anyBroken)
            series.due.reset();
        if (!series.endpoints.empty())
            return series;
    }
    if (held)
        return tl::unexpected<Error>(*held);
    return std::nullopt;
}

Result<void> runSeries(MeasureSession &session, BenchSeries series)
{
    const auto lock = SeriesLock::take(storeFile(), series.id);
    if (!lock)
        return tl::unexpected<Error>(lock.error());
    int64_t first = series.sessions;
    for (const BenchSeries::Endpoint &endpoint : series.endpoints)
        first = std::min(first, endpoint.next);
    bool anyWell = first > 0;
    Result<void> last;
    for (int64_t number = first; number < series.sessions; ++number) {
        if (series.due && *series.due > QDateTime::currentSecsSinceEpoch())
            sayDue(series, number, *series.due);
        if (series.due && !waitUntil(*series.due))
            return failure(ErrorCode::Cancelled);
        series.due = QDateTime::currentSecsSinceEpoch() + int64_t(series.every);
        note(say(QT_TRANSLATE_NOOP("Command", "Session %1 of %2")).arg(number + 1).arg(series.sessions));
        for (const BenchSeries::Endpoint &endpoint : series.endpoints) {
            if (endpoint.next <= number)
                session.addLoad(endpoint.reference, endpoint.target, endpoint.plan, SeriesPlace{series.id, number, series.sessions, series.every});
        }
        last = session.run();
        if (!last && last.error().code == ErrorCode::Cancelled)
            return last;
        anyWell = anyWell || last;
        if (!last && number + 1 < series.sessions)
            note(say(QT_TRANSLATE_NOOP("Command", "Session %1 failed, the series goes on: %2")).arg(number + 1).arg(errorText(last.error())));
    }
    return anyWell ? Result<void>() : last;
}

void printSeries(const RunLibrary &library, const std::string &id)
{
    for (const auto &[path, sessions] : byEndpoint(library, id)) {
        const SeriesPlace &place = *sessions.runs.front()->header.series;
        const qsizetype well = sessions.joined ? qsizetype(sessions.joined->sessions.size())
                                               : std::ranges::count_if(sessions.runs, [](const auto &run) { return run->header.state == RunState::Finished; });
        print(say(QT_TRANSLATE_NOOP("Command", "%1: %2 of %3 sessions ended well, %4 failed (series %5)"))
                  .arg(toQString(sessions.runs.front()->header.subject.name), QString::number(well), QString::number(place.sessions),
                       QString::number(sessions.failed), toQString(id)));
        if (!sessions.joined)
            continue;
        for (const BenchPoint &point : pointsOf(sessions.joined->plan)) {
            QList<QStringList> rows{{toQString(describePoint(point, qtTranslate())), say(QT_TRANSLATE_NOOP("Command", "hour (UTC)")),
                                     say(QT_TRANSLATE_NOOP("Command", "sessions")), say(QT_TRANSLATE_NOOP("Command", "median")),
                                     say(QT_TRANSLATE_NOOP("Command", "least - most"))}};
            rows += hourRows(*sessions.joined, point);
            for (const QString &line : alignedTable(rows))
                print(line);
        }
    }
}

nlohmann::json seriesJson(const RunLibrary &library, const std::string &id)
{
    nlohmann::json endpoints = nlohmann::json::array();
    for (const auto &[path, sessions] : byEndpoint(library, id)) {
        nlohmann::json entry{{"subject", path}, {"planned", sessions.runs.front()->header.series->sessions}, {"failed", sessions.failed},
                             {"sessions", sessions.joined ? sessions.joined->sessions.size() : 0}};
        if (sessions.joined) {
            if (const auto seconds = secondsOfSeries(*sessions.joined))
                entry["seconds"] = *seconds;
            for (const BenchPoint &point : pointsOf(sessions.joined->plan))
                entry["points"].push_back(pointJson(*sessions.joined, point));
        }
        endpoints.push_back(std::move(entry));
    }
    return {{"id", id}, {"endpoints", std::move(endpoints)}};
}

} // namespace assay
