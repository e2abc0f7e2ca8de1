// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/subjectopening.h"

#include "core/service/background.h"
#include "core/service/endpointsubject.h"
#include "core/service/remoteaddress.h"
#include "core/service/subjectfiles.h"

namespace assay {
namespace {

/// Whoever drops the last reference, often the window, does not wait while half a million rows are taken down.
std::shared_ptr<const Inspection> sharedInspection(Inspection inspection)
{
    return {new Inspection(std::move(inspection)),
            [](const Inspection *old) { inBackground([old] { delete old; }); }};
}

Result<OpenedSubject> openFiles(const std::string &pathOrUrl, const std::stop_token &stop, const FetchProgress &progress)
{
    auto files = openSubjectFiles(pathOrUrl, stop, progress);
    if (!files)
        return tl::unexpected<Error>(files.error());
    Result<Inspection> inspection = inspectModel(std::move(*files), stop);
    if (!inspection)
        return tl::unexpected<Error>(inspection.error());
    return OpenedSubject{sharedInspection(std::move(*inspection)), nullptr};
}

Result<OpenedSubject> openEndpoint(const std::string &url, const Secret &key, const std::stop_token &stop,
                                   const FetchProgress &progress, const Transport &transport)
{
    EndpointTarget target = endpointTarget(url);
    target.key = key;
    target.transport = transport;
    const auto tell = [&](const std::string &question) {
        if (!progress)
            return;
        FetchStatus status;
        status.reading = question;
        progress(status);
    };
    auto facts = probeEndpoint(target, stop, tell);
    if (!facts)
        return tl::unexpected<Error>(facts.error());
    Inspection inspection = inspectionOf(*facts);
    return OpenedSubject{sharedInspection(std::move(inspection)), std::make_shared<const EndpointFacts>(std::move(*facts))};
}

} // namespace

bool asksEndpointFirst(const std::string &pathOrUrl)
{
    const AddressKind kind = addressKind(pathOrUrl);
    const auto address = parseAddress(pathOrUrl);
    return kind == AddressKind::Endpoint || (kind == AddressKind::Either && address && address->parts.empty());
}

Result<OpenedSubject> openSubject(const std::string &pathOrUrl, const Secret &key, std::stop_token stop, const FetchProgress &progress,
                                  const Transport &transport)
{
    const AddressKind kind = addressKind(pathOrUrl);
    if (kind == AddressKind::Files)
        return openFiles(pathOrUrl, stop, progress);
    const bool endpointFirst = asksEndpointFirst(pathOrUrl);
    auto first = endpointFirst ? openEndpoint(pathOrUrl, key, stop, progress, transport) : openFiles(pathOrUrl, stop, progress);
    const ErrorCode nothing = endpointFirst ? ErrorCode::NoEndpointThere : ErrorCode::NoModelThere;
    if (first || kind == AddressKind::Endpoint || first.error().code != nothing)
        return first;
    auto second = endpointFirst ? openFiles(pathOrUrl, stop, progress) : openEndpoint(pathOrUrl, {}, stop, progress, transport);
    // Where it is neither, the first answer says more.
    return second || second.error().code == ErrorCode::Cancelled ? second : first;
}

} // namespace assay
