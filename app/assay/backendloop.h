// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/interrupt.h"
#include "core/service/backend.h"

#include <QEventLoop>
#include <optional>

namespace assay {

/// Waits in an event loop for one asynchronous call of a backend; Ctrl+C cancels it.
/// call gets the Done to hand on: waitFor<LoadSample>(backend, [&](auto done) { backend.open(..., done); }).
template <class T, class Call>
Result<T> waitFor(Backend &backend, Call call)
{
    QEventLoop loop;
    std::optional<Result<T>> answer;
    const Interrupt interrupt([&backend] { backend.cancel(); });
    call([&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

} // namespace assay
