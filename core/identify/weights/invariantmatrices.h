// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/weights/invariants.h"

#include <Eigen/Core>

namespace assay {

using FloatMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic>;

/// Rows and elements that the invariants of one layer read.
struct LayerNeeds
{
    uint64_t hidden = 0, widest = 0; ///< floats a token that are held
    double elements = 0;             ///< of all matrices: work is twice that a token
};

/// Computes the invariants of one model. Embeddings of tokens are set first.
class InvariantMatrices
{
public:
    explicit InvariantMatrices(const InvariantSide &side);
    uint32_t embedding() const { return m_embedding; }
    const std::vector<int64_t> &lastLayers() const { return m_lastLayers; } ///< from the last on
    LayerNeeds needs(int layers) const;
    /// Embeddings of these tokens; those that are not finite or all zero are given as false.
    Result<std::vector<bool>> setTokens(const std::vector<uint64_t> &tokens);
    void keepTokens(const std::vector<bool> &kept);
    const FloatMatrix &embeddings() const { return m_x; }

    /// [n, n]. The sentence says why there is none.
    tl::expected<FloatMatrix, Told> matrix(InvariantKind kind, int64_t layer, const std::stop_token &stop) const;

private:
    tl::expected<FloatMatrix, Told> queryKey(int64_t layer, const std::stop_token &stop) const;
    tl::expected<FloatMatrix, Told> valueOutput(int64_t layer, const std::stop_token &stop) const;
    tl::expected<FloatMatrix, Told> feedForward(int64_t layer, const std::stop_token &stop) const;
    tl::expected<WeightReader, Told> open(PartRole role, int64_t layer, uint64_t rows, uint64_t columns) const;
    tl::expected<void, Told> headsKnown() const;

    const InvariantSide &m_side;
    std::vector<WeightPlace> m_places;
    uint32_t m_embedding = kNoTensor;
    uint64_t m_hidden = 0;
    std::vector<int64_t> m_lastLayers;
    FloatMatrix m_x; ///< [n, hidden]
};

} // namespace assay
