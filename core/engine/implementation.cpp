// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/implementation.h"

#include "core/base/units.h"
#include "core/engine/prefill.h"
#include "core/engine/processor.h"
#include "core/engine/tensormemory.h"

#include <algorithm>
#include <c10/util/Exception.h>
#include <cstdlib>

namespace assay::engine {
namespace {

/// The first sentence of libtorch's message, without its stack trace.
std::string firstLine(const std::string &text)
{
    return text.substr(0, text.find('\n'));
}

bool meansOutOfMemory(const std::string &text)
{
    // c10::OutOfMemoryError on CUDA; the CPU allocator throws a plain error with one of these texts.
    return text.find("out of memory") != std::string::npos ||
           text.find("can't allocate memory") != std::string::npos ||
           text.find("not enough memory") != std::string::npos || text.find("bad_alloc") != std::string::npos;
}

/// "2.00 GiB" out of "... tried to allocate 2.00 GiB (GPU 0; ...", or as much of "... 4096 bytes. Error code 12".
std::string askedFor(const std::string &text)
{
    static constexpr std::string_view kMark = "ried to allocate ";
    const size_t mark = text.find(kMark);
    if (mark == std::string::npos)
        return {};
    const size_t begin = mark + kMark.size();
    const size_t unit = text.find(' ', begin);
    if (unit == std::string::npos)
        return {};
    const std::string number = text.substr(begin, unit - begin);
    if (text.compare(unit, 6, " bytes") == 0)
        return formatBytes(std::strtod(number.c_str(), nullptr));
    return text.substr(begin, text.find_first_of(" .,(", unit + 1) - begin);
}

} // namespace

int64_t prefillPiece(at::Device device)
{
    return device.is_cuda() ? 2048 : 512;
}

std::vector<at::Device> Engine::Implementation::devices() const
{
    std::vector<at::Device> out{device()};
    for (const at::Device each : decoder->layerDevices()) {
        if (std::ranges::find(out, each) == out.end())
            out.push_back(each);
    }
    return out;
}

Memory Engine::Implementation::memory() const
{
    Memory out = readMemory(devices());
    out.deviceBaseline = deviceBaseline;
    return out;
}

Result<void> Engine::Implementation::checkIds(std::span<const int64_t> ids) const
{
    if (ids.empty())
        return failure(ErrorCode::BadParameters, {"ids", "there is no token"});
    for (const int64_t id : ids) {
        if (id < 0 || id >= spec().vocabulary)
            return failure(ErrorCode::TokenOutOfRange,
                           {std::to_string(id), std::to_string(spec().vocabulary)});
    }
    return {};
}

Result<void> Engine::Implementation::checkLength(int64_t tokens) const
{
    if (tokens > description.contextLength) {
        return failure(ErrorCode::ContextTooLong,
                       {std::to_string(tokens), std::to_string(description.contextLength)});
    }
    return {};
}

Result<KvCache> Engine::Implementation::newCache(int64_t batch, int64_t capacity) const
{
    const int element = int(at::elementSize(decoder->dtype()));
    const double needed = double(spec().kvBytesPerToken(element)) * double(batch) * double(capacity);
    const uint64_t unused = freeMemory(devices());
    if (needed > double(unused)) {
        const std::string what = std::to_string(batch) + " x " + std::to_string(capacity) + " tokens";
        return failure(ErrorCode::NotEnoughMemory,
                       {what, formatBytes(needed), formatBytes(double(unused)), description.device});
    }
    return KvCache(spec(), batch, capacity, at::TensorOptions(decoder->dtype()).device(device()), decoder->layerDevices());
}

at::Tensor Engine::Implementation::tensorOf(std::span<const int64_t> ids) const
{
    return at::tensor(at::ArrayRef<int64_t>(ids.data(), ids.size()), at::TensorOptions(at::kLong))
        .unsqueeze(0)
        .to(device());
}

Result<at::Tensor> Engine::Implementation::feed(const at::Tensor &ids, KvCache &cache, int64_t keep,
                                                const std::stop_token &stop, const at::Tensor &mask) const
{
    const int64_t tokens = ids.size(1);
    // Frequencies that depend on the length have to see the whole prompt at once.
    const bool whole = dependsOnLength(spec());
    const int64_t piece = whole ? tokens : prefillPiece(device());
    std::vector<at::Tensor> kept;
    for (int64_t at = 0; at < tokens; at += piece) {
        const int64_t length = std::min(piece, tokens - at);
        const at::Tensor seen = mask.defined() ? mask.narrow(1, 0, cache.length() + length) : mask;
        const at::Tensor states = decoder->hidden(Input{ids.narrow(1, at, length), seen, {}}, &cache, stop);
        if (!states.defined())
            return failure(ErrorCode::Cancelled);
        const int64_t wanted = std::min(length, keep - (tokens - at - length));
        if (wanted > 0)
            kept.push_back(states.narrow(1, length - wanted, wanted));
    }
    return kept.size() == 1 ? kept.front() : at::cat(kept, 1);
}

Error errorFromException(const std::exception &problem, at::Device device)
{
    const auto *torchError = dynamic_cast<const c10::Error *>(&problem);
    const std::string text = torchError ? torchError->what_without_backtrace() : problem.what();
    if (meansOutOfMemory(text))
        return memoryRanOut(askedFor(text), takeFreeAtFailure().value_or(freeMemory(device)), device.str());
    return {ErrorCode::EngineFailed, {firstLine(text)}, {}};
}

} // namespace assay::engine
