// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "app/assay/backendloop.h"
#include "core/protocol/encodermessages.h"
#include "core/service/workerbackend.h"

#include <algorithm>
#include <functional>

namespace assay {

/// What classify, embed and fill share: the options that say which texts, and the way to the worker.
void addTextOptions(Arguments &options);

/// The texts, or token ids, that the options name; with the error of a file or of wrong usage.
Result<std::vector<protocol::EncoderItem>> textItems(const Arguments &options);

/// Starts the worker and loads the one subject.
Result<void> openModel(WorkerBackend &backend, const Arguments &options);

/// Texts that go to the worker in one request.
inline constexpr size_t kTextsAtOnce = 64;
/// An error of one request among several: which texts it was about.
Error errorOfTexts(Error error, size_t first, size_t count, size_t all);

/// Asks about the items, some at a time, and gives all answers in their order. ask(backend, request, done) may be a member
/// of WorkerBackend.
template <class Answer, class Request, class Item, class Ask>
Result<std::vector<Item>> answersOfTexts(WorkerBackend &backend, Request request, std::vector<Item> Answer::*items, Ask ask)
{
    std::vector<Item> out;
    const std::vector<protocol::EncoderItem> all = std::move(request.items);
    for (size_t first = 0; first < all.size(); first += kTextsAtOnce) {
        const size_t count = std::min(kTextsAtOnce, all.size() - first);
        request.items.assign(all.begin() + std::ptrdiff_t(first), all.begin() + std::ptrdiff_t(first + count));
        auto answer = waitFor<Answer>(backend, [&](Backend::Done<Answer> done) { std::invoke(ask, backend, request, done); });
        if (!answer)
            return tl::unexpected(errorOfTexts(answer.error(), first, count, all.size()));
        std::move(((*answer).*items).begin(), ((*answer).*items).end(), std::back_inserter(out));
    }
    return out;
}

/// "text 3:" above what is told of one of several.
void printTextHeading(size_t index, size_t all, bool truncated);

} // namespace assay
