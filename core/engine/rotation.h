// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/torch.h"

#include <vector>

namespace assay::engine {

/// Where the tokens of a pass stand: the same positions first, first + 1, ... in every row, or one list a row.
struct TokenPositions
{
    int64_t first = 0, tokens = 0;
    at::Tensor rows; ///< [batch, tokens] int64; undefined: the same in every row
    /// How long each row's sequence is with these tokens, or one length for all rows; empty where it turns nothing otherwise.
    std::vector<int64_t> lengths;

    int64_t end() const { return first + tokens; } ///< no token stands here or later
};

/// Cosines and sines [tokens, 1, rotaryDim / 2] or, with a list a row, [batch, tokens, 1, rotaryDim / 2], in f32.
struct Rotation
{
    at::Tensor cosine, sine;
};

/// Tables of rotary position embedding (arXiv 2104.09864), one for each way in which a model's layers rotate.
class Rotations
{
public:
    Rotations(const DecoderSpec &spec, at::Device device);
    /// For the layer's way; its positions must have been prepared.
    Rotation of(size_t layer, const TokenPositions &positions) const;
    /// Makes the tables long enough, with the frequencies of these lengths.
    void prepare(const TokenPositions &positions);
    /// Whether some frequencies depend on how long the sequence is.
    bool dependOnLength() const;
    /// Whether rows of these lengths have the same frequencies; one length stands for all rows.
    bool sameFor(const std::vector<int64_t> &lengths, const std::vector<int64_t> &others) const;

private:
    struct Table
    {
        RopeSpec spec;
        std::vector<float> inverse = {};
        at::Tensor cosine = {}, sine = {}; ///< [length, rotaryDim / 2]
        Rotation ofRows = {};              ///< of the pass that was prepared, where rows turn in ways of their own
    };
    void extend(Table &table, const TokenPositions &positions);
    void turnEachRow(Table &table, const TokenPositions &positions);

    std::vector<Table> m_tables;
    std::vector<size_t> m_ofLayer; ///< index into m_tables; unused for layers that do not rotate
    at::Device m_device;
};

/// Whether some frequencies depend on how long the sequence is: then a prompt must not be cut into pieces.
bool dependsOnLength(const DecoderSpec &spec);

/// x [batch, tokens, heads, dim] with the leading rotaryDim numbers of each head turned.
at::Tensor rotate(const at::Tensor &x, const Rotation &rotation, RopePairing pairing);

} // namespace assay::engine
