// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoder.h"
#include "tests/engine/enginepasses.h"

namespace assay::test {

/// The pieces of chunks(), again and again, and the second piece of cachedBatch().
inline constexpr int64_t kPieceLengths[] = {3, 1, 5, 2, 11};
inline constexpr int64_t kLastPiece = 5;

/// The engine's decoder by itself, for ways that generation does not take one by one.
class DecoderPasses
{
public:
    static Result<DecoderPasses> load(const engine::LoadOptions &options);

    /// Each input alone in one pass. With MLA both ways to attend; where they differ, the output is NaN.
    Result<Outputs> alone(const std::vector<ReferenceInput> &inputs);
    /// Whether a shorter piece of a prompt is turned by other angles: then the whole says nothing of it (growingcheck does).
    bool dependsOnLength() const;
    /// Each prompt in pieces of several lengths, one after the other into the cache.
    Result<Outputs> chunks(const std::vector<ReferenceInput> &inputs);
    enum class Padding { Left, Right };
    /// All inputs as rows of one pass, padded to the longest.
    Result<Outputs> batch(const std::vector<ReferenceInput> &inputs, Padding padding);
    /// All prompts, padded on the left, in two pieces into one cache.
    Result<Outputs> cachedBatch(const std::vector<ReferenceInput> &inputs);

    /// Each prompt token by token as a step that can be recorded takes it, all in a cache that is larger than needed;
    /// nothing where the model cannot be decoded so.
    std::optional<Result<Outputs>> steps(const std::vector<ReferenceInput> &inputs);
    /// The greedy tokens behind a prompt, by recorded steps where the device records; nothing as with steps().
    std::optional<Result<std::vector<int64_t>>> decode(const std::vector<int64_t> &prompt, int64_t tokens);

private:
    explicit DecoderPasses(std::unique_ptr<engine::Decoder> decoder) : m_decoder(std::move(decoder)) {}
    engine::Input inputOf(const std::vector<ReferenceInput> &inputs, Padding padding) const;
    engine::KvCache cacheFor(int64_t batch, int64_t tokens) const;
    /// The outputs of an input whose states are [tokens, hidden], padding already taken out.
    void give(const ReferenceInput &input, const at::Tensor &states, Outputs &out) const;

    std::unique_ptr<engine::Decoder> m_decoder;
};

} // namespace assay::test
