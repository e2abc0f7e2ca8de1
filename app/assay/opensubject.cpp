// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/opensubject.h"

#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/service/fetchtext.h"
#include "core/service/subjectfiles.h"

#include <mutex>

namespace assay {

Result<Inspection> inspectSubject(const QString &pathOrUrl)
{
    const std::string subject = pathOrUrl.toStdString();
    std::stop_source stop;
    const auto open = [&](const FetchProgress &told) -> Result<Inspection> {
        auto files = openSubjectFiles(subject, stop.get_token(), told);
        return files ? inspectModel(std::move(*files), stop.get_token()) : tl::unexpected(files.error());
    };
    if (!isRemoteSubject(subject))
        return open({});
    // The files keep what they tell their progress to, for as long as they are read.
    struct Latest
    {
        std::mutex mutex;
        std::optional<FetchStatus> status;
    };
    const auto latest = std::make_shared<Latest>();
    Result<Inspection> inspection;
    const auto work = [&] {
        inspection = open([latest](const FetchStatus &status) {
            const std::lock_guard lock(latest->mutex);
            latest->status = status;
        });
    };
    runInterruptible(stop, work, [&] {
        const std::lock_guard lock(latest->mutex);
        if (latest->status && progressIsSeen())
            progress(fetchedText(latest->status->fetched) + QStringLiteral(". ") + fetchingText(*latest->status));
    });
    endProgress();
    return inspection;
}

} // namespace assay
