// SPDX-License-Identifier: GPL-3.0-or-later
// The body of the kernels of sums; and the table of what a width offers (vectortypes.h says how it is compiled).
#include "core/weights/vectorpairs.h"

namespace assay::ASSAY_VECTOR_SPACE {
namespace {

/// float32, all of a part's columns in `even`. Four sums in turn: one would wait for itself.
struct Singles
{
    using Value = float;
    using Bits = Words;
    using Signed = SignedWords;
    static constexpr uint32_t kMagnitude = 0x7fffffff, kTop = uint32_t(kLargest) << 16, kBottom = uint32_t(kLeast) << 16;
    static float value(uint32_t pattern) { return __builtin_bit_cast(float, pattern); }

    Floats sums[4]{}, squares[4]{};
    template <size_t turn> ASSAY_INLINE void add(Bits bits, size_t at, const ColumnSums &columns)
    {
        const Floats values = Floats(bits);
        sums[turn] += values;
        squares[turn] += values * values;
        if (columns.even)
            addTo(columns.even + at, values * values);
    }
};

/// bfloat16 two by two in words: the values of the lower halves are called even.
struct Bfloats
{
    using Value = uint16_t;
    using Bits = Shorts;
    using Signed = SignedShorts;
    static constexpr uint16_t kMagnitude = 0x7fff, kTop = kLargest, kBottom = kLeast;
    static float value(uint16_t pattern) { return Singles::value(uint32_t(pattern) << 16); }

    Floats sums[4]{}, squares[4]{};
    template <size_t turn> ASSAY_INLINE void add(Bits bits, size_t at, const ColumnSums &columns)
    {
        constexpr size_t kFirst = turn % 2 * 2;
        const Floats even = Floats(Words(bits) << 16), odd = Floats(Words(bits) & 0xffff0000u);
#ifdef ASSAY_VECTOR_BFLOAT
        // Products of bfloat16 pairs are added at once; ones make a sum of them.
        const __m512bh both = (__m512bh)bits, ones = (__m512bh)(Shorts{} + powerOfTwo(0));
        sums[kFirst] = Floats(_mm512_dpbf16_ps(__m512(sums[kFirst]), both, ones));
        squares[kFirst] = Floats(_mm512_dpbf16_ps(__m512(squares[kFirst]), both, both));
#else
        sums[kFirst] += even;
        sums[kFirst + 1] += odd;
        squares[kFirst] += even * even;
        squares[kFirst + 1] += odd * odd;
#endif
        if (columns.even) {
            addTo(columns.even + at / 2, even * even);
            addTo(columns.odd + at / 2, odd * odd);
        }
    }
};

/// float32 summed in float64.
struct PreciseSingles : Singles
{
    Doubles sums[4]{}, squares[4]{};
    template <size_t turn> ASSAY_INLINE void add(Bits bits, size_t at, const ColumnSums &columns)
    {
        constexpr size_t kFirst = turn % 2 * 2;
        HalfFloats halves[2];
        std::memcpy(halves, &bits, sizeof(bits));
        const Doubles lower = __builtin_convertvector(halves[0], Doubles), upper = __builtin_convertvector(halves[1], Doubles);
        sums[kFirst] += lower;
        sums[kFirst + 1] += upper;
        squares[kFirst] += lower * lower;
        squares[kFirst + 1] += upper * upper;
        if (columns.even)
            addTo(columns.even + at, Floats(bits) * Floats(bits));
    }
};

template <class Vector> ASSAY_INLINE double total(const Vector (&sums)[4])
{
    const Vector sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    double all = 0;
    for (size_t i = 0; i < sizeof(sum) / sizeof(sum[0]); ++i)
        all += double(sum[i]);
    return all;
}

/// What a part of values gives, each lane by itself.
template <class Kind> struct Part
{
    using Bits = typename Kind::Bits;
    using Value = typename Kind::Value;
    using Pattern = std::remove_cvref_t<decltype(Bits{}[0])>;
    static constexpr size_t kLanes = sizeof(Bits) / sizeof(Value);

    Kind kind;
    Bits nonzero{}, mostUnsigned{};
    typename Kind::Signed mostSigned = typename Kind::Signed(Bits{} + Pattern(Kind::kMagnitude + 1));
    size_t values = 0;

    /// Adds vectors that lie one after the other; false, and nothing added, when float32 cannot sum them.
    template <size_t... turn>
    ASSAY_INLINE bool add(std::index_sequence<turn...>, const Value *from, size_t at, const ColumnSums &columns)
    {
        const Bits bits[] = {load<Bits>(from + at + turn * kLanes)...};
        const Bits magnitudes[] = {(bits[turn] & Pattern(Kind::kMagnitude))...};
        Bits largest{};
        ((largest = larger(largest, magnitudes[turn])), ...);
        if (any(Words(largest > Pattern(Kind::kTop))) || (!any(Words(largest >= Pattern(Kind::kBottom))) && any(Words(largest))))
            return false;
        ((nonzero += smaller(magnitudes[turn], Bits{} + Pattern(1))), ...);
        ((mostUnsigned = larger(mostUnsigned, bits[turn])), ...);
        ((mostSigned = larger(mostSigned, typename Kind::Signed(bits[turn]))), ...);
        (kind.template add<turn>(bits[turn], at + turn * kLanes, columns), ...);
        values += sizeof...(turn) * kLanes;
        return true;
    }

    /// What was added; limits of values of one sign only are looked for again.
    ASSAY_INLINE ValueSums finish(const Value *from, size_t count, ValueSums (*careful)(const Value *, size_t, double *)) const
    {
        ValueSums all;
        all.sum = total(kind.sums);
        all.squares = total(kind.squares);
        all.finite = all.zeros = values;
        Pattern negative = 0;
        std::make_signed_t<Pattern> positive = -1;
        // Copies: what is looked at lane by lane would else lie in memory while it is summed.
        const Bits nonzeroLanes = nonzero, unsignedLanes = mostUnsigned;
        const typename Kind::Signed signedLanes = mostSigned;
        for (size_t i = 0; i < kLanes; ++i) {
            all.zeros -= nonzeroLanes[i];
            negative = negative < unsignedLanes[i] ? unsignedLanes[i] : negative;
            positive = positive < signedLanes[i] ? signedLanes[i] : positive;
        }
        const bool bothSigns = negative > Pattern(Kind::kMagnitude) && positive >= 0;
        const ValueSums again = bothSigns ? ValueSums{} : careful(from, count, nullptr);
        all.min = bothSigns ? Kind::value(negative) : again.min;
        all.max = bothSigns ? Kind::value(Pattern(positive)) : again.max;
        return all;
    }
};

/// The sums of a part; what float32 cannot sum goes one by one through `careful`.
template <class Kind> ValueSums sumPart(const typename Kind::Value *from, size_t count, const ColumnSums &where,
                                        ValueSums (*careful)(const typename Kind::Value *, size_t, double *))
{
    using Lanes = Part<Kind>;
    using Four = std::make_index_sequence<4>;
    using One = std::make_index_sequence<1>;
    constexpr size_t kFour = 4 * Lanes::kLanes;
    const ColumnSums columns = where;
    Lanes part;
    ValueSums all;
    size_t at = 0;
    const auto join = [&](size_t values) { all.join(careful(from + at, values, columns.sums ? columns.sums + at : nullptr)); };
    for (; count - at >= kFour; at += kFour) {
        if (!part.add(Four(), from, at, columns))
            join(kFour);
    }
    for (; count - at >= Lanes::kLanes; at += Lanes::kLanes) {
        if (!part.add(One(), from, at, columns))
            join(Lanes::kLanes);
    }
    if (at < count)
        join(count - at);
    if (part.values > 0)
        all.join(part.finish(from, count, careful));
    return all;
}

/// IEEE 754 half precision by its fields: those below the normal ones count in 2^-24.
void widenPart(const uint16_t *from, size_t count, float *to)
{
    constexpr size_t kLanes = sizeof(Words) / sizeof(uint32_t);
    for (size_t at = 0; at < count; at += kLanes) {
        const Words bits = __builtin_convertvector(load<HalfShorts>(from + at), Words), magnitude = bits & 0x7fffu;
        const Words normal = (magnitude << 13) + (112u << 23), odd = (magnitude << 13) | 0x7f800000u;
        const Words tiny = Words(__builtin_convertvector(SignedWords(magnitude), Floats) * 0x1p-24f);
        const Words value = magnitude < 0x400u ? tiny : magnitude < 0x7c00u ? normal : odd;
        store(to + at, Words(value | (bits & 0x8000u) << 16));
    }
}

} // namespace

const VectorKernels &kernels()
{
    static constexpr VectorKernels table{ASSAY_VECTOR_BYTES / sizeof(uint16_t), sumPart<Bfloats>, sumPart<Singles>, sumPart<PreciseSingles>, widenPart, pairBfloats, pairFloats};
    return table;
}

} // namespace assay::ASSAY_VECTOR_SPACE
