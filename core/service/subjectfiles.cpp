// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectfiles.h"

#include "core/service/remoteaddress.h"
#include "core/service/remoteplaces.h"

namespace assay {

bool isRemoteSubject(const std::string &pathOrUrl)
{
    return looksLikeAddress(pathOrUrl);
}

Result<std::shared_ptr<const FileSet>> openSubjectFiles(const std::string &pathOrUrl, std::stop_token stop,
                                                        FetchProgress progress)
{
    if (isRemoteSubject(pathOrUrl))
        return openRemoteFiles(pathOrUrl, std::move(stop), std::move(progress));
    return openLocalFiles(pathOrUrl);
}

} // namespace assay
