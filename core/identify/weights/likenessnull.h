// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/evidence.h"
#include "core/identify/weights/parametercosine.h"

namespace assay {

/// What likenesses are seen where there is no relation: against these an observed one is held, not against a fixed limit.
struct LikenessNull
{
    enum class From : uint8_t {
        UnrelatedPairs,   ///< models of the same shape that are known to have nothing in common
        MismatchedLayers, ///< layers of the subject beside other layers of the reference, and beside their own with the rows moved
        MovedTokens,      ///< the same matrices with the tokens of one of them permuted, and matrices of other layers
    };
    From from = From::MismatchedLayers;
    std::vector<double> values; ///< ascending
    static constexpr size_t kEnough = 20; ///< identity.md 7.9

    void add(double value); ///< NaN is left out
    bool enough() const { return values.size() >= kEnough; }
    double percentile(double observed) const; ///< share of the null below it, 0 ... 1; NaN without values
    double p(double observed) const;          ///< (1 + #{null >= observed}) / (n + 1)
    /// Above which a likeness is none by chance: six standard deviations beyond the mean, of artanh r (Fisher's z), in which likenesses of either
    /// sign spread alike and no limit passes 1, and no less than the largest. Of mismatched layers those
    /// are left out that lie far from most: a model may repeat its layers. Infinite without values, and where all are one.
    double limit() const;
    /// Whether what stays below the limit is unrelated: not where what does not belong together has more than half of its squares in common
    /// (a cosine of sqrt(1/2)), as in models that repeat their own layers.
    bool tells() const;
};
const char *nullFromName(LikenessNull::From from); ///< translation context "Identity"
nlohmann::json nullToJson(const LikenessNull &null);

struct NullSampling
{
    size_t pairs = 40;                  ///< of layers
    uint64_t elements = 256 * 1024;     ///< of a tensor that are compared, from its beginning
    uint64_t seed = 20260101;
};

/// Cosines of pairs of layers of two models that do not belong together: layer i of the subject beside layer j of the reference, tensor by
/// tensor of the same role and shape. Where that gives fewer than `pairs`, layers with their own while the rows of one side are moved on.
/// Error: Cancelled. What cannot be read is left out.
Result<LikenessNull> mismatchedLayers(const WeightSide &subject, const WeightSide &reference, const NullSampling &sampling = {},
                                      const StreamControl &control = {});

/// Cosines of all layers of pairs that are known to be unrelated.
LikenessNull nullOfPairs(std::span<const ParameterLikeness> unrelated);

} // namespace assay
