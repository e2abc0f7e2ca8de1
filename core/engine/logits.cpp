// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/implementation.h"

#include <algorithm>

namespace assay::engine {
namespace {

using Implementation = Engine::Implementation;

Result<void> emitRows(const Implementation &model, const at::Tensor &states, int64_t first,
                      const OnRows &onRows, const std::stop_token &stop)
{
    // About 16 MiB of logits at a time.
    const int64_t piece = std::max<int64_t>(1, (4 << 20) / model.spec().vocabulary);
    for (int64_t at = 0; at < states.size(1); at += piece) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const int64_t rows = std::min(piece, states.size(1) - at);
        const at::Tensor values =
            model.decoder->head(states.narrow(1, at, rows)).to(at::kCPU, at::kFloat).contiguous();
        onRows(first + at, rows, {values.data_ptr<float>(), size_t(values.numel())});
    }
    return {};
}

Result<void> cachedLogits(const Implementation &model, const std::vector<int64_t> &ids, const OnRows &onRows,
                          const std::stop_token &stop)
{
    const int64_t count = int64_t(ids.size());
    auto cache = model.newCache(1, count);
    if (!cache)
        return tl::unexpected(cache.error());
    for (int64_t at = 0; at < count;) {
        const int64_t length = at == 0 ? std::max<int64_t>(1, count / 2) : 1;
        const auto part = std::span(ids).subspan(size_t(at), size_t(length));
        auto states = model.feed(model.tensorOf(part), *cache, length, stop);
        if (!states)
            return tl::unexpected(states.error());
        if (auto sent = emitRows(model, *states, at, onRows, stop); !sent)
            return sent;
        at += length;
    }
    return {};
}

Result<void> fullLogits(const Implementation &model, const std::vector<int64_t> &ids, const OnRows &onRows,
                        const std::stop_token &stop)
{
    const at::Tensor states = model.decoder->hidden(model.tensorOf(ids), nullptr, stop);
    if (!states.defined())
        return failure(ErrorCode::Cancelled);
    return emitRows(model, states, 0, onRows, stop);
}

} // namespace

Result<void> Engine::logits(const std::vector<int64_t> &ids, bool cache, const OnRows &onRows,
                            std::stop_token stop)
{
    const Implementation &model = *m_implementation;
    // A masked model has them, too, but nothing to keep in a cache.
    const char *const what = ASSAY_TEXT("Reason", "give logits of next tokens");
    // Not by ?: of two braced lists, whose arrays GCC 12 lets go too early.
    auto suits = model.checkKind({ModelKind::Decoder}, what);
    if (!suits && !cache)
        suits = model.checkKind({ModelKind::Masked}, what);
    if (!suits)
        return suits;
    if (auto sound = model.checkIds(ids); !sound)
        return sound;
    if (auto sound = model.checkLength(int64_t(ids.size())); !sound)
        return sound;
    return guarded(model.device(), stop, [&] {
        return cache ? cachedLogits(model, ids, onRows, stop) : fullLogits(model, ids, onRows, stop);
    });
}

} // namespace assay::engine
