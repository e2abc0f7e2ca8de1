// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightloader.h"

#include "core/engine/weightfiller.h"
#include "core/engine/weightstorage.h"
#include "core/weights/workers.h"

#include <algorithm>
#include <atomic>
#include <c10/core/InferenceMode.h>
#include <map>
#include <mutex>

namespace assay::engine {
namespace {

/// Rows of one slot that a thread fills from one weight of the checkpoint.
struct Job
{
    size_t slot, piece;
    int64_t begin, end;
    uint64_t file, offset; ///< where it begins, so that a disk reads ahead
};

// Of the checkpoint: the least at which opening a weight does not count, so that the threads end together.
constexpr uint64_t kJobBytes = 8u << 20, kPackedJobBytes = 64u << 20;

int64_t rowsOf(const MatchedWeight &weight, const MatchedWeight::Piece &piece)
{
    return piece.source.count > 0 ? piece.source.count : weight.slot.shape.front();
}

uint64_t rowElements(const TensorSlot &slot)
{
    return slot.shape.size() > 1 ? uint64_t(slot.shape[1]) : 1;
}

void addJobs(const std::vector<MatchedWeight> &weights, size_t slot, size_t piece, const WeightCatalog &catalog, std::vector<Job> &out)
{
    const MatchedWeight &weight = weights[slot];
    const MatchedWeight::Piece &from = weight.pieces[piece];
    const TensorRecord &record = catalog.checkpoint().tensors[from.tensor];
    const int64_t rows = rowsOf(weight, from);
    const double rowBytes = double(record.bytes) / double(std::max<uint64_t>(1, record.elements)) * double(rowElements(weight.slot));
    const bool plain = catalog.parts(from.tensor).scheme == WeightScheme::Plain;
    const double wanted = double(plain ? kJobBytes : kPackedJobBytes) / std::max(rowBytes, 1.0);
    const int64_t step = from.source.transposed ? rows : std::clamp<int64_t>(int64_t(std::min(wanted, 1e15)), 1, std::max<int64_t>(rows, 1));
    for (int64_t row = 0; row < rows; row += step) {
        const uint64_t offset = record.offset + uint64_t(double(from.source.transposed ? 0 : from.source.rows.rowOf(row)) * rowBytes);
        out.push_back({slot, piece, row, std::min(rows, row + step), record.file, offset});
    }
}

/// What the threads that load share.
class Loading
{
public:
    Loading(uint64_t total, const Progress &progress, const std::stop_token &stop)
        : m_total(total), m_progress(progress), m_forward(stop, [this] { m_stop.request_stop(); })
    {
    }

    std::stop_token stop() const { return m_stop.get_token(); }

    void filled(uint64_t bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_done += bytes;
        if (m_progress && !m_exception)
            m_progress(double(m_done), double(m_total));
    }

    /// Runs work(); the first error or exception ends all others.
    template <class Work> void guard(Work &&work)
    {
        try {
            if (auto done = work(); !done)
                end(done.error(), nullptr);
        } catch (...) {
            end({}, std::current_exception());
        }
    }

    /// Throws what was thrown.
    Result<void> result(const std::stop_token &stop) const
    {
        if (m_exception)
            std::rethrow_exception(m_exception);
        if (m_error)
            return tl::unexpected(*m_error);
        return stop.stop_requested() ? Result<void>(failure(ErrorCode::Cancelled)) : Result<void>();
    }

private:
    void end(const std::optional<Error> &error, const std::exception_ptr &exception)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error && !m_exception) {
            m_error = exception ? std::nullopt : error;
            m_exception = exception;
        }
        m_stop.request_stop();
    }

    uint64_t m_total, m_done = 0;
    const Progress &m_progress;
    std::mutex m_mutex;
    std::optional<Error> m_error;
    std::exception_ptr m_exception;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_forward;
};

/// The type that libtorch computes in for a stored one: bfloat16 for packed ones.
at::ScalarType computable(Dtype dtype)
{
    if (dtype == Dtype::F64)
        return at::kDouble;
    const auto kept = storedAsOf(dtype);
    return (kept ? scalarTypeOf(*kept) : std::nullopt).value_or(at::kBFloat16);
}

} // namespace

at::ScalarType storedType(const std::vector<MatchedWeight> &weights, const Checkpoint &checkpoint)
{
    std::map<at::ScalarType, uint64_t> elements;
    for (const MatchedWeight &weight : weights) {
        uint64_t count = 1;
        for (const int64_t size : weight.slot.shape)
            count *= uint64_t(size);
        elements[computable(checkpoint.tensors[weight.pieces.front().tensor].dtype)] += count;
    }
    return std::ranges::max_element(elements, {}, [](const auto &entry) { return entry.second; })->first;
}

Result<void> loadWeights(Decoder &decoder, const std::vector<MatchedWeight> &weights, const WeightCatalog &catalog,
                         const FileSet &files, const Progress &progress, const std::stop_token &stop)
{
    std::vector<Job> jobs;
    std::vector<const Matrix *> targets;
    uint64_t total = 0;
    for (size_t slot = 0; slot < weights.size(); ++slot) {
        const Matrix &matrix = decoder.matrix(weights[slot].slot);
        targets.push_back(&matrix);
        const at::Tensor &tensor = weights[slot].slot.bias ? matrix.bias : matrix.blocks.defined() ? matrix.blocks : matrix.weight;
        total += tensor.nbytes();
        for (size_t piece = 0; piece < weights[slot].pieces.size(); ++piece)
            addJobs(weights, slot, piece, catalog, jobs);
    }
    std::ranges::stable_sort(jobs, {}, [](const Job &job) { return std::tuple(job.file, job.offset); });
    Loading loading(total, progress, stop);
    const std::stop_token ended = loading.stop();
    forEachOnThreads(jobs.size(), unsigned(threads()), ended, [&](size_t index) {
        loading.guard([&]() -> Result<void> {
            const c10::InferenceMode inference; // each thread has its own; weights made under it are changed under it alone
            const Job &job = jobs[index];
            const MatchedWeight &weight = weights[job.slot];
            auto reader = openWeight(catalog, weight.pieces[job.piece].tensor, files);
            if (!reader)
                return tl::unexpected(reader.error());
            WeightFiller filler(*reader, weight.pieces[job.piece].source, *targets[job.slot], weight.slot.bias, ended);
            return filler.fill(job.begin, job.end, [&](uint64_t bytes) { loading.filled(bytes); });
        });
    });
    return loading.result(stop);
}

} // namespace assay::engine
