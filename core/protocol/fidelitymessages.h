// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

/// What is asked of two models, or of a model and a base file's rows, about the distributions of next tokens over a text.
namespace assay::protocol {

namespace method {
inline constexpr const char *kVocabulary = "vocabulary"; // {model} -> VocabularyResult
inline constexpr const char *kFidelity = "fidelity";     // FidelityRequest -> FidelityResult
inline constexpr const char *kBaseRows = "baseRows";     // BaseRowsRequest -> BaseRowsResult; baseRows.rows
inline constexpr const char *kUseRows = "useRows";       // UseRowsRequest -> {}: for the next fidelity request
} // namespace method

namespace notification {
inline constexpr const char *kBaseRowsRows = "baseRows.rows"; // {id, data: base64 of rows, one after the other}
} // namespace notification

/// How a vocabulary spells its tokens, by id.
struct VocabularyResult
{
    int64_t rows = 0;                ///< of logits
    std::vector<std::string> pieces; ///< none without a tokenizer
    std::vector<int64_t> added;      ///< ids that were added to the tokenizer's own
};

/// What stands behind ids[first], ids[first + 1], ... is asked about: size - 1 - first positions.
struct FidelityRequest
{
    int64_t model = 0;
    int64_t reference = 0;   ///< a model's handle; 0: the rows that useRows gave
    std::vector<int64_t> ids;
    int64_t first = 0;
    int64_t vocabulary = 0;  ///< tokens, from the first on, that are compared
    double temperature = 0;  ///< that both are softened by; 0: not asked
};
/// Columns of the positions: base64 of f32, of sameTop of u8.
struct FidelityResult
{
    std::string divergence, nllReference, nllOther, softened, sameTop;
    double seconds = 0;
};

/// Rows as base files keep them (core/format/baserows.h).
struct BaseRowsRequest
{
    int64_t model = 0;
    std::vector<int64_t> ids;
    int64_t first = 0;
    std::string form = "16bit"; ///< or "top"
    int64_t vocabulary = 0, top = 0;
};
struct BaseRowsResult
{
    int64_t rows = 0;
    double seconds = 0;
};
/// Rows come in pieces, which the worker joins.
struct UseRowsRequest
{
    std::string form = "16bit";
    int64_t vocabulary = 0, top = 0;
    bool begin = true; ///< what was there before goes
    std::string data;  ///< base64
};
inline constexpr uint64_t kMostRowBytes = 1u << 30; ///< that a worker holds for one piece of text
inline constexpr uint64_t kRowPiece = 16u << 20;    ///< of one message, at most

#define ASSAY_MESSAGE(Type)                                                                                  \
    Json toJson(const Type &value);                                                                          \
    Result<void> fromJson(const Json &json, Type &value)
ASSAY_MESSAGE(VocabularyResult);
ASSAY_MESSAGE(FidelityRequest);
ASSAY_MESSAGE(FidelityResult);
ASSAY_MESSAGE(BaseRowsRequest);
ASSAY_MESSAGE(BaseRowsResult);
ASSAY_MESSAGE(UseRowsRequest);
#undef ASSAY_MESSAGE

} // namespace assay::protocol
