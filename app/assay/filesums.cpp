// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/filesums.h"

#include "app/assay/console.h"
#include "app/assay/interrupt.h"
#include "core/base/units.h"
#include "core/service/hashjob.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <nlohmann/json.hpp>

namespace assay {

Result<std::vector<FileVerification>> verifyFiles(Inspection &inspection)
{
    if (const auto refused = HashJob::refusal(inspection))
        return tl::unexpected(*refused);
    HashJob job(std::make_shared<const Inspection>(inspection), toQString(inspection.facts.name));
    QEventLoop loop;
    QObject::connect(&job, &Job::finished, &loop, &QEventLoop::quit);
    int shown = -1;
    QObject::connect(&job, &Job::changed, &job, [&job, &shown] {
        const int tenth = job.total() > 0 ? int(10 * job.done() / job.total()) : 0;
        if (std::exchange(shown, tenth) != tenth && job.state() == JobState::Running)
            progress(QStringLiteral("%1 · %2 %").arg(job.title()).arg(10 * tenth));
    });
    const Interrupt interrupt([&job] { job.cancel(); });
    job.start();
    if (!job.isOver())
        loop.exec();
    if (job.error())
        return tl::unexpected(*job.error());
    const auto findings = findingsOf(job.results());
    inspection.facts.findings.insert(inspection.facts.findings.end(), findings.begin(), findings.end());
    return job.results();
}

void printVerification(const std::vector<FileVerification> &results)
{
    QList<QStringList> rows;
    for (const FileVerification &file : results) {
        const QString state = QCoreApplication::translate("ContentState", contentStateName(file.state));
        rows.append({toQString(file.name), state, toQString(file.sum), toQString(file.source)});
    }
    for (const QString &line : alignedTable(rows))
        print(line);
}

nlohmann::json verificationJson(const Inspection &inspection, const std::vector<FileVerification> &results)
{
    nlohmann::json out = nlohmann::json::array();
    const auto orNull = [](const std::string &text) { return text.empty() ? nlohmann::json() : nlohmann::json(validUtf8(text)); };
    for (const FileVerification &file : results) {
        const FileEntry *entry = inspection.directory.files->find(file.name);
        const auto expected = entry ? entry->expected : std::nullopt;
        out.push_back({{"name", validUtf8(file.name)},
                       {"bytes", entry && entry->bytes ? nlohmann::json(*entry->bytes) : nlohmann::json()},
                       {"state", contentStateName(file.state)},
                       {"sum", orNull(file.sum)},
                       {"expected", orNull(expected ? expected->hash : std::string())},
                       {"hash", expected && expected->git ? "git" : "sha256"},
                       {"source", orNull(file.source)}});
    }
    return out;
}

} // namespace assay
