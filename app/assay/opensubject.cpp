// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/opensubject.h"

#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/service/fetchtext.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <mutex>

namespace assay {

Result<OpenedSubject> openAnySubject(const QString &pathOrUrl, const KeyPlace &keyPlace, const Transport &transport)
{
    const std::string subject = pathOrUrl.toStdString();
    if (!isRemoteSubject(subject))
        return openSubject(subject);
    Result<Secret> key = asksEndpointFirst(subject) ? findKey(pathOrUrl, keyPlace) : Result<Secret>();
    if (!key)
        return tl::unexpected(key.error());
    // The files keep what they tell their progress to, for as long as they are read.
    struct Latest
    {
        std::mutex mutex;
        std::optional<FetchStatus> status;
    };
    const auto latest = std::make_shared<Latest>();
    std::stop_source stop;
    Result<OpenedSubject> opened;
    const auto work = [&] {
        opened = openSubject(subject, *key, stop.get_token(), [latest](const FetchStatus &status) {
            const std::lock_guard lock(latest->mutex);
            latest->status = status;
        }, transport);
    };
    runInterruptible(stop, work, [&] {
        const std::lock_guard lock(latest->mutex);
        if (latest->status && progressIsSeen())
            progress(fetchedText(latest->status->fetched) + QStringLiteral(". ") + fetchingText(*latest->status));
    });
    endProgress();
    return opened;
}

Result<Inspection> inspectSubject(const QString &pathOrUrl)
{
    const auto opened = openAnySubject(pathOrUrl);
    if (!opened)
        return tl::unexpected(opened.error());
    if (opened->endpoint)
        return failure(ErrorCode::BadUsage,
                       {QCoreApplication::translate("Command", "%1 is an endpoint; this needs a model's files").arg(pathOrUrl).toStdString()});
    return *opened->inspection;
}

} // namespace assay
