// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

/// What is asked of encoders, classifiers and masked language models.
namespace assay::protocol {

/// One text, or two as one input.
struct EncoderItem
{
    std::string text;         ///< used when ids is empty
    std::optional<std::string> pair;
    std::vector<int64_t> ids; ///< with the special tokens
    std::vector<int64_t> types;     ///< token types of the ids; empty: all 0
    bool truncate = false;    ///< what is too long is cut, of a pair the longer text first; else ContextTooLong
};

/// Vectors of texts.
struct EncodeRequest
{
    int64_t model = 0;
    std::vector<EncoderItem> items;
    /// "mean" of all tokens, "first" token, "pooler": the model's own; "auto": as a sentence-transformers model says of
    /// itself, else the mean.
    std::string pooling = "auto";
    bool normalise = false;       ///< each vector is divided by its length; by "auto" also where the model says so
    bool states = false;          ///< send the states of all tokens, too (encode.states)
};
struct EncodedItem
{
    int64_t tokens = 0;
    bool truncated = false;
    std::vector<double> vector;
};
struct EncodeResult
{
    std::vector<EncodedItem> items;
    double seconds = 0;
    std::string pooling;     ///< that was used
    bool normalised = false;
};

/// Labels of texts, in the order of LoadResult::labels.
struct ClassifyRequest
{
    int64_t model = 0;
    std::vector<EncoderItem> items;
};
struct ClassifiedItem
{
    int64_t tokens = 0;
    bool truncated = false;
    std::vector<double> logits;
    std::vector<double> values; ///< what LoadResult::problem makes of them: probabilities, or the logits themselves
};
struct ClassifyResult
{
    std::vector<ClassifiedItem> items;
    double seconds = 0;
};

/// The likeliest tokens in the place of masks.
struct FillRequest
{
    int64_t model = 0;
    std::vector<EncoderItem> items;
    std::optional<int64_t> mask; ///< the mask's id; absent: the tokenizer's [MASK] or <mask>
    int64_t top = 5;
};
struct FilledItem
{
    int64_t tokens = 0;
    bool truncated = false;
    std::vector<int64_t> positions;  ///< of the masks among the tokens
    std::vector<TokenScore> fillers; ///< one each: the likeliest token, and the likeliest ones
};
struct FillResult
{
    std::vector<FilledItem> items;
    double seconds = 0;
};

/// The numbers of one answer are bounded: items times labels or the numbers of a vector, masks times `top` + 1.
inline constexpr uint64_t kMostNumbers = 1u << 20;

#define ASSAY_MESSAGE(Type)                                                                                  \
    Json toJson(const Type &value);                                                                          \
    Result<void> fromJson(const Json &json, Type &value)
ASSAY_MESSAGE(EncoderItem);
ASSAY_MESSAGE(EncodeRequest);
ASSAY_MESSAGE(EncodedItem);
ASSAY_MESSAGE(EncodeResult);
ASSAY_MESSAGE(ClassifyRequest);
ASSAY_MESSAGE(ClassifiedItem);
ASSAY_MESSAGE(ClassifyResult);
ASSAY_MESSAGE(FillRequest);
ASSAY_MESSAGE(FilledItem);
ASSAY_MESSAGE(FillResult);
#undef ASSAY_MESSAGE

} // namespace assay::protocol
