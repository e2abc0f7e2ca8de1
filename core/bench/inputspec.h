// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

enum class InputType { F32, F16, BF16, F64, I64, I32, I16, I8, U8, Bool };

/// The dtype as it is written, "f32", and the bytes of one element.
const char *inputTypeName(InputType type);
int64_t inputTypeBytes(InputType type);
bool isFloating(InputType type);

/// One declared input of a pass: what shape of tensor, or which value, a module's forward is given.
///   f32[1,3,224,224]   a tensor of normally distributed numbers; f16, bf16, f64 likewise
///   i64[1,128]<30522   whole numbers from 0 to 30521, each as likely; i32, i16, i8 and u8 likewise. Without a limit 0 and 1,
///                      for u8 0 to 255: a mask, an image
///   bool[1,128]        true and false; f32[] has no dimensions
///   int=5  float=0.5  bool=true  none     values that are no tensors
///   [f32[3,8,8],f32[3,9,7]]              a list of tensors
struct InputSpec
{
    enum class Kind { Tensor, List, Integer, Real, Truth, None };
    Kind kind = Kind::Tensor;
    InputType type = InputType::F32;
    std::vector<int64_t> shape;
    int64_t below = 0;            ///< tensors of whole numbers: they are drawn from [0, below)
    std::vector<InputSpec> items; ///< of a list: tensors
    int64_t integer = 0;
    double real = 0;
    bool truth = false;

    uint64_t elements() const; ///< of the tensor
    uint64_t bytes() const;    ///< of the tensor, or of the list's tensors
    bool operator==(const InputSpec &) const = default;
};

inline constexpr size_t kMostInputs = 64;                          ///< a declaration, and tensors of a list
inline constexpr size_t kMostDimensions = 16;
inline constexpr uint64_t kMostInputBytes = uint64_t(4) << 30;     ///< of all inputs together

/// Reads one declaration; spaces do not count. Error: InputInvalid with the text and what is wrong with it.
Result<InputSpec> parseInput(std::string_view text);
/// Reads them all, and several that stand in one text with commas between them. Errors: InputInvalid, also when there are
/// too many or they take more than kMostInputBytes.
Result<std::vector<InputSpec>> parseInputs(const std::vector<std::string> &texts);

/// The declaration, written in one way: parseInput gives the same back.
std::string inputText(const InputSpec &input);
/// All of them, with ", " between.
std::string inputsText(const std::vector<InputSpec> &inputs);
/// How many examples go in together: the first dimension of the first tensor, the length of a first list, else 1.
int64_t batchOf(const std::vector<InputSpec> &inputs);

} // namespace assay
