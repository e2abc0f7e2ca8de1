// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/divergence.h"

namespace assay::engine {
namespace {

void append(std::vector<float> &out, const at::Tensor &values)
{
    const at::Tensor near = values.to(at::kCPU, at::kFloat).contiguous();
    out.insert(out.end(), near.data_ptr<float>(), near.data_ptr<float>() + near.numel());
}

void append(std::vector<uint8_t> &out, const at::Tensor &values)
{
    const at::Tensor near = values.to(at::kCPU, at::kByte).contiguous();
    out.insert(out.end(), near.data_ptr<uint8_t>(), near.data_ptr<uint8_t>() + near.numel());
}

at::Tensor chosen(const at::Tensor &rows, const at::Tensor &targets)
{
    return rows.gather(-1, targets.unsqueeze(-1)).squeeze(-1);
}

} // namespace

Softmax::Softmax(at::Tensor values) : logits(std::move(values))
{
    const at::Tensor largest = logits.amax({-1}, true);
    logSum = largest + (logits - largest).exp().sum({-1}, true, at::kDouble).log().to(at::kFloat);
}

at::Tensor Softmax::nll(const at::Tensor &targets) const
{
    return logSum.squeeze(-1) - chosen(logits, targets);
}

at::Tensor divergenceOf(const at::Tensor &logP, const at::Tensor &logQ, std::optional<float> smallest)
{
    at::Tensor terms = logP.exp() * (logP - logQ);
    if (smallest)
        terms.masked_fill_(logP <= *smallest, 0);
    else
        terms.masked_fill_(logP == -std::numeric_limits<float>::infinity(), 0); // p ln p is 0 at 0
    return terms.sum({-1}, false, at::kDouble);
}

void addValues(PositionValues &out, const at::Tensor &reference, const Softmax &other, const at::Tensor &targets, std::optional<float> smallest)
{
    append(out.divergence, divergenceOf(reference, other.logProbabilities(), smallest));
    append(out.nllReference, -chosen(reference, targets));
    append(out.nllOther, other.nll(targets));
    append(out.sameTop, reference.argmax(-1).eq(other.logits.argmax(-1)));
}

void addTopValues(PositionValues &out, const TopOfReference &reference, const Softmax &other, const at::Tensor &targets)
{
    const at::Tensor logQ = other.logProbabilities();
    // What the other gives all tokens that are not among the reference's likeliest.
    const at::Tensor rest = logQ.scatter(-1, reference.ids, -std::numeric_limits<double>::infinity()).to(at::kDouble).logsumexp(-1);
    const at::Tensor tail = reference.tail.to(at::kDouble);
    const at::Tensor ofTail = (tail * (tail.log() - rest)).masked_fill(tail <= 0, 0);
    append(out.divergence, divergenceOf(reference.logs, logQ.gather(-1, reference.ids)) + ofTail);
    append(out.nllReference, reference.nll);
    append(out.nllOther, other.nll(targets));
    append(out.sameTop, reference.ids.select(-1, 0).eq(other.logits.argmax(-1)));
}

void addSoftened(PositionValues &out, const at::Tensor &reference, const at::Tensor &other, double temperature)
{
    const Softmax p(reference / temperature), q(other / temperature);
    append(out.softened, divergenceOf(p.logProbabilities(), q.logProbabilities()) * (temperature * temperature));
}

} // namespace assay::engine
