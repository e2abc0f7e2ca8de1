// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/machineend.h"

#include <array>

namespace assay {
namespace {

constexpr int kCannotExecute = 126, kNotFound = 127, kSshFailed = 255;

/// What ssh says when it does not let somebody in, and what that means.
struct Refusal
{
    const char *words;
    const char *reason;
};
constexpr std::array<Refusal, 4> kRefusals{{
    {"REMOTE HOST IDENTIFICATION HAS CHANGED", ASSAY_TEXT("Reason", "it shows another key than the one that is known")},
    {"Host key verification failed", ASSAY_TEXT("Reason", "its key is not known")},
    {"Permission denied", ASSAY_TEXT("Reason", "it wants a password, or a key that it knows")},
    {"Too many authentication failures", ASSAY_TEXT("Reason", "it wants a password, or a key that it knows")},
}};

/// What ssh adds besides its reason.
bool saysNothing(const QString &line)
{
    return line.trimmed().isEmpty() || line.startsWith(QLatin1String("Warning: Permanently added")) || line.contains(u'@' + QStringLiteral("@@@"))
           || line.startsWith(QLatin1String("debug"));
}

QString reasonIn(const QStringList &log)
{
    for (auto line = log.rbegin(); line != log.rend(); ++line) {
        if (!saysNothing(*line))
            return line->trimmed();
    }
    return {};
}

std::string reasonOr(const QStringList &log, const char *otherwise)
{
    QString reason = reasonIn(log);
    if (reason.startsWith(QLatin1String("ssh: ")))
        reason.remove(0, 5);
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return reason.isEmpty() ? otherwise : reason.toStdString();
}

} // namespace

std::optional<Error> machineError(const MachineEnd &end)
{
    const std::string machine = end.machine.toStdString();
    if (!end.greeted && (end.exitCode == kCannotExecute || end.exitCode == kNotFound)) {
        return Error{ErrorCode::WorkerNotThere,
                     {end.worker.toStdString(), machine, reasonOr(end.log, ASSAY_TEXT("Reason", "there is no such program"))},
                     {}};
    }
    if (end.exitCode != kSshFailed)
        return std::nullopt;
    if (end.greeted)
        return Error{ErrorCode::MachineLost, {machine, reasonOr(end.log, ASSAY_TEXT("Reason", "it was closed"))}, {}};
    const QString all = end.log.join(u'\n');
    for (const Refusal &refusal : kRefusals) {
        if (all.contains(QLatin1String(refusal.words)))
            return Error{ErrorCode::MachineRefused, {machine, refusal.reason}, {}};
    }
    return Error{ErrorCode::MachineUnreachable, {machine, reasonOr(end.log, ASSAY_TEXT("Reason", "it was closed"))}, {}};
}

} // namespace assay
