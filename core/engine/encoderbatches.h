// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/implementation.h"

namespace assay::engine {

/// Inputs that went through an encoder together.
struct EncodedBatch
{
    std::vector<size_t> inputs; ///< the index of each row's input
    std::vector<int64_t> lengths;
    at::Tensor states; ///< [rows, longest, hidden]; what is behind a row's length is padding
};

/// BadParameters, TokenOutOfRange or ContextTooLong, with the input's number in Error::where when there are several.
Result<void> checkInputs(const Engine::Implementation &model, const std::vector<const EncoderInput *> &inputs);

/// NotEnoughMemory where a pass over so many tokens needs more than is free, besides the weights: a layer's vectors and,
/// where there is padding, the scores of its attention.
Result<void> checkPassMemory(const Engine::Implementation &model, int64_t rows, int64_t tokens, bool padded);

/// Takes sound inputs through the model, those of similar length together, and hands over what comes out until an error
/// is given back. Cancelled, NotEnoughMemory. Belongs into guarded().
Result<void> forEachBatch(const Engine::Implementation &model, const std::vector<const EncoderInput *> &inputs,
                          const std::function<Result<void>(const EncodedBatch &)> &take, const Progress &progress,
                          const std::stop_token &stop);

} // namespace assay::engine
