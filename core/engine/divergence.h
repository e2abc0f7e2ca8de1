// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fidelity.h"
#include "core/engine/torch.h"

namespace assay::engine {

/// Logits [positions, vocabulary] in f32 with what their softmax needs. Sums over the vocabulary are in f64: as llama.cpp has them.
struct Softmax
{
    at::Tensor logits, logSum; ///< logSum [positions, 1]: log-probability = logits - logSum
    explicit Softmax(at::Tensor values);
    at::Tensor logProbabilities() const { return logits - logSum; }
    at::Tensor nll(const at::Tensor &targets) const; ///< [positions]
};

/// sum p (ln p - ln q) over the vocabulary [positions], f64; smallest: terms whose ln p is not above it are left out.
at::Tensor divergenceOf(const at::Tensor &logP, const at::Tensor &logQ, std::optional<float> smallest = {});

/// Appends what these positions show. reference: log-probabilities [positions, vocabulary]; its rows may be quantised.
void addValues(PositionValues &out, const at::Tensor &reference, const Softmax &other, const at::Tensor &targets, std::optional<float> smallest);
/// The same of the likeliest tokens: logs [positions, top], ids [positions, top], tail and nll [positions].
struct TopOfReference
{
    at::Tensor logs, ids, tail, nll;
};
void addTopValues(PositionValues &out, const TopOfReference &reference, const Softmax &other, const at::Tensor &targets);
/// Appends temperature^2 KL of both softened.
void addSoftened(PositionValues &out, const at::Tensor &reference, const at::Tensor &other, double temperature);

} // namespace assay::engine
