// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/provennotes.h"

#include "core/base/units.h"
#include "core/bench/loadanalysis.h"

#include <QSysInfo>
#include <algorithm>

namespace assay {

namespace {

/// The lightest of the loads up to the proven rate that bring so many chunks a second or more.
const SelfTestResult *resultFor(const SelfTestReport &report, double rate)
{
    const SelfTestResult *found = nullptr;
    for (const SelfTestResult &result : report.results) {
        const double pieces = result.level.piecesPerSecond();
        if (!result.level.inStep && result.proven() && pieces >= rate && pieces <= report.provenRate()
            && (!found || pieces < found->level.piecesPerSecond()))
            found = &result;
    }
    return found;
}

} // namespace

double chunksPerSecond(const BenchRun &run, const BenchPoint &point)
{
    const std::vector<BenchPoint> points = pointsOf(run.plan);
    const auto found = std::find(points.begin(), points.end(), point);
    if (found == points.end() || run.requests.empty())
        return 0;
    const auto analysis = analyse(run.requests);
    const LevelAnalysis &level = levelOf(*analysis, size_t(found - points.begin()));
    return level.seconds > 0 ? level.tokensPerRead[1] / level.seconds : 0;
}

std::vector<LoadNote> notesHere(const BenchRun &run, const BenchPoint &point, const std::optional<SelfTestReport> &report)
{
    std::vector<LoadNote> notes = notesOf(run, point);
    const double rate = chunksPerSecond(run, point);
    if (rate <= 0 || run.header.environment.host != QSysInfo::machineHostName().toStdString())
        return notes;
    if (!report) {
        notes.push_back({"not_self_tested", ASSAY_TEXT("LoadNote", "The client was not tested on this machine yet: assay bench --self-test tells how exact its times are."), {}});
    } else if (const SelfTestResult *result = resultFor(*report, rate)) {
        notes.push_back({"client_error",
                         ASSAY_TEXT("LoadNote", "The client's own part in the times: 99 of 100 moments are off by no more than %1 (self-test with %2 chunks a second)."),
                         {formatSeconds(result->chunk.p99), formatCount(result->level.piecesPerSecond())}});
    } else {
        notes.push_back({"beyond_proven",
                         ASSAY_TEXT("LoadNote", "%1 chunks a second came; the self-test proved the client on this machine up to %2. Times may be off."),
                         {formatCount(rate), formatCount(report->provenRate())}});
    }
    return notes;
}

std::function<std::vector<LoadNote>(const BenchRun &, const BenchPoint &)> findNotesHere()
{
    return [report = lastSelfTest()](const BenchRun &run, const BenchPoint &point) { return notesHere(run, point, report); };
}

} // namespace assay
