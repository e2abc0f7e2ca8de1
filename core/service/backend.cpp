// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/backend.h"

namespace assay {

void Backend::limits(Done<MachineLimits> done)
{
    // The caller expects its answer later, never from within this call.
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(failure(ErrorCode::UnknownMethod, {protocol::method::kMachine})); }, Qt::QueuedConnection);
}

void Backend::generateMany(Many, Done<bool> done)
{
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(failure(ErrorCode::UnknownMethod, {protocol::method::kGenerateBatch})); }, Qt::QueuedConnection);
}

void Backend::findEcho(Done<EchoProbe> done)
{
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(failure(ErrorCode::UnknownMethod, {"echo"})); }, Qt::QueuedConnection);
}

void Backend::scoreByEcho(std::vector<EchoItem>, const EchoLimits &, Done<std::vector<EchoAnswer>> done)
{
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(failure(ErrorCode::UnknownMethod, {"echo"})); }, Qt::QueuedConnection);
}

void Backend::classifyImages(protocol::ClassifyImagesRequest, Done<protocol::ClassifyImagesResult> done)
{
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(failure(ErrorCode::UnknownMethod, {protocol::method::kClassifyImages})); }, Qt::QueuedConnection);
}

} // namespace assay
