// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightpruning.h"

#include "core/engine/kernels/prune.h"
#include "core/engine/linear.h"
#include "core/engine/weightstorage.h"
#include "core/weights/workers.h"

#include <c10/core/InferenceMode.h>
#include <exception>
#include <mutex>

namespace assay::engine {
namespace {

/// The numbers of a matrix on the CPU, row after row.
void pruneNumbers(const at::Tensor &numbers, const Pruning &pruning)
{
    const kernels::StoredAs type = *storedAs(numbers.scalar_type());
    const auto elements = uint64_t(numbers.numel());
    if (pruning.percent > 0)
        kernels::zeroSmallest(type, numbers.data_ptr(), elements, (elements * uint64_t(pruning.percent) + 50) / 100);
    else
        kernels::keepLargest(type, numbers.data_ptr(), numbers.size(0), numbers.size(1), pruning.keep, pruning.of);
}

void pruneMatrix(const at::Tensor &weight, const Pruning &pruning)
{
    const bool inPlace = weight.is_cpu() && weight.is_contiguous();
    const at::Tensor numbers = inPlace ? weight : weight.cpu().contiguous();
    pruneNumbers(numbers, pruning);
    if (!inPlace)
        weight.copy_(numbers);
}

} // namespace

Result<void> pruneWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const Pruning &pruning, const std::stop_token &stop)
{
    std::vector<at::Tensor> matrices;
    for (const MatchedWeight &weight : weights) {
        if (isPruned(weight.slot))
            matrices.push_back(decoder.matrix(weight.slot).weight);
    }
    std::mutex mutex;
    std::exception_ptr thrown;
    forEachOnThreads(matrices.size(), unsigned(threads()), stop, [&](size_t index) {
        try {
            const c10::InferenceMode inference; // as they were made
            pruneMatrix(matrices[index], pruning);
        } catch (...) {
            const std::lock_guard lock(mutex);
            thrown = std::current_exception();
        }
    });
    if (thrown)
        std::rethrow_exception(thrown);
    return stop.stop_requested() ? Result<void>(failure(ErrorCode::Cancelled)) : Result<void>();
}

} // namespace assay::engine
