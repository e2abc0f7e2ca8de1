// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "core/engine/device.h"
#include "core/engine/engine.h"
#include "core/engine/kernels/threadpool.h"

#include <c10/core/InferenceMode.h>
#include <chrono>

namespace assay::engine {

/// What Engine's methods share.
struct Engine::Implementation
{
    Description description;
    std::unique_ptr<Decoder> decoder;
    std::optional<uint64_t> deviceBaseline;

    const DecoderSpec &spec() const { return decoder->spec(); }
    at::Device device() const { return decoder->device(); }
    /// All that the model lies on, device() first.
    std::vector<at::Device> devices() const;
    Memory memory() const;

    /// TokenOutOfRange, and BadParameters when there is none.
    Result<void> checkIds(std::span<const int64_t> ids) const;
    /// WrongTask. what: what was asked for, a reason: "generate text".
    Result<void> checkKind(std::initializer_list<ModelKind> allowed, const char *what) const;
    /// ContextTooLong.
    Result<void> checkLength(int64_t tokens) const;
    /// A cache for this many tokens; NotEnoughMemory when it would not fit.
    Result<KvCache> newCache(int64_t batch, int64_t capacity) const;
    /// [1, n] on the device.
    at::Tensor tensorOf(std::span<const int64_t> ids) const;

    /// Feeds ids [batch, tokens] piece by piece into the cache, so that a stop is heard soon and the memory
    /// stays small. Gives the hidden states of the last `keep` tokens; Cancelled. mask: bool [batch, cached +
    /// tokens], false for padding; undefined where there is none.
    Result<at::Tensor> feed(const at::Tensor &ids, KvCache &cache, int64_t keep, const std::stop_token &stop,
                            const at::Tensor &mask = {}) const;
};

/// Seconds since it was made, on the monotonic clock.
class Watch
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_begin).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_begin = Clock::now();
};

/// The error that an exception of libtorch stands for.
Error errorFromException(const std::exception &problem, at::Device device);

/// Runs work without gradients, its loops until it is to stop, and turns what it throws into an error.
template <class Work> auto guarded(at::Device device, const std::stop_token &stop, Work &&work) -> decltype(work())
{
    try {
        const c10::InferenceMode inference;
        const kernels::StopScope scope(stop);
        return work();
    } catch (const kernels::Stopped &) {
        return failure(ErrorCode::Cancelled);
    } catch (const std::exception &problem) {
        return tl::unexpected(errorFromException(problem, device));
    }
}

} // namespace assay::engine
