// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/backend.h"

#include <QEventLoop>
#include <QTimer>
#include <stop_token>

namespace assay {

/// Waits for one asynchronous call of a backend, on any thread that made the backend; a stop cancels the call.
/// call gets the Done to hand on: callAndWait<LoadSample>(backend, stop, [&](auto done) { backend.open(..., done); }).
template <class T, class Call> Result<T> callAndWait(Backend &backend, std::stop_token stop, Call call)
{
    constexpr int kLookEvery = 50; // ms
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    QEventLoop loop;
    std::optional<Result<T>> answer;
    bool told = false;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &backend, [&] {
        if (stop.stop_requested() && !told) {
            told = true;
            backend.cancel();
        }
    });
    look.start(kLookEvery);
    call(Backend::Done<T>([&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    }));
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

} // namespace assay
