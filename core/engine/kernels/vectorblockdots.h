// SPDX-License-Identifier: GPL-3.0-or-later
// Products of quantised blocks with activations of eight bits, and the blocks' values in float32.
#include "core/engine/kernels/vectorblocks.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {
namespace {

/// Products of unsigned and signed bytes. Every four lanes sum the sixteen bytes that lie in their place.
inline SignedWords multiplyBytes(Bytes codes, Bytes x)
{
#if defined(__AVX512VNNI__)
    return (SignedWords)_mm512_dpbusd_epi32(_mm512_setzero_si512(), (__m512i)codes, (__m512i)x);
#elif ASSAY_VECTOR_BYTES == 64
    // Pairs are summed in 16 bits, which two products with eight-bit codes would leave: the highest bit goes
    // by itself.
    const __m512i ones = _mm512_set1_epi16(1);
    const __m512i low = _mm512_maddubs_epi16((__m512i)(codes & 127), (__m512i)x),
                  high = _mm512_maddubs_epi16((__m512i)(codes & 128), (__m512i)x);
    return (SignedWords)_mm512_add_epi32(_mm512_madd_epi16(low, ones), _mm512_madd_epi16(high, ones));
#elif ASSAY_VECTOR_BYTES == 32
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i low = _mm256_maddubs_epi16((__m256i)(codes & 127), (__m256i)x),
                  high = _mm256_maddubs_epi16((__m256i)(codes & 128), (__m256i)x);
    return (SignedWords)_mm256_add_epi32(_mm256_madd_epi16(low, ones), _mm256_madd_epi16(high, ones));
#elif defined(__SSE2__)
    const __m128i c = (__m128i)codes, s = (__m128i)x, none = _mm_setzero_si128();
    const __m128i first =
        _mm_madd_epi16(_mm_unpacklo_epi8(c, none), _mm_srai_epi16(_mm_unpacklo_epi8(s, s), 8));
    const __m128i second =
        _mm_madd_epi16(_mm_unpackhi_epi8(c, none), _mm_srai_epi16(_mm_unpackhi_epi8(s, s), 8));
    return (SignedWords)_mm_add_epi32(first, second);
#else
    SignedWords sums{};
    for (int64_t i = 0; i < ASSAY_VECTOR_BYTES; ++i)
        sums[i / 4] += int32_t(codes[i]) * int32_t(int8_t(x[i]));
    return sums;
#endif
}

/// Each group's number in the four lanes that sum its bytes, for the bytes' vector j.
template <int64_t j> inline Floats spreadGroups(const Floats *groups)
{
    constexpr int64_t kFirst = j * (kLanes / 4);
    constexpr uint32_t kIn = uint32_t(kFirst % kLanes);
#if ASSAY_VECTOR_BYTES == 64
    constexpr Words kFrom = {kIn,     kIn,     kIn,     kIn,     kIn + 1, kIn + 1, kIn + 1, kIn + 1,
                             kIn + 2, kIn + 2, kIn + 2, kIn + 2, kIn + 3, kIn + 3, kIn + 3, kIn + 3};
#elif ASSAY_VECTOR_BYTES == 32
    constexpr Words kFrom = {kIn, kIn, kIn, kIn, kIn + 1, kIn + 1, kIn + 1, kIn + 1};
#else
    constexpr Words kFrom = {kIn, kIn, kIn, kIn};
#endif
    return __builtin_shuffle(groups[kFirst / kLanes], kFrom);
}

/// Two sums in turn: one would wait for itself.
template <int64_t j = 0>
inline void addProducts(const Unpacked &weights, const ActivationChunk &x, const Floats *factors,
                        Floats (&sums)[2])
{
    const SignedWords products =
        multiplyBytes(weights.codes[j], load<Bytes>(x.codes + j * ASSAY_VECTOR_BYTES));
    sums[j % 2] += __builtin_convertvector(products, Floats) * spreadGroups<j>(factors);
    if constexpr (j + 1 < kCodeVectors)
        addProducts<j + 1>(weights, x, factors, sums);
}

/// What a chunk of weights gives with one vector's.
template <class Blocks>
inline void addChunk(const Unpacked &weights, const ActivationChunk &x, Floats (&sums)[2])
{
    Floats factors[kGroupVectors];
#pragma GCC unroll 4
    for (int64_t k = 0; k < kGroupVectors; ++k) {
        const Floats ofX = load<Floats>(x.sums + k * kLanes);
        factors[k] = weights.scales[k] * load<Floats>(x.scales + k * kLanes);
        if constexpr (Blocks::kMinima)
            sums[k % 2] += weights.minima[k] * ofX;
        else
            sums[k % 2] -= weights.scales[k] * (float(Blocks::kZero) * ofX);
    }
    addProducts(weights, x, factors, sums);
}

/// Where a chunk begins; one that is not whole is copied to `whole`, with zeros behind it.
template <class Blocks>
inline const uint8_t *chunkAt(const std::byte *row, int64_t chunk, int64_t columns,
                              uint8_t (&whole)[kChunk / Blocks::kElements * Blocks::kBytes])
{
    const auto *from =
        reinterpret_cast<const uint8_t *>(row) + chunk * kChunk / Blocks::kElements * Blocks::kBytes;
    const int64_t left = columns - chunk * kChunk;
    if (left >= kChunk)
        return from;
    __builtin_memset(whole, 0, sizeof(whole));
    std::memcpy(whole, from, size_t(left / Blocks::kElements * Blocks::kBytes));
    return whole;
}

template <class Blocks, int kCount> void fewBlocks(const BlockProblem &problem, int64_t begin, int64_t end)
{
    const int64_t chunks = (problem.columns + kChunk - 1) / kChunk;
    uint8_t whole[kChunk / Blocks::kElements * Blocks::kBytes];
    for (int64_t r = begin; r < end; ++r) {
        Floats sums[kCount][2] = {};
        for (int64_t chunk = 0; chunk < chunks; ++chunk) {
            Unpacked weights;
            const uint8_t *const from =
                chunkAt<Blocks>(problem.weights + r * problem.rowBytes, chunk, problem.columns, whole);
            Blocks::unpack(from, weights);
#pragma GCC unroll 4
            for (int v = 0; v < kCount; ++v)
                addChunk<Blocks>(weights, problem.x[v * chunks + chunk], sums[v]);
        }
#pragma GCC unroll 4
        for (int v = 0; v < kCount; ++v)
            problem.result[v * problem.resultStride + r] = sumOf(sums[v][0] + sums[v][1]);
    }
}

/// The values of elements [from, from + count) of a row, both multiples of 32.
template <class Blocks>
void widenBlocks(const std::byte *row, int64_t columns, int64_t from, int64_t count, float *to)
{
    uint8_t whole[kChunk / Blocks::kElements * Blocks::kBytes];
    for (int64_t at = from; at < from + count;) {
        const int64_t chunk = at / kChunk, first = at % kChunk;
        const int64_t end = from + count - chunk * kChunk < kChunk ? from + count - chunk * kChunk : kChunk;
        Unpacked weights;
        Blocks::unpack(chunkAt<Blocks>(row, chunk, columns, whole), weights);
        const auto *const codes = reinterpret_cast<const uint8_t *>(weights.codes);
        const auto *const scales = reinterpret_cast<const float *>(weights.scales),
                          *const minima = reinterpret_cast<const float *>(weights.minima);
        for (int64_t i = first; i < end; i += kLanes) {
            const Floats values = (__builtin_convertvector(SignedWords(widenUnsigned(codes + i)), Floats) -
                                   float(Blocks::kZero)) *
                                  scales[i / 16];
            store(to + (at - from) + (i - first), Blocks::kMinima ? values + minima[i / 16] : values);
        }
        at += end - first;
    }
}

/// Activations to eight bits, 32 with one scale.
void quantise(const float *x, int64_t columns, ActivationChunk *to)
{
    constexpr float kWhole = 12582912; // 1.5 x 2^23: what is added to it becomes whole
    for (int64_t at = 0; at < (columns + kChunk - 1) / kChunk * kChunk; at += 32) {
        ActivationChunk &chunk = to[at / kChunk];
        const int64_t in = at % kChunk, group = in / 16;
        Floats values[32 / kLanes];
        SignedWords most{};
#pragma GCC unroll 8
        for (int64_t k = 0; k < 32 / kLanes; ++k) {
            const int64_t left = columns - at - k * kLanes;
            values[k] = left >= kLanes ? load<Floats>(x + at + k * kLanes)
                        : left > 0     ? widenSome<FromFloat>(x + at + k * kLanes, left)
                                       : Floats{};
            const SignedWords magnitude = SignedWords(values[k]) & 0x7fffffff;
            most = magnitude > most ? magnitude : most;
        }
        int32_t largest = 0;
        for (int64_t i = 0; i < kLanes; ++i)
            largest = most[i] > largest ? most[i] : largest;
        // Infinity and NaN have the largest bits of all; what is next to nothing becomes nothing.
        const bool odd = largest >= 0x7f800000, none = largest < 0x04000000;
        const float size = floatOf(uint32_t(largest)),
                    scale = odd    ? __builtin_nanf("")
                            : none ? 0
                                   : size / 127,
                    factor = odd || none ? 0 : 127 / size;
        int32_t sums[2] = {0, 0};
#pragma GCC unroll 8
        for (int64_t k = 0; k < 32 / kLanes; ++k) {
            const SignedWords codes =
                SignedWords((odd ? Floats{} : values[k]) * factor + kWhole) - 0x4b400000;
            for (int64_t i = 0; i < kLanes; ++i) {
                chunk.codes[in + k * kLanes + i] = int8_t(codes[i]);
                sums[(k * kLanes + i) / 16] += codes[i];
            }
        }
        for (int64_t i = 0; i < 2; ++i) {
            chunk.scales[group + i] = scale;
            chunk.sums[group + i] = scale * float(sums[i]);
        }
    }
}

#define ASSAY_BLOCKS(Blocks)                                                                                 \
    {                                                                                                        \
        {fewBlocks<Blocks, 1>, fewBlocks<Blocks, 2>, fewBlocks<Blocks, 3>, fewBlocks<Blocks, 4>},            \
            widenBlocks<Blocks>                                                                              \
    }
/// In the order of StoredAs from Q8_0 on.
constexpr BlockKernels kBlockKernels[kBlockTypes] = {
    ASSAY_BLOCKS(Q8_0),  ASSAY_BLOCKS(Q4_0),   ASSAY_BLOCKS(Q4_1),  ASSAY_BLOCKS(Q5_0), ASSAY_BLOCKS(Q5_1),
    ASSAY_BLOCKS(Q4_K),  ASSAY_BLOCKS(Q5_K),   ASSAY_BLOCKS(Q6_K),  ASSAY_BLOCKS(Q2_K), ASSAY_BLOCKS(Q3_K),
    ASSAY_BLOCKS(MXFP4), ASSAY_BLOCKS(IQ4_NL), ASSAY_BLOCKS(IQ4_XS)};

} // namespace
} // namespace assay::kernels::ASSAY_VECTOR_SPACE
